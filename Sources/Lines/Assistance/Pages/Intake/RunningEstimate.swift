import Commons
import Kernel
import Pages
import Values

/// 边填边算。The likely result from what is typed so far, by the same functions and the same rulings as the approval.
///
/// Lenient in reading, strict in judging: a row that can't be read yet is left out and told; a fact that a rule needs is asked for.
struct RunningEstimate {
    let view: EstimateAnswerView

    init(_ values: RawFields, area: Area?, ground: SingleGround?, in region: RegionCode, on day: CivilDate, at reader: Reader) throws {
        guard let area else {
            view = .missing("先选择城市或者农村", ["填写城乡、家庭成员和收入后，这里会显示可能的结果和理由。"])
            return
        }
        let declared = DeclaredSoFar(values)
        guard !declared.members.isEmpty else {
            view = .missing("先填写家庭成员", declared.missing.isEmpty ? ["添加申请人和其他家庭成员后，这里会显示可能的结果和理由。"] : declared.missing)
            return
        }
        view = try EstimateAnswerView(leftOut: declared.missing) {
            try declared.household(area: area, ground: ground).assessed(under: lawOn(day, region, Residence(area), reader), on: day)
        }
    }
}

/// 已填的家庭情况。As much of the form as makes sense, and what is still missing.
struct DeclaredSoFar {
    private(set) var members: [(facts: MemberFacts, assets: [AssetEntry])] = []
    private(set) var missing: [String] = []
    private var sharedIncomes: [IncomeEntry] = []
    private var rigidCosts: [RigidCostEntry] = []
    private var supporters: [SupporterEntry] = []
    private let propertyState: PropertyState?
    private let householdClass: HouseholdClass?

    init(_ values: RawFields) {
        propertyState = values.readable(.propertyState)
        householdClass = values.readable(.householdClass)
        for (number, row) in values.rows("members").enumerated() { add(row, titled: "成员 \(number + 1)") }
        sharedIncomes = rows(values, "shared_incomes", "家庭共同收入")
        rigidCosts = rows(values, "rigid_costs", "家庭刚性支出")
        supporters = rows(values, "supporters", "户外义务人")
    }

    func household(area: Area, ground: SingleGround?) -> DeclaredHousehold {
        DeclaredHousehold(area: area, ground: ground, householdClass: householdClass, propertyState: propertyState ?? .declared, members: members,
                          sharedIncomes: sharedIncomes, rigidCosts: rigidCosts, supporters: supporters)
    }

    /// A member counts for the estimate once the kinship is known; names and numbers may still be missing.
    private mutating func add(_ row: RawRow, titled title: String) {
        let name: PersonName? = row.fields.readable(.personName), who = name?.shown ?? title
        let number: ResidentID? = row.fields.readable(.residentID), bornOn: CivilDate? = row.fields.readable(.bornOnWithoutID)
        let read = row.fields.leniently { (fields: RawFields) throws(Refusal) in try MemberCondition(from: Reading<DeclaredMember>(fields, key: row.key)) }
        missing += read.faults.map { "\(who)：\($0)" }
        guard let condition = read.value else { return }
        members.append((condition.facts(id: row.key, name: who, birth: number?.birth ?? bornOn), condition.assets))
    }

    private mutating func rows<Row: Entry>(_ values: RawFields, _ name: String, _ label: String) -> [Row] {
        values.rows(name).enumerated().compactMap { number, row in
            let read = row.fields.leniently { (fields: RawFields) throws(Refusal) in try Row(from: Reading<Row>(fields, key: row.key)) }
            missing += read.faults.map { "\(label) \(number + 1)：\($0)" }
            return read.value
        }
    }
}

extension RawFields {
    /// A value, or nothing while it is blank or can't be read.
    func readable<Value: FieldValue>(_ term: Term<Value>) -> Value? {
        guard let text = text(term.name), !Raw.typed(text).isBlank else { return nil }
        do { return try Value(typed: text) } catch { return nil }
    }

    /// Reads something with whatever can't be read yet left out, one fault after another; nil when a needed field is missing.
    func leniently<Value>(_ read: (RawFields) throws(Refusal) -> Value) -> (value: Value?, faults: [String]) {
        var fields = self, faults: [String] = []
        while true {
            do throws(Refusal) {
                return (try read(fields), faults)
            } catch {
                faults += error.problems.isEmpty ? [error.message] : error.problems.map(\.message)
                guard let path = error.problems.first?.path, fields.leaveOut(path) else { return (nil, faults) }
            }
        }
    }

    /// - Returns: whether there was anything at the path to leave out.
    private mutating func leaveOut(_ path: [String]) -> Bool {
        guard let name = path.first, let raw = self[name], !raw.isBlank else { return false }
        guard case .rows(let rows) = raw, path.count > 1 else {
            self[name] = nil
            return true
        }
        self[name] = .rows(rows.filter { $0.key != path[1] })
        return true
    }
}
