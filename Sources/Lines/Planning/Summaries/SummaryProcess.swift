import Commons
import Kernel
import Values

/// 总结到哪一步。
enum SummaryStates {
    static let drafted = State("drafted", "起草中", awaits: "核对文字和数字，送审核")
    static let reviewed = State("reviewed", "已审核，待批准", awaits: "领导批准")
    static let approved = State("approved", "已批准，数字冻结", isFinal: true)
    static let abandoned = State("abandoned", "已作废", isFinal: true)

    static let all = [drafted, reviewed, approved, abandoned]
}

/// 公文签发前由办公室审核，由本机关负责人签发（《党政机关公文处理工作条例》第二十条、第二十二条）。
let summaryProcess = Process("work-summary", "工作总结", series: "ZJ", path: "/planning/summaries", editions: [
    Edition(from: CivilDate(written: 2012, 7, 1), basis: .documents(nil), initial: SummaryStates.drafted, states: SummaryStates.all, moves: [
        Move(EditSummaryLine.self, from: [SummaryStates.drafted], to: nil),
        Move(RestoreSummaryLine.self, from: [SummaryStates.drafted], to: nil),
        Move(ReviewSummary.self, from: [SummaryStates.drafted], to: SummaryStates.reviewed),
        Move(ReturnSummary.self, from: [SummaryStates.reviewed], to: SummaryStates.drafted),
        Move(ApproveSummary.self, from: [SummaryStates.reviewed], to: SummaryStates.approved,
             differsFrom: [DraftSummary.self, EditSummaryLine.self, RestoreSummaryLine.self, ReviewSummary.self]),
        Move(AbandonSummary.self, from: [SummaryStates.drafted, SummaryStates.reviewed], to: SummaryStates.abandoned),
    ]),
])

extension Citation {
    static func documents(_ article: String?) -> Citation { Citation("党政机关公文处理工作条例", number: "中办发〔2012〕14号", article: article) }
}
