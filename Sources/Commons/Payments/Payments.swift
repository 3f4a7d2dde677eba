import Kernel
import Values

/// 待遇发放（一卡通）。Every cash programme that lines offer is paid here, once and exactly, and each month can be proved.
let payments = Line(
    "payments", "待遇发放",
    actions: [
        OpenMonth.self, OpenOneOff.self, EnrolSlice.self, EndRoster.self, CheckMonth.self, SignAsBusiness.self, SignAsFinance.self, SignAsLeader.self, SendBack.self,
        PostSlice.self, EndPosting.self, FilePayments.self, FileSlice.self, EndFile.self, BeginReturn.self, TakeReturnSlice.self, RecordReturn.self,
        ReissueFailed.self, DeferFailed.self, CloseMonth.self, CloseEmptyMonth.self, AbandonMonth.self, RegisterAccount.self,
        HoldPayments.self, ReleaseHold.self, RecordBudget.self,
        NotifyRecovery.self, AgreeRepayment.self, RecordRefund.self, WriteOffRecovery.self, ClaimForOrganisation.self,
        WithdrawOrganisationClaim.self, RegisterOrganisationAccount.self, OpenOrganisationRun.self, ListOneOff.self, StrikeOneOff.self, OpenListedOneOff.self,
        ChooseBenefit.self, ChangePayee.self, EndPayeeChange.self,
    ],
    inquiries: [WhyThisAmount.self],
    processes: [runProcess, recoveryProcess],
    listings: [runListing, rosterListing, findingListing, failureListing, recoveryListing, holdListing, budgetListing, organisationClaimListing,
               organisationRoster, organisationAccounts, oneOffDues, payeeChangeListing],
    policies: [AnyPolicy(offsetWithoutConsent), AnyPolicy(oneOffFundShare), AnyPolicy(organisationFundShare)],
    shipped: [
        oneOffFundShare.ships(.percent(100), variant: FundSource.local.rawValue, in: .country, from: CivilDate(written: 2012, 12, 12),
                              cite: "〔默认，须由本级确认〕一次性发放由本级承担"),
        organisationFundShare.ships(.percent(100), variant: FundSource.local.rawValue, in: .country, from: CivilDate(written: 2012, 12, 12),
                                    cite: "〔默认，须由本级确认〕机构补助由本级承担"),
    ],
    records: [PaymentRun.self, Recovery.self, PaymentHold.self, OrganisationAccount.self],
    sealed: [SealedPlace("payment_file", "sealed", key: ["id"], purpose: paymentFilePurpose)],
    jobs: [paymentJob],
    importers: [ImportedOrganisationClaim.self, ImportedOneOff.self],
    timelines: [paymentTimeline],
    pages: [monthPage, fundsPage, runPage, proofPage, linePage, payeePage, recoveryPage, recoveryNotice, refundReceipt],
    migrations: ledgerMigrations + paymentMigrations + organisationPaymentMigrations + returnMigrations + payeeMigrations,
    offers: paymentIndicators + organisationProgrammes)
