import Commons
import Kernel
import Values

/// 申请表。What a household declares: as forms carry it, by field names.
struct CaseForm: Sendable {
    let applicants: Applicants
    let day: CivilDate
    /// What the household earns a month, in yuan: from nothing to more than the standard admits.
    let wage: Int
    /// The head is badly disabled: 1 or 2; nil for nobody.
    let disability: Int?

    func fields(wage changed: Int? = nil, unsigned: Bool = false) -> RawFields {
        let wage = changed ?? wage
        let rows = applicants.members(on: day).enumerated().map { index, member in
            RawRow(key: "m\(index + 1)", fields: row(member, wage: member.relation == .head ? wage : 0, isSigned: !(unsigned && index == 0)))
        }
        return ["members": .rows(rows)]
    }

    /// 受理时才问的几项。
    var application: RawFields {
        var fields = fields()
        fields["region"] = .typed(applicants.region.code)
        fields["area"] = .typed(applicants.area.rawValue)
        return fields
    }

    private func row(_ member: Applicants.Member, wage: Int, isSigned: Bool) -> RawFields {
        var fields: RawFields = [
            "name": .typed(member.name), "resident_id": .typed(member.number.typed), "kinship": .typed(Self.kinship(member.relation)),
            "consented": .typed(isSigned ? "1" : "0"), "support_duty": .typed("1"),
        ]
        let age = member.number.birth.age(on: day)
        if let study = Self.study(age, member.relation) {
            fields["study_level"] = .typed(study)
            fields["full_time"] = .typed("1")
        } else if member.relation == .son || member.relation == .daughter {
            fields["lives_independently"] = .typed("0")
        }
        if member.relation == .head {
            fields["incomes"] = Self.incomes(wage, age)
            if wage > 0, age < 60 { fields["employed"] = .typed("1") }
            if let disability {
                fields["disability_kind"] = .typed("4")
                fields["disability_grade"] = .typed("\(disability)")
            }
        }
        return fields
    }

    private static func incomes(_ wage: Int, _ age: Int) -> Raw {
        guard wage > 0 else { return .rows([]) }
        let kind = age < 60 ? "wage" : "pension"
        return .rows([RawRow(key: "i1", fields: ["kind": .typed(kind), "amount_fen": .typed("\(wage)"), "span": .typed("month")])])
    }

    private static func kinship(_ relation: Relation) -> String {
        switch relation {
        case .head: "self"
        case .spouse: "spouse"
        case .son, .daughter: "child"
        case .grandchild: "grandchild"
        case .parent: "parent"
        case .grandparent: "grandparent"
        case .sibling: "sibling"
        case .other: "other"
        }
    }

    /// Children go to the school of their age.
    private static func study(_ age: Int, _ relation: Relation) -> String? {
        guard relation == .son || relation == .daughter || relation == .grandchild else { return nil }
        return switch age {
        case 3..<6: "kindergarten"
        case 6..<15: "compulsory"
        case 15..<18: "secondary"
        case 18..<23: "bachelor"
        default: nil
        }
    }
}
