import Commons
import Kernel

// 计划及其跟踪：what the folder gives to the line.

let planActions: [any Action.Type] = [
    ImportPlan.self, ConfirmPlan.self, WithdrawPlan.self, ProposeEdition.self, ApplyEdition.self, DropEdition.self,
    CorrectMeasure.self, AddMeasure.self, RemoveMeasure.self, RestoreMeasure.self, CorrectTarget.self, AddTarget.self, RemoveTarget.self, RestoreTarget.self,
    BindTarget.self, BindSuggested.self, UnbindTarget.self, BindToMilestones.self, SetPoints.self, RestorePoints.self, AddMilestone.self, ReachMilestone.self, ChangeMilestone.self,
    RecordProgress.self, RecordTargetProgress.self, WithdrawProgress.self, ExplainDelay.self,
]
let planInquiries: [any Inquiry.Type] = [PlanStatus.self, PlanContents.self]
let planListings: [Listing] = [planListing, targetListing]
let planRecords: [any Record.Type] = [
    PlanDocument.self, WorkPlan.self, PlanEdition.self, PlanMeasure.self, PlanTarget.self, TargetBinding.self, Milestone.self, Evidence.self, DelayReason.self,
    PastPoints.self,
]
let planPages: [Page] = [boardPage, unitsPage, planPage, targetPage, editionPage, suggestionsPage, planSheetPage]
let planForms: [FormPage] = [suggestedForm]
let planOffers: [any Offer] = [statusDownload, planReminder, planTargets]
