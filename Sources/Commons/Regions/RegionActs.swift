import Kernel
import Values

/// 区划登记的办理事项。
let regionActions: [any Action.Type] = [
    FoundRegion.self, AddRegion.self, RenameRegion.self, MergeRegions.self, SplitRegion.self, EndRegion.self, CorrectRegionName.self, CancelRegionChange.self,
    TransferHouseholds.self, TransferHousehold.self, CarryOutRegionChange.self,
]

extension Set<Role> {
    /// Who keeps the tree of regions.
    static let regionKeepers: Set<Role> = [.policyOfficer, .placeNameOfficer]
}

/// 登记辖区。The first of an empty house: the county it serves, entered by its first administrator; then others can be given accounts there.
struct FoundRegion: Action {
    let id: ID<RegionChange>
    let code: WrittenCode
    let name: String
    let on: CivilDate
    let document: String

    static let title = "登记辖区"
    static let guidance = "新系统先登记本区县（六位代码）。之后给政策员、地名专管开账号，由他们登记乡镇和社区。"
    static let roles: Set<Role> = [.systemAdministrator]
    static let subject = Subject<FoundRegion>.located(nil) { act, _ in Located(region: act.code.region) }
    static let shape = Shape<FoundRegion> {
        Field(.newRegionChange, \.id)
        Field(.writtenCode, \.code)
        Field(.regionName, \.name)
        Field(.regionChangedOn, \.on)
        Field(.regionDocument, \.document)
    }

    init(from reading: Reading<FoundRegion>) throws(Refusal) {
        id = try reading(.newRegionChange)
        code = try reading(.writtenCode)
        name = try reading(.regionName)
        on = try reading(.regionChangedOn)
        document = try reading(.regionDocument)
    }

    func perform(at desk: Desk) throws -> Outcome {
        guard code.region.level <= .county else { throw Refusal.forbidden("乡镇、社区由政策员或地名专管办理「设立区划」").at(["code"]) }
        guard on <= desk.today else { throw Refusal.invalid("辖区的起始日期不能晚于今天").at(["on_date"]) }
        return try desk.arrange(RegionChange(id, .added, in: code.region, on: on, document: document, [RegionPart("1", nil, code.region, name)], knownAt: desk.now))
    }
}

/// 设立区划。
struct AddRegion: Action {
    let id: ID<RegionChange>
    let code: WrittenCode
    let name: String
    let on: CivilDate
    let document: String

    static let title = "设立区划"
    static let guidance = "登记经批准新设的乡镇、街道、村、社区。从别的区划分出来的，请在原区划上办理「拆分区划」。"
    static let roles: Set<Role> = .regionKeepers
    static let subject = Subject<AddRegion>.located(nil) { act, _ in Located(region: act.code.region) }
    static let shape = Shape<AddRegion> {
        Field(.newRegionChange, \.id)
        Field(.writtenCode, \.code)
        Field(.regionName, \.name)
        Field(.regionChangedOn, \.on)
        Field(.regionDocument, \.document)
    }

    init(from reading: Reading<AddRegion>) throws(Refusal) {
        id = try reading(.newRegionChange)
        code = try reading(.writtenCode)
        name = try reading(.regionName)
        on = try reading(.regionChangedOn)
        document = try reading(.regionDocument)
    }

    func perform(at desk: Desk) throws -> Outcome {
        try desk.arrange(RegionChange(id, .added, in: code.region, on: on, document: document, [RegionPart("1", nil, code.region, name)], knownAt: desk.now))
    }
}

/// 区划更名。The code stays; the old name holds until the day before.
struct RenameRegion: Action {
    let id: ID<RegionChange>
    let code: RegionCode
    let name: String
    let on: CivilDate
    let document: String

    static let title = "区划更名"
    static let guidance = "代码不变，从变更日期起用新名称；此前的文书仍是旧名称。"
    static let roles: Set<Role> = .regionKeepers
    static let subject = Subject<RenameRegion>.region(\.code)
    static let shape = Shape<RenameRegion> {
        Field(.newRegionChange, \.id)
        Field(.regionCode, \.code)
        Field(.regionName, \.name)
        Field(.regionChangedOn, \.on)
        Field(.regionDocument, \.document)
    }

    init(from reading: Reading<RenameRegion>) throws(Refusal) {
        id = try reading(.newRegionChange)
        code = try reading(.regionCode)
        name = try reading(.regionName)
        on = try reading(.regionChangedOn)
        document = try reading(.regionDocument)
    }

    func perform(at desk: Desk) throws -> Outcome {
        guard try desk.living(code, on: desk.today).name != name else { throw Refusal.invalid("新名称与现名相同").at(["name"]) }
        return try desk.arrange(RegionChange(id, .renamed, in: code, on: on, document: document, [RegionPart("1", code, code, name)], knownAt: desk.now))
    }
}

/// 撤销区划。Ends a code where nobody is registered any more.
struct EndRegion: Action {
    let id: ID<RegionChange>
    let code: RegionCode
    let on: CivilDate
    let document: String

    static let title = "撤销区划"
    static let guidance = "只用于没有人员、家庭、账号和办件的区划。有的，请办理「撤并区划」。"
    static let roles: Set<Role> = .regionKeepers
    static let subject = Subject<EndRegion>.region(\.code)
    static let shape = Shape<EndRegion> {
        Field(.newRegionChange, \.id)
        Field(.regionCode, \.code)
        Field(.regionChangedOn, \.on)
        Field(.regionDocument, \.document)
    }

    init(from reading: Reading<EndRegion>) throws(Refusal) {
        id = try reading(.newRegionChange)
        code = try reading(.regionCode)
        on = try reading(.regionChangedOn)
        document = try reading(.regionDocument)
    }

    func perform(at desk: Desk) throws -> Outcome {
        try desk.arrange(RegionChange(id, .ended, in: code, on: on, document: document, [RegionPart("1", code, nil)], knownAt: desk.now))
    }
}

/// 更正区划名称。It was written wrongly when entered: the row itself is mended, and the journal keeps who did it and why.
struct CorrectRegionName: Action {
    let code: RegionCode
    let name: String
    let reason: String

    static let title = "更正区划名称"
    static let guidance = "只用于登记时写错的名称。经批准改名的，请办理「区划更名」。"
    static let roles: Set<Role> = .regionKeepers
    static let subject = Subject<CorrectRegionName>.region(\.code)
    static let shape = Shape<CorrectRegionName> {
        Field(.regionCode, \.code)
        Field(.regionName, \.name)
        Field(.actReason, \.reason)
    }

    init(from reading: Reading<CorrectRegionName>) throws(Refusal) {
        code = try reading(.regionCode)
        name = try reading(.regionName)
        reason = try reading(.actReason)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let region = try desk.living(code, on: desk.today)
        guard region.name != name else { throw Refusal.invalid("与原来登记的名称相同").at(["name"]) }
        try desk.update(Region(id: region.id, code: region.code, name: name, from: region.from, until: region.until))
        return Outcome(region.id, "区划 \(code.shown) 的名称由「\(region.name)」更正为「\(name)」，理由：\(reason)", link: "/people/regions?region=\(code.code)")
    }
}

/// 取消区划变更。Only what has not been done can be undone.
struct CancelRegionChange: Action {
    let change: ID<RegionChange>
    let reason: String

    static let title = "取消区划变更"
    static let guidance = "只能取消还没有到日子的变更。已经办成的，须按新的批准文件再办一次变更。"
    static let roles: Set<Role> = .regionKeepers
    static let subject = Subject<CancelRegionChange>.located(Term<ID<RegionChange>>.regionChange.name) { act, reader in
        let change = try reader.find(act.change)
        return Located(id: change.id.text, region: change.scope)
    }
    static let shape = Shape<CancelRegionChange> {
        Field(.regionChange, \.change)
        Field(.actReason, \.reason)
    }

    init(from reading: Reading<CancelRegionChange>) throws(Refusal) {
        change = try reading(.regionChange)
        reason = try reading(.actReason)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let change = try desk.find(change)
        if let doneAt = change.doneAt {
            throw Refusal.outOfOrder("这项变更已于\(doneAt.date.shown)办成，人员和办件已经随转，不能取消。如需恢复，请按新的批准文件再办一次变更")
        }
        guard change.cancelledAt == nil else { throw Refusal.outOfOrder("这项变更已经取消") }
        try desk.update(change.cancelled(at: desk.now))
        return Outcome(change.id, "已取消，理由：\(reason)", link: "/people/regions")
    }
}

/// 到日子办理。Done by the house on the day of a change that was entered before.
struct CarryOutRegionChange: Action {
    let change: ID<RegionChange>

    static let title = "到日子办理区划变更"
    static let roles: Set<Role> = [.systemAdministrator]
    static let subject = Subject<CarryOutRegionChange>.located(Term<ID<RegionChange>>.regionChange.name) { act, reader in
        let change = try reader.find(act.change)
        return Located(id: change.id.text, region: change.scope)
    }
    static let shape = Shape<CarryOutRegionChange> { Field(.regionChange, \.change) }

    init(from reading: Reading<CarryOutRegionChange>) throws(Refusal) { change = try reading(.regionChange) }

    func perform(at desk: Desk) throws -> Outcome {
        let change = try desk.find(change)
        guard change.on <= desk.today else { throw Refusal.outOfOrder("还没有到\(change.on.shown)") }
        guard change.cancelledAt == nil else { return Outcome(change.id, "这项变更已经取消，没有办理") }
        guard change.doneAt == nil else { return Outcome(change.id, "这项变更已经办成，没有再办") }
        return Outcome(change.id, try desk.carryOut(change).sentence(change), link: "/people/regions")
    }
}

/// One act does it whole; the job may be stopped before or after, never in between.
let regionChangeJob = JobKind("carry-out-region-change", "到日子办理区划变更") { job, counter in
    let receipt = try await counter.submit(Submission("people.\(CarryOutRegionChange.name)", id: ID(job.id), values: ["change": .stored(.text(job.input))]), as: .house)
    return JobProgress(total: 1, done: 1, message: receipt.outcome.message, isFinished: true)
}

extension Subject {
    /// A region that stands, named by its code.
    static func region(_ code: KeyPath<Act, RegionCode> & Sendable) -> Subject {
        .located(Term<RegionCode>.regionCode.name) { act, reader in
            Located(id: try reader.living(act[keyPath: code], on: reader.today).id.text, region: act[keyPath: code])
        }
    }
}

extension Term where Value == WrittenCode {
    static var writtenCode: Term<WrittenCode> { Term("code", "区划代码", hint: "新区划的代码：6、9 或 12 位数字") }
}
