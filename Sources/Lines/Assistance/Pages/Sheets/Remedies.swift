import Commons
import Kernel
import Values

/// 救济途径。How, where and until when a decision may be objected to.
///
/// 《社会救助暂行办法》第六十五条。行政复议：《行政复议法》（2023 年修订）第二十条、第二十四条，2024 年 1 月 1 日起；
/// 此前为 2017 年修正的第九条、第十二条。行政诉讼：《行政诉讼法》第四十六条。
struct Remedies: Sendable, Hashable {
    let office: SheetOffice
    let decidedOn: CivilDate
    /// When the sheet reached the person; the periods run from the day after.
    let deliveredOn: CivilDate?

    func text(_ calendar: WorkCalendar) -> String {
        "不服本决定的，可以自收到本文书之日起 60 日内，向\(reviewer)申请行政复议（\(reviewLaw)），也可以自收到之日起六个月内，依法向\(office.court)提起行政诉讼"
            + "（《中华人民共和国行政诉讼法》第四十六条）。\(deadlines(calendar))"
    }

    private var isRevised: Bool { decidedOn >= CivilDate(written: 2024, 1, 1) }
    private var reviewer: String { isRevised ? office.government : "\(office.government)或者上一级民政部门" }
    private var reviewLaw: String {
        isRevised ? "《中华人民共和国行政复议法》第二十条、第二十四条" : "《中华人民共和国行政复议法》（2017年修正）第九条、第十二条"
    }

    /// The last days, once it is known when the sheet was received.
    private func deadlines(_ calendar: WorkCalendar) -> String {
        guard let deliveredOn else { return "" }
        let review = RemedyTerm.review.lastDay(after: deliveredOn, calendar), lawsuit = RemedyTerm.lawsuit.lastDay(after: deliveredOn, calendar)
        return "本文书于\(deliveredOn.shown)送达，申请行政复议到\(review.shown)为止，提起行政诉讼到\(lawsuit.shown)为止；逾期没有正当理由的，不再受理。"
    }
}
