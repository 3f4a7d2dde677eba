import Commons
import Kernel

// 计划及其跟踪：what the folder gives to the line.

let planActions: [any Action.Type] = []
let planInquiries: [any Inquiry.Type] = []
let planListings: [Listing] = []
let planRecords: [any Record.Type] = [
    PlanDocument.self, WorkPlan.self, PlanEdition.self, PlanMeasure.self, PlanTarget.self, TargetBinding.self, Milestone.self, Evidence.self, DelayReason.self,
]
let planPages: [Page] = []
let planForms: [FormPage] = []
let planOffers: [any Offer] = []
