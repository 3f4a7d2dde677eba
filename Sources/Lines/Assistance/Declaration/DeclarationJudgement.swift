import Commons
import Kernel
import Values

/// 申报的审核：turns rows into facts and puts the rules' questions back at the fields they came from.
struct DeclaredHousehold {
    let area: Area
    let ground: SingleGround?
    let householdClass: HouseholdClass?
    let propertyState: PropertyState
    let members: [(facts: MemberFacts, assets: [AssetEntry])]
    let sharedIncomes: [IncomeEntry]
    let rigidCosts: [RigidCostEntry]
    let supporters: [SupporterEntry]

    /// - Throws: `.invalid` with each problem at its field; `.gap` where a ruling is missing.
    func assessed(under law: AllowanceLaw, on date: CivilDate) throws(Refusal) -> Assessment {
        do throws(Refusal) {
            return try assess(try facts(under: law, on: date), under: law, on: date)
        } catch {
            throw error.atFields
        }
    }

    /// The facts, with the property of those who count: what others own is not the household's.
    func facts(under law: AllowanceLaw, on date: CivilDate) throws(Refusal) -> HouseholdFacts {
        let whole = try facts(assets: members.flatMap(\.assets)).checked(on: date)
        let counted = Set(try countedMembers(of: whole, under: law, on: date).filter(\.counted).map(\.member))
        return try facts(assets: members.filter { counted.contains($0.facts.id) }.flatMap(\.assets))
    }

    /// What makes no sense whatever the law, each at its field.
    func check(on date: CivilDate) throws(Refusal) {
        do throws(Refusal) { _ = try facts(assets: members.flatMap(\.assets)).checked(on: date) } catch { throw error.atFields }
    }

    private func facts(assets: [AssetEntry]) throws(Refusal) -> HouseholdFacts {
        let names = members.map { (key: $0.facts.id, name: $0.facts.name) }
        var obligors: [SupporterFacts] = []
        for supporter in supporters { obligors.append(try supporter.facts(members: names)) }
        return HouseholdFacts(
            residence: area == .urban ? .urban : .rural, claim: claim, members: members.map(\.facts), sharedIncomes: sharedIncomes.map(\.facts),
            rigidCosts: rigidCosts.map(\.facts), supporters: obligors, property: propertyState.facts(assets), householdClass: householdClass)
    }

    private var claim: Claim {
        guard let ground, let applicant = members.first(where: { $0.facts.kinship == .applicant }) else { return .household }
        return .single(member: applicant.facts.id, ground: ground)
    }
}

extension Declaration {
    var declaredHousehold: DeclaredHousehold {
        DeclaredHousehold(
            area: area, ground: ground, householdClass: householdClass, propertyState: propertyState ?? .declared,
            members: members.map { ($0.facts, $0.condition.assets) }, sharedIncomes: sharedIncomes, rigidCosts: rigidCosts, supporters: supporters)
    }
}

extension DeclaredFacts {
    func household(area: Area, ground: SingleGround?) -> DeclaredHousehold {
        DeclaredHousehold(
            area: area, ground: ground, householdClass: householdClass, propertyState: propertyState ?? .declared,
            members: members.map { ($0.facts, $0.condition.assets) }, sharedIncomes: sharedIncomes, rigidCosts: rigidCosts, supporters: supporters)
    }
}

extension Refusal {
    /// The rules name facts; a form has fields.
    var atFields: Refusal {
        Refusal(kind, message, problems: problems.map { Problem($0.path.map(Self.field), $0.message) }, basis: basis)
    }

    private static func field(_ name: String) -> String {
        switch name {
        case "birth": "born_on"
        case "tier_amount": "tier_amount_fen"
        case "household": "household_size"
        case "supports": "supported"
        case "paid_per_month": "paid_fen"
        case "income_per_month": "household_income_fen"
        case "court": "court_fen"
        default: name
        }
    }
}
