import Kernel
import Pages
import Values

/// 家庭登记的办理事项。
let householdActions: [any Action.Type] = [
    RegisterHousehold.self, AddMember.self, EndMembership.self, ChangeRelation.self, ChangeHead.self, MoveHousehold.self, SplitHousehold.self,
    CorrectMembership.self, RetractMembership.self, DissolveHousehold.self,
]

/// 对成员办理的事项。Acts on one member of a household.
protocol MemberAct: Action {
    var household: ID<Household> { get }
    var membership: ID<Membership> { get }
}

/// Forms that say first whose household, and which member, they are about.
let householdForms = [
    FormPage(AddMember.self, layout: aboutHousehold), FormPage(MoveHousehold.self, layout: aboutHousehold), FormPage(SplitHousehold.self, layout: aboutHousehold),
    FormPage(DissolveHousehold.self, layout: aboutHousehold), memberForm(EndMembership.self), memberForm(ChangeRelation.self), memberForm(ChangeHead.self),
    memberForm(CorrectMembership.self), memberForm(RetractMembership.self),
]

private func memberForm<Act: MemberAct>(_ act: Act.Type) -> FormPage { FormPage(act, layout: aboutHousehold) }

private let aboutHousehold: @Sendable (FormVisit) throws -> FormLayout = { visit in
    guard let id = visit.values.text("household").flatMap(ID<Household>.init(rawValue:)), let household = try visit.reader.first(Household.self, where: "id = \(id)"),
          visit.reader.actor.covers(household.region) else { return FormLayout(sections: []) }
    return FormLayout(sections: [], preface: try visit.reader.preface(household, visit.values.text("membership").flatMap(ID<Membership>.init(rawValue:))))
}

extension Reader {
    fileprivate func preface(_ household: Household, _ membership: ID<Membership>?) throws -> Markup {
        var facts: [FactsView.Fact] = [
            .init("家庭", .link("\(try find(household.head).name.shown)户", href: household.link)),
            .init("住址", "\(try regionPath(household.region))\(household.address ?? "")"),
        ]
        if let membership = try membership.flatMap({ id in try first(Membership.self, where: "id = \(id)") }), membership.household == household.id {
            let person = try find(membership.person)
            facts.append(.init("成员", "\(person.name.shown)，\(membership.relation.label)，\(lasting(membership.from, membership.until))"))
        }
        return FactsView(facts).markup
    }
}
