import Commons
import Kernel
import Values

/// 复核待遇。Once a year or half-yearly by class; without clear change the amount stays as it is (第三十一条).
struct ReviewAllowance: Action {
    let allowance: ID<Allowance>
    let review: ID<AllowanceReview>
    let reviewedOn: CivilDate
    let householdClass: HouseholdClass?
    let hasChanged: Bool
    let findings: LongText

    static let title = "复核待遇"
    static let guidance = "没有明显变化的，复核期内不调整金额；有变化的，接着登记家庭变化。"
    static let roles: Set<Role> = [.townshipClerk, .townshipReviewer]
    static let subject = Subject<ReviewAllowance>.opened(.allowance, \.allowance)
    static let shape = Shape<ReviewAllowance> {
        Field(.allowance, \.allowance)
        Field(.newReview, \.review)
        Field(.reviewedOn, \.reviewedOn)
        Field(.householdClass, \.householdClass)
        Field(.hasChanged, \.hasChanged)
        Field(.findings, \.findings)
    }

    init(from reading: Reading<ReviewAllowance>) throws(Refusal) {
        allowance = try reading(.allowance)
        review = try reading(.newReview)
        reviewedOn = try reading(.reviewedOn)
        householdClass = try reading(.householdClass)
        hasChanged = try reading(.hasChanged)
        findings = try reading(.findings)
    }

    func perform(at desk: Desk) throws -> Outcome {
        var allowance = try desk.find(allowance)
        guard reviewedOn >= allowance.confirmedOn, reviewedOn <= desk.today else {
            throw Refusal.invalid("复核日期应在确认日期（\(allowance.confirmedOn.shown)）和今天之间").at(["reviewed_on"])
        }
        let law = try lawOn(reviewedOn, allowance.region, Residence(allowance.area), desk)
        let group = householdClass ?? allowance.householdClass
        if case .householdTier = law.method.value, group != allowance.householdClass {
            throw Refusal.outOfOrder("当地按家庭类别分档发放，类别变化会改变金额，请办理「登记家庭变化」")
        }
        allowance.householdClass = group
        allowance.nextReview = try reviewDue(group, last: reviewedOn.monthOf, under: law)
        try desk.update(allowance)
        try desk.insert(AllowanceReview(self, class: group, nextReview: allowance.nextReview))
        let next = hasChanged ? "家庭情况有变化，请接着登记家庭变化" : "金额不变，下次复核 \(allowance.nextReview.shown)"
        return Outcome(allowance.id, "复核已登记，\(group.rawValue) 类。\(next)", link: allowance.link)
    }
}
