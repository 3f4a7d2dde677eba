import Kernel
import Values

extension Term where Value == ID<WorkSummary> {
    static var summary: Term<ID<WorkSummary>> { Term("summary", "总结", .carried) }
    static var newSummary: Term<ID<WorkSummary>> { Term("summary", "总结编号", .made) }
    static var summaryOfRow: Term<ID<WorkSummary>> { Term("summary_id", "总结") }
}
extension Term where Value == ID<SummaryLine> {
    static var summaryLine: Term<ID<SummaryLine>> { Term("line", "段落", .carried) }
}
extension Term where Value == ID<WorkPlan> {
    static var planOfSummary: Term<ID<WorkPlan>> { Term("plan_id", "依据的计划") }
    static var planToFollow: Term<ID<WorkPlan>> { Term("plan", "依据的计划", hint: "按计划的章节起草时，从计划页面点“起草总结”带来；不填则按指标目录的次序") }
}
extension Term where Value == SummaryKind { static var summaryKind: Term<SummaryKind> { Term("kind", "种类") } }
extension Term where Value == SummaryState { static var summaryState: Term<SummaryState> { Term("state", "状态") } }
extension Term where Value == Counting { static var figureCounting: Term<Counting> { Term("counting", "计数方式") } }
extension Term where Value == FigureRole { static var figureRole: Term<FigureRole> { Term("role", "用途") } }
extension Term where Value == Month {
    static var fromMonth: Term<Month> { Term("from_month", "起始月份") }
    static var throughMonth: Term<Month> { Term("through_month", "截止月份") }
}
extension Term where Value == Int {
    static var summaryYear: Term<Int> { Term("year", "年度", hint: "四位年份，如 2024") }
    static var linePosition: Term<Int> { Term("position", "次序") }
    static var lineLevel: Term<Int> { Term("level", "层次", hint: "0 为正文，1 至 4 为标题") }
    static var figureNumber: Term<Int> { Term("number", "序号") }
    static var figureAmount: Term<Int> { Term("amount", "数值（最小单位）") }
    static var figureScale: Term<Int> { Term("scale", "小数位") }
    static var figureTarget: Term<Int> { Term("target", "目标（最小单位）") }
}
extension Term where Value == String {
    static var summaryTitle: Term<String> { Term("title", "标题") }
    static var summaryUnit: Term<String> { Term("unit", "署名单位") }
    static var summaryNumber: Term<String> { Term("number", "编号") }
    static var summaryCode: Term<String> { Term("code", "查验码") }
    static var draftedByName: Term<String> { Term("drafted_by_name", "起草人") }
    static var frozenByName: Term<String> { Term("frozen_by_name", "批准人") }
    static var frozenHash: Term<String> { Term("frozen_hash", "冻结摘要") }
    static var storedText: Term<String> { Term("text", "文字") }
    static var traceCode: Term<String> { Term("code", "追溯码") }
    static var figureIndicator: Term<String> { Term("indicator", "指标代码") }
    static var figureName: Term<String> { Term("name", "指标") }
    static var figureDefinition: Term<String> { Term("definition", "口径") }
    static var figureBasis: Term<String> { Term("basis", "来源") }
    static var figureUnit: Term<String> { Term("unit", "单位") }
    static var figureShown: Term<String> { Term("shown", "文中写法") }
    static var figureNow: Term<String> { Term("now", "现在") }
    static var figureThen: Term<String> { Term("then", "冻结时") }
    static var differenceWhy: Term<String> { Term("why", "原因") }
    static var wordsFault: Term<String> { Term("fault", "写法") }
    static var verificationSummary: Term<String> { Term("summary_text", "结论") }
    static var paperText: Term<String> { Term("paper", "全文") }
}
extension Term where Value == LongText {
    static var lineText: Term<LongText> { Term("text", "文字", hint: "〔3〕这样的记号表示前面的数来自系统，连同数字一起保留；改了数字会标为“已改动”") }
    static var returnReason: Term<LongText> { Term("reason", "退回的理由") }
}
extension Term where Value == Bool {
    static var isEditedLine: Term<Bool> { Term("is_edited", "人工改过") }
    static var isManualFigure: Term<Bool> { Term("is_manual", "手工填报") }
    static var isSame: Term<Bool> { Term("is_same", "相同") }
    static var isSound: Term<Bool> { Term("is_sound", "没有被改过") }
    static var asks: Term<Bool> { Term("remove", "删去这一段") }
}
extension Term where Value == Instant {
    static var draftedAt: Term<Instant> { Term("drafted_at", "起草时刻") }
    static var frozenAt: Term<Instant> { Term("frozen_at", "批准时刻") }
    static var figureMoment: Term<Instant> { Term("moment", "取数时刻") }
}
extension Term where Value == [ComparedFigure] { static var comparedFigures: Term<[ComparedFigure]> { Term("figures", "数字") } }
