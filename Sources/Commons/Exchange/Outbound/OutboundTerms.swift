import Kernel
import Values

extension Term where Value == String {
    static var outboundName: Term<String> { Term("name", "方案名称", hint: "同名再存即为新的一版") }
    static var reportedTo: Term<String> { Term("authority", "对方单位", hint: "如省民政厅") }
    static var outboundListing: Term<String> { Term("listing", "本系统台账", hint: "写成 业务.台账，如 people.persons") }
    static var outboundFilters: Term<String> { Term("filters", "筛选", hint: "照台账地址里的写法：名称=内容，多个用 & 连接；不填为辖区内全部") }
    static var outboundBasis: Term<String> { Term("basis", "依据", hint: "文件名称、文号和条款") }
    static var outboundHeader: Term<String> { Term("header", "对方表头") }
    static var outboundOurs: Term<String> { Term("columns", "本系统的列", hint: "列名或名称；几列用 + 连接") }
    static var outboundFilename: Term<String> { Term("filename", "文件名") }
    static var outboundHeaders: Term<String> { Term("headers", "表头") }
    static var outboundContent: Term<String> { Term("content", "空表") }
    static var outboundReason: Term<String> { Term("reason", "这次报送的事由") }
}
extension Term where Value == LongText {
    static var outboundPurpose: Term<LongText> { Term("purpose", "用途", hint: "不脱敏的方案必填：为什么必须给出完整号码") }
    static var outboundText: Term<LongText> { Term("text", "补充", hint: "固定文字；连接用的文字；或代码对照，一行一对，如 在保=01") }
}
extension Term where Value == Bool {
    static var isWhole: Term<Bool> { Term("whole", "号码不脱敏") }
}
extension Term where Value == Int {
    static var headerLine: Term<Int> { Term("header_line", "表头所在行") }
}
extension Term where Value == OutboundSource {
    static var outboundSource: Term<OutboundSource> { Term("source", "内容来源") }
}
extension Term where Value == [OutboundColumn] {
    static var outboundColumns: Term<[OutboundColumn]> { Term("outbound_columns", "列", hint: "对方每个表头一列，次序与对方的表一致") }
}
extension Term where Value == ID<OutboundTemplate> {
    static var outboundTemplate: Term<ID<OutboundTemplate>> { Term("template", "对方表样", hint: "上传表样后自动填入；没有表样的不填") }
}
extension Term where Value == ID<OutboundProfile> {
    static var outboundProfile: Term<ID<OutboundProfile>> { Term("profile", "报送方案", .carried) }
    static var newOutboundProfile: Term<ID<OutboundProfile>> { Term("profile", "方案编号", .made) }
}
extension Term where Value == ID<Actor> {
    static var savedBy: Term<ID<Actor>> { Term("saved_by", "保存人") }
    static var approvedBy: Term<ID<Actor>> { Term("approved_by", "批准人") }
}
extension Term where Value == CivilDate {
    static var approvedOn: Term<CivilDate> { Term("approved_on", "批准日期") }
}
