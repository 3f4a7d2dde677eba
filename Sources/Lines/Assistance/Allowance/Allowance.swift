import Commons
import Kernel
import Values

/// 最低生活保障待遇。A household on the roster; its number and state are the case file of the same id, its amounts its periods.
struct Allowance: Placed {
    let id: ID<Allowance>
    let household: ID<Household>
    /// The application it was confirmed on; nil for one taken over from an older register.
    let application: ID<Application>?
    /// 户主或者单人户本人。
    let head: ID<Person>
    let region: RegionCode
    let area: Area
    let ground: SingleGround?
    var householdClass: HouseholdClass
    let confirmedOn: CivilDate
    var nextReview: Month
    /// The facts it is paid on.
    var declaration: ID<Declaration>
    /// 登记的变化，尚未重新核定。
    var pending: ID<Declaration>?
    var changedOn: CivilDate?

    static let table = "allowance"
    static let title = "最低生活保障待遇"
    static let shape = Shape<Allowance> {
        Field(.id, \.id)
        Field(.householdID, \.household)
        Field(.applicationID, \.application)
        Field(.head, \.head)
        Field(.region, \.region)
        Field(.area, \.area)
        Field(.singleGround, \.ground)
        Field(.householdClass, \.householdClass)
        Field(.confirmedOn, \.confirmedOn)
        Field(.nextReview, \.nextReview)
        Field(.declarationID, \.declaration)
        Field(.pendingID, \.pending)
        Field(.changedOn, \.changedOn)
    }

    init(from reading: Reading<Allowance>) throws(Refusal) {
        id = try reading(.id)
        household = try reading(.householdID)
        application = try reading(.applicationID)
        head = try reading(.head)
        region = try reading(.region)
        area = try reading(.area)
        ground = try reading(.singleGround)
        householdClass = try reading(.householdClass)
        confirmedOn = try reading(.confirmedOn)
        nextReview = try reading(.nextReview)
        declaration = try reading(.declarationID)
        pending = try reading(.pendingID)
        changedOn = try reading(.changedOn)
    }

    init(_ id: ID<Allowance>, from application: Application, _ declaration: Declaration, class group: HouseholdClass, confirmedOn: CivilDate, nextReview: Month) {
        self.id = id
        household = application.household
        self.application = application.id
        head = application.applicant
        region = application.region
        area = application.area
        ground = application.ground
        householdClass = group
        self.confirmedOn = confirmedOn
        self.nextReview = nextReview
        self.declaration = declaration.id
        pending = nil
        changedOn = nil
    }

    var link: String { "/assistance/allowances/\(id.text)" }
}

/// 待遇期间。What is due each month from–until, as known from an instant until it was retracted.
struct AllowancePeriod: Record {
    let id: ID<AllowancePeriod>
    let allowance: ID<Allowance>
    let monthly: Money
    let from: Month
    /// The first month no longer paid so; nil while it runs.
    let until: Month?
    /// nil for what was decided elsewhere, before the allowance was taken over.
    let decision: ID<Decision>?
    let knownAt: Instant
    let retractedAt: Instant?

    static let table = "allowance_period"
    static let title = "待遇期间"
    static let shape = Shape<AllowancePeriod> {
        Field(.id, \.id)
        Field(.allowanceID, \.allowance)
        Field(.monthly, \.monthly)
        Field(.fromMonth, \.from)
        Field(.untilMonth, \.until)
        Field(.decisionID, \.decision)
        Field(.knownAt, \.knownAt)
        Field(.retractedAt, \.retractedAt)
    }

    init(from reading: Reading<AllowancePeriod>) throws(Refusal) {
        id = try reading(.id)
        allowance = try reading(.allowanceID)
        monthly = try reading(.monthly)
        from = try reading(.fromMonth)
        until = try reading(.untilMonth)
        decision = try reading(.decisionID)
        knownAt = try reading(.knownAt)
        retractedAt = try reading(.retractedAt)
    }

    init(id: ID<AllowancePeriod>, allowance: ID<Allowance>, monthly: Money, from: Month, until: Month?, decision: ID<Decision>?, knownAt: Instant) {
        self.id = id
        self.allowance = allowance
        self.monthly = monthly
        self.from = from
        self.until = until
        self.decision = decision
        self.knownAt = knownAt
        retractedAt = nil
    }

    func covers(_ month: Month) -> Bool { from <= month && (until.map { month < $0 } ?? true) }
}

/// 保障人员。A counted member's time on the roster: nobody is on two at once.
struct AllowanceMember: Record {
    let id: ID<AllowanceMember>
    let allowance: ID<Allowance>
    let person: ID<Person>
    let from: Month
    var until: Month?

    static let table = "allowance_member"
    static let title = "保障人员"
    static let shape = Shape<AllowanceMember> {
        Field(.id, \.id)
        Field(.allowanceID, \.allowance)
        Field(.personID, \.person)
        Field(.fromMonth, \.from)
        Field(.untilMonth, \.until)
    }

    init(from reading: Reading<AllowanceMember>) throws(Refusal) {
        id = try reading(.id)
        allowance = try reading(.allowanceID)
        person = try reading(.personID)
        from = try reading(.fromMonth)
        until = try reading(.untilMonth)
    }

    init(id: ID<AllowanceMember>, allowance: ID<Allowance>, person: ID<Person>, from: Month) {
        self.id = id
        self.allowance = allowance
        self.person = person
        self.from = from
        until = nil
    }
}

/// 复核一次。
struct AllowanceReview: Record {
    let id: ID<AllowanceReview>
    let allowance: ID<Allowance>
    let reviewedOn: CivilDate
    let householdClass: HouseholdClass
    let hasChanged: Bool
    let findings: LongText
    let nextReview: Month

    static let table = "allowance_review"
    static let title = "复核"
    static let shape = Shape<AllowanceReview> {
        Field(.id, \.id)
        Field(.allowanceID, \.allowance)
        Field(.reviewedOn, \.reviewedOn)
        Field(.householdClass, \.householdClass)
        Field(.hasChanged, \.hasChanged)
        Field(.findings, \.findings)
        Field(.nextReview, \.nextReview)
    }

    init(from reading: Reading<AllowanceReview>) throws(Refusal) {
        id = try reading(.id)
        allowance = try reading(.allowanceID)
        reviewedOn = try reading(.reviewedOn)
        householdClass = try reading(.householdClass)
        hasChanged = try reading(.hasChanged)
        findings = try reading(.findings)
        nextReview = try reading(.nextReview)
    }

    init(_ act: ReviewAllowance, class group: HouseholdClass, nextReview: Month) {
        id = act.review
        allowance = act.allowance
        reviewedOn = act.reviewedOn
        householdClass = group
        hasChanged = act.hasChanged
        findings = act.findings
        self.nextReview = nextReview
    }
}

extension Term where Value == ID<Allowance> {
    static var allowance: Term<ID<Allowance>> { Term("allowance", "待遇", .carried) }
    static var allowanceID: Term<ID<Allowance>> { Term("allowance_id", "待遇") }
    static var newAllowance: Term<ID<Allowance>> { Term("allowance", "待遇编号", .made) }
}
extension Term where Value == ID<AllowanceReview> {
    static var newReview: Term<ID<AllowanceReview>> { Term("review", "复核编号", .made) }
}
extension Term where Value == ID<Declaration> {
    static var pendingID: Term<ID<Declaration>> { Term("pending_id", "待核定的变化") }
}
extension Term where Value == CivilDate {
    static var confirmedOn: Term<CivilDate> { Term("confirmed_on", "确认日期") }
    static var changedOn: Term<CivilDate> { Term("changed_on", "变化发生日期") }
    static var reviewedOn: Term<CivilDate> { Term("reviewed_on", "复核日期") }
}
extension Term where Value == Month {
    static var nextReview: Term<Month> { Term("next_review_month", "下次复核") }
}
extension Term where Value == Bool {
    static var hasChanged: Term<Bool> { Term("has_changed", "家庭情况有明显变化") }
}
