import Commons
import Kernel
import Values

/// 申请最低生活保障。People and household are found in the register or entered with the application.
///
/// 《最低生活保障审核确认办法》第四条、第九条：以家庭为单位申请，所有共同生活的家庭成员签署核对授权书。
struct ApplyForAllowance: Action, DeclaresHousehold {
    let application: ID<Application>
    let region: RegionCode
    let area: Area
    let address: String?
    let phone: Phone?
    let channel: ApplicationChannel?
    let ground: SingleGround?
    let nearRelative: String?
    let facts: DeclaredFacts
    let documents: [DocumentEntry]

    static let title = "申请最低生活保障"
    static let guidance = "填写家庭成员及其收入、财产。身份号码已登记过的人员直接使用原档案。提交后由镇街审查材料并受理。"
    static let roles: Set<Role> = [.community, .townshipClerk]
    static let subject = Subject<ApplyForAllowance>.new(in: \.region)
    static let shape = Shape<ApplyForAllowance> {
        Field(.newApplication, \.application)
        Field(.region, \.region)
        Field(.area, \.area)
        Field(.address, \.address)
        Field(.phone, \.phone)
        Field(.channel, \.channel)
        Field(.singleGround, \.ground)
        householdFields
        Each(.documents, \.documents)
        Field(.nearRelative, \.nearRelative)
    }

    init(from reading: Reading<ApplyForAllowance>) throws(Refusal) {
        application = try reading(.newApplication)
        region = try reading(.region)
        area = try reading(.area)
        address = try reading(.address)
        phone = try reading(.phone)
        channel = try reading(.channel)
        ground = try reading(.singleGround)
        nearRelative = try reading(.nearRelative)
        facts = try DeclaredFacts(from: reading)
        documents = try reading(.documents)
    }

    static func known(_ subject: String?, at reader: Reader) throws -> RawFields {
        try reader.knownForIntake(subject)
    }

    func perform(at desk: Desk) throws -> Outcome {
        try requirePlace(at: desk)
        try facts.household(area: area, ground: ground).check(on: desk.today)
        let people = try desk.enter(facts.members, region: region, address: address, phone: phone)
        try desk.requireNotOnBooks(people)
        let members = people.map { DeclarationMember($0.declared, $0.person) }
        guard let applicant = people.first(where: { $0.declared.condition.kinship == .applicant }) else { throw Refusal.invalid("请填写申请人").at(["members"]) }
        let household = try desk.household(of: applicant.person, with: people, region: region, area: area, address: address)
        let declaration = Declaration(desk.makeID(), of: household, .declared, asOf: desk.today, area: area, ground: ground, facts, members: members, knownAt: desk.now)
        try desk.insert(declaration)
        try desk.insert(Application(self, household: household, applicant: applicant.person.id, declaration: declaration.id, appliedOn: desk.today))
        let file = try desk.openCase(applicationProcess, for: application, title: "\(applicant.person.name.shown)户", in: region)
        return Outcome(application, "已收到申请，编号 \(file.number)，家庭成员 \(people.count) 人。下一步：审查材料，齐全的予以受理", link: "/assistance/applications/\(application.text)")
    }

    /// An application lies with a township or a community, which accept it.
    private func requirePlace(at desk: Desk) throws(Refusal) {
        guard region.level >= .township else {
            throw Refusal.invalid("请填写乡镇（街道）或者村（社区）的区划代码，9 位或者 12 位").at(["region"])
        }
    }
}
