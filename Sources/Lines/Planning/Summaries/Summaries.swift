import Kernel

// 总结：what the folder gives to the line.

let summaryActions: [any Action.Type] = [
    DraftSummary.self, EditSummaryLine.self, RestoreSummaryLine.self, ReviewSummary.self, ReturnSummary.self, ApproveSummary.self, AbandonSummary.self,
]
let summaryInquiries: [any Inquiry.Type] = [ReadSummary.self, VerifySummary.self]
let summaryListings: [Listing] = [summaryListing]
let summaryRecords: [any Record.Type] = [WorkSummary.self, SummaryLine.self, SummaryFigure.self, SummaryLinePast.self]
let summaryPages: [Page] = [summaryStartPage, summaryPage, summaryPaperPage, summaryVerifyPage, tracePage]
