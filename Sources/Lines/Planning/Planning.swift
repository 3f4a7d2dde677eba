import Commons
import Kernel
import Values

/// 计划与总结。From the plan people really write, through the year's figures, to a summary whose every figure is true.
///
/// Each folder provides its arrays: Plans (计划及其跟踪), Documents (读文稿), Summaries (总结), Checks (数字核校).
public let planning = Line(
    "planning", "计划与总结",
    actions: planActions + documentActions + summaryActions + checkActions,
    inquiries: planInquiries + summaryInquiries,
    processes: [summaryProcess],
    listings: planListings + documentListings + summaryListings + checkListings,
    records: planRecords + summaryRecords + checkRecords,
    pages: planPages + documentPages + summaryPages + checkPages,
    forms: planForms + checkForms,
    migrations: planMigrations + summaryMigrations,
    offers: documentOffers + planOffers + checkOffers)
