import Kernel

/// 社会救助：最低生活保障。依据《社会救助暂行办法》（国务院令第649号）、《最低生活保障审核确认办法》（民发〔2021〕57号）。
public let assistance = Line(
    "assistance", "社会救助",
    actions: [
        ApplyForAllowance.self, RequestSupplement.self, CompleteDocuments.self, AcceptApplication.self, RecordEconomicCheck.self, RecordVisit.self,
        RecordDeliberation.self, VerifyDeclaration.self, RecordFirstOpinion.self, PostNotice.self, RaiseObjection.self, ResolveObjection.self,
        ConfirmAllowance.self, RefuseAllowance.self, DeliverRefusal.self, TerminateApplication.self, WithdrawApplication.self,
        ReviewAllowance.self, ChangeHousehold.self, RecomputeAllowance.self, BeginGradualExit.self, StopAllowance.self, DeliverStopNotice.self,
        RepriceAllowance.self, ProposeCorrection.self, DecideCorrection.self, DeclineCorrection.self, FixClericalError.self,
    ],
    inquiries: [EstimateAllowance.self, CheckProgress.self],
    processes: [applicationProcess, allowanceProcess, correctionProcess],
    listings: [applications, allowances, overdueReviews, decisions, corrections],
    policies: allowancePolicies + [AnyPolicy(allowanceFundShare)],
    shipped: nationalRulings + demonstrationRulings + fundShareRulings,
    reactions: [repriceOnNewRuling, reviewAfterDeath, objectionFromHall, objectionAnswered, noticeWithdrawn, decisionServed],
    records: [
        Application.self, Declaration.self, EconomicCheck.self, HouseholdVisit.self, Deliberation.self, FirstOpinion.self, PublicNotice.self, Objection.self,
        Decision.self, Allowance.self, AllowancePeriod.self, AllowanceMember.self, AllowanceReview.self, Correction.self, ClericalFix.self,
    ],
    jobs: [repriceJob],
    importers: [ImportedRecipient.self, PaidRoster.self],
    finders: [findCases],
    timelines: [assistanceTimeline],
    pages: assistancePages,
    forms: assistanceForms,
    answers: [AnswerPage(EstimateAllowance.self) { estimateMarkup(EstimateAnswerView($0)) }],
    migrations: assistanceMigrations + [takeoverTables, paymentIndexes],
    offers: [allowancePayment] + assistanceIndicators)
