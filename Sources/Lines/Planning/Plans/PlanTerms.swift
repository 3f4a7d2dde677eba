import Commons
import Kernel
import Values

extension Term where Value == ID<WorkPlan> {
    static var plan: Term<ID<WorkPlan>> { Term("plan", "计划", .carried) }
    static var newPlan: Term<ID<WorkPlan>> { Term("plan", "计划编号", .made) }
    static var planOfRow: Term<ID<WorkPlan>> { Term("plan_id", "计划") }
}
extension Term where Value == ID<PlanEdition> {
    static var edition: Term<ID<PlanEdition>> { Term("edition", "文稿版本", .carried) }
}
extension Term where Value == ID<PlanDocument> {
    static var document: Term<ID<PlanDocument>> { Term("document", "文稿", .carried) }
    static var documentOfRow: Term<ID<PlanDocument>> { Term("document_id", "文稿") }
}
extension Term where Value == ID<PlanMeasure> {
    static var measure: Term<ID<PlanMeasure>> { Term("measure", "任务", .carried) }
    static var measureOfRow: Term<ID<PlanMeasure>> { Term("measure_id", "任务") }
}
extension Term where Value == ID<PlanTarget> {
    static var target: Term<ID<PlanTarget>> { Term("target", "目标", .carried) }
    static var targetOfRow: Term<ID<PlanTarget>> { Term("target_id", "目标") }
}
extension Term where Value == ID<Milestone> {
    static var milestone: Term<ID<Milestone>> { Term("milestone", "节点", .carried) }
}
extension Term where Value == ID<Evidence> {
    static var evidence: Term<ID<Evidence>> { Term("evidence", "进展记录", .carried) }
}
extension Term where Value == ID<Actor> {
    static var madeBy: Term<ID<Actor>> { Term("made_by", "经办人编号") }
    static var keptBy: Term<ID<Actor>> { Term("kept_by", "经办人编号") }
}
extension Term where Value == Int {
    static var planYear: Term<Int> { Term("year", "年度", hint: "四位年份，如 2025") }
    static var characters: Term<Int> { Term("characters", "字数") }
    static var editionNumber: Term<Int> { Term("edition", "第几版") }
    static var place: Term<Int> { Term("position", "次序") }
    static var headingPlace: Term<Int> { Term("heading", "标题") }
    static var documentLine: Term<Int> { Term("line", "行") }
    static var keptCount: Term<Int> { Term("kept", "未变") }
    static var changedCount: Term<Int> { Term("changed", "改动") }
    static var addedCount: Term<Int> { Term("added", "新增") }
    static var removedCount: Term<Int> { Term("removed", "删去") }
}
extension Term where Value == String {
    static var documentName: Term<String> { Term("name", "文件名") }
    static var documentFormat: Term<String> { Term("format", "格式") }
    static var documentText: Term<String> { Term("text", "原文") }
    static var measureText: Term<String> { Term("text", "任务原文") }
    static var planTitle: Term<String> { Term("title", "计划名称") }
    static var documentTitle: Term<String> { Term("title", "标题") }
    static var businessArea: Term<String> { Term("area", "业务条线") }
    static var leadingUnit: Term<String> { Term("leading_unit", "牵头单位") }
    static var responsibleUnit: Term<String> { Term("responsible_unit", "责任单位", hint: "如 社会救助科") }
    static var answerable: Term<String> { Term("person", "责任人") }
    static var indicatorWords: Term<String> { Term("words", "指标", hint: "数的是什么，如 新增老年助餐点") }
    static var targetUnit: Term<String> { Term("unit", "单位", hint: "如 个、户、人次、%、元/人/月") }
    static var removedWhy: Term<String> { Term("removed_why", "删去的理由") }
    static var indicatorCode: Term<String> { Term("indicator", "指标代码") }
    static var milestoneTitle: Term<String> { Term("title", "节点", hint: "到这一天要做成的事，如 完成选址") }
    static var keptByName: Term<String> { Term("kept_by_name", "经办人") }
    static var madeByName: Term<String> { Term("made_by_name", "导入人") }
    static var confirmedByName: Term<String> { Term("confirmed_by_name", "确认人") }
    static var proposedByName: Term<String> { Term("proposed_by_name", "导入人") }
    static var decidedByName: Term<String> { Term("decided_by_name", "确认人") }
    static var boundByName: Term<String> { Term("bound_by_name", "绑定人") }
    static var toldByName: Term<String> { Term("told_by_name", "填写人") }
}
extension Term where Value == LongText {
    static var progressWords: Term<LongText> { Term("words", "进展", hint: "做了什么、做到哪一步") }
    static var delayWords: Term<LongText> { Term("words", "具体情况") }
    static var remedy: Term<LongText> { Term("remedy", "下一步", hint: "谁在什么时候做什么") }
    static var milestoneNote: Term<LongText> { Term("note", "完成情况") }
}
extension Term where Value == CivilDate {
    static var targetDeadline: Term<CivilDate> { Term("deadline", "完成时限") }
    static var happenedOn: Term<CivilDate> { Term("happened_on", "日期") }
    static var dueOn: Term<CivilDate> { Term("due_on", "应完成日期") }
    static var doneOn: Term<CivilDate> { Term("done_on", "完成日期") }
    static var expectedOn: Term<CivilDate> { Term("expected_on", "预计完成日期") }
}
extension Term where Value == Instant {
    static var keptAt: Term<Instant> { Term("kept_at", "收到时刻") }
    static var madeAt: Term<Instant> { Term("made_at", "导入时刻") }
    static var confirmedAt: Term<Instant> { Term("confirmed_at", "确认时刻") }
    static var proposedAt: Term<Instant> { Term("proposed_at", "导入时刻") }
    static var decidedAt: Term<Instant> { Term("decided_at", "处理时刻") }
    static var removedAt: Term<Instant> { Term("removed_at", "删去时刻") }
    static var boundAt: Term<Instant> { Term("bound_at", "绑定时刻") }
    static var endedAt: Term<Instant> { Term("ended_at", "解除时刻") }
    static var toldAt: Term<Instant> { Term("told_at", "填写时刻") }
    static var withdrawnAt: Term<Instant> { Term("withdrawn_at", "撤回时刻") }
}
extension Term where Value == Bool {
    static var isTyped: Term<Bool> { Term("is_typed", "人工添加") }
    static var isCorrected: Term<Bool> { Term("is_corrected", "人工更正") }
}
extension Term where Value == TargetNumber {
    static var targetValue: Term<TargetNumber> { Term("value", "目标值", hint: "可写 2.1万；没有数值的目标按节点推进，不填") }
    static var upperValue: Term<TargetNumber> { Term("upper", "上限", hint: "目标是一个范围时填，如 1—2 家填 2") }
    static var previousValue: Term<TargetNumber> { Term("previous", "原值", hint: "由多少提高到多少时填") }
}
extension Term where Value == Bound { static var bound: Term<Bound> { Term("comparison", "比较") } }
extension Term where Value == Counting { static var counting: Term<Counting> { Term("counting", "计数方式") } }
extension Term where Value == BindingKind { static var bindingKind: Term<BindingKind> { Term("kind", "绑定到") } }
extension Term where Value == PlanState { static var planState: Term<PlanState> { Term("state", "状态") } }
extension Term where Value == EditionState { static var editionState: Term<EditionState> { Term("state", "状态") } }
extension Term where Value == DelayCause { static var delayCause: Term<DelayCause> { Term("cause", "原因") } }
extension Term where Value == AttachmentReference { static var proof: Term<AttachmentReference> { Term("attachment", "佐证材料", hint: "照片或 PDF") } }
