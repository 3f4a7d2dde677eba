import Kernel
import Values

extension Term where Value == ID<ImportRun> {
    static var importRun: Term<ID<ImportRun>> { Term("import", "导入", .carried) }
    static var newImport: Term<ID<ImportRun>> { Term("import", "导入编号", .made) }
}
extension Term where Value == ImportState {
    static var importState: Term<ImportState> { Term("state", "状态") }
}
extension Term where Value == [ImportColumn] {
    static var importColumns: Term<[ImportColumn]> { Term("columns", "列的对应") }
}
extension Term where Value == String {
    static var importer: Term<String> { Term("importer", "导入种类") }
    static var uploader: Term<String> { Term("uploader", "上传人姓名") }
    static var confirmer: Term<String> { Term("confirmer", "确认人") }
    static var importNote: Term<String> { Term("note", "说明") }
    static var halted: Term<String> { Term("halted", "中断原因") }
    static var heading: Term<String> { Term("heading", "列名") }
    static var mappedField: Term<String> { Term("field", "对应的数据项", hint: "留空则不导入这一列") }
}
extension Term where Value == Int {
    static var progress: Term<Int> { Term("progress", "已处理行数") }
    static var rowsRight: Term<Int> { Term("rows_right", "正确行数") }
    static var rowsWrong: Term<Int> { Term("rows_wrong", "有误行数") }
    static var rowsDuplicate: Term<Int> { Term("rows_duplicate", "重复行数") }
    static var rowsPresent: Term<Int> { Term("rows_present", "已有行数") }
    static var cursorLine: Term<Int> { Term("cursor_line", "已到行号") }
    static var entered: Term<Int> { Term("entered", "新增") }
    static var changed: Term<Int> { Term("changed", "补充") }
    static var skipped: Term<Int> { Term("skipped", "已有未动") }
    static var withdrawn: Term<Int> { Term("withdrawn", "已撤回") }
    static var leftOver: Term<Int> { Term("left_over", "未能撤回") }
}
extension Term where Value == Bool {
    static var isPartial: Term<Bool> { Term("is_partial", "只导入正确的行", hint: "有误和重复的行不导入，改好后另外导入") }
}
extension Term where Value == ID<Actor> {
    static var confirmedBy: Term<ID<Actor>> { Term("confirmed_by", "确认人编号") }
}
extension Term where Value == Instant {
    static var confirmedAt: Term<Instant> { Term("confirmed_at", "确认时刻") }
}
extension Term where Value == ID<JournalEntry> {
    static var confirmation: Term<ID<JournalEntry>> { Term("confirmation", "确认的办理编号") }
}
