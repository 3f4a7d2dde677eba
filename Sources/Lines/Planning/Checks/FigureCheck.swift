import Commons
import Kernel
import Values

/// 数字核校。A text that was checked, kept so that it can be opened again.
struct FigureCheck: Placed {
    let id: ID<FigureCheck>
    let region: RegionCode
    let title: String
    let year: Int
    let text: DraftText
    let matched: Int
    let contradicted: Int
    let asked: Int
    let unsupported: Int
    /// Numbers beyond what is checked at a time; nil where there are none.
    let leftOut: Int?
    let checkedBy: ID<Actor>
    let checkedByName: String
    let checkedAt: Instant

    var link: String { "/planning/checks/\(id.text)" }
    var leftOutWords: String? { leftOut.map { "只核校前 \(DraftChecker.atMost) 个数，后面还有 \($0) 个没有核，请分篇核校" } }

    static let table = "figure_check"
    static let title = "数字核校"
    static let shape = Shape<FigureCheck> {
        Field(.id, \.id)
        Field(.region, \.region)
        Field(.checkTitle, \.title)
        Field(.checkYear, \.year)
        Field(.draftText, \.text)
        Field(.matchedCount, \.matched)
        Field(.contradictedCount, \.contradicted)
        Field(.askedCount, \.asked)
        Field(.unsupportedCount, \.unsupported)
        Field(.leftOutCount, \.leftOut)
        Field(.checkedBy, \.checkedBy)
        Field(.checkedByName, \.checkedByName)
        Field(.checkedAt, \.checkedAt)
    }

    init(from reading: Reading<FigureCheck>) throws(Refusal) {
        id = try reading(.id)
        region = try reading(.region)
        title = try reading(.checkTitle)
        year = try reading(.checkYear)
        text = try reading(.draftText)
        matched = try reading(.matchedCount)
        contradicted = try reading(.contradictedCount)
        asked = try reading(.askedCount)
        unsupported = try reading(.unsupportedCount)
        leftOut = try reading(.leftOutCount)
        checkedBy = try reading(.checkedBy)
        checkedByName = try reading(.checkedByName)
        checkedAt = try reading(.checkedAt)
    }
}

extension FigureCheck {
    init(id: ID<FigureCheck>, region: RegionCode, title: String, year: Int, text: DraftText, results: [CheckedFigure], leftOut: Int, by actor: Actor, at: Instant) {
        func count(_ verdict: Verdict) -> Int { results.count { $0.judgement.verdict == verdict } }
        (self.id, self.region, self.title, self.year, self.text) = (id, region, title, year, text)
        (matched, contradicted, asked, unsupported) = (count(.matched), count(.contradicted), count(.question), count(.unsupported))
        (self.leftOut, checkedBy, checkedByName, checkedAt) = (leftOut > 0 ? leftOut : nil, actor.user, actor.name, at)
    }
}

/// 核校结果的一行。
struct FigureCheckRow: Placed {
    let id: ID<FigureCheckRow>
    let check: ID<FigureCheck>
    let region: RegionCode
    let number: Int
    let line: Int
    /// In Unicode scalars of the text.
    let startsAt: Int
    let endsAt: Int
    let phrase: String
    let stated: String
    let verdict: Verdict
    let known: String?
    let link: String?
    let message: String

    static let table = "figure_check_row"
    static let title = "核校结果"
    static let shape = Shape<FigureCheckRow> {
        Field(.id, \.id)
        Field(.checkOfRow, \.check)
        Field(.region, \.region)
        Field(.rowNumber, \.number)
        Field(.textLine, \.line)
        Field(.startsAt, \.startsAt)
        Field(.endsAt, \.endsAt)
        Field(.phrase, \.phrase)
        Field(.stated, \.stated)
        Field(.verdict, \.verdict)
        Field(.knownValue, \.known)
        Field(.rowLink, \.link)
        Field(.checkMessage, \.message)
    }
}

extension FigureCheckRow {
    init(from reading: Reading<FigureCheckRow>) throws(Refusal) {
        id = try reading(.id)
        check = try reading(.checkOfRow)
        region = try reading(.region)
        number = try reading(.rowNumber)
        line = try reading(.textLine)
        startsAt = try reading(.startsAt)
        endsAt = try reading(.endsAt)
        phrase = try reading(.phrase)
        stated = try reading(.stated)
        verdict = try reading(.verdict)
        known = try reading(.knownValue)
        link = try reading(.rowLink)
        message = try reading(.checkMessage)
    }
}

/// 待核文稿。A whole report, pasted or read from a file: up to 60,000 characters.
struct DraftText: FieldValue {
    let text: String

    static var kind: FieldKind { .longText }
    static var maximumLength: Int { 60_000 }

    init(typed text: String) throws(Refusal) {
        let plain = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        guard plain.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else { throw .invalid("请粘贴要核校的文稿") }
        guard plain.count <= Self.maximumLength else { throw .tooLarge("文稿超过 \(Self.maximumLength) 个字，请分篇核校") }
        self.text = Self.withoutNumbersOfPeople(plain.filter { $0 != "\0" })
    }

    var typed: String { text }
    var shown: String { text }
    init(stored: StoredValue) throws(Refusal) { text = try String(stored: stored) }
    var stored: StoredValue { .text(text) }

    /// Fifteen and more digits in a row number a person or an account; no figure of a report is so long. They are not kept.
    static func withoutNumbersOfPeople(_ text: String) -> String {
        var kept = "", run = ""
        for character in text {
            if character.isASCII, character.isNumber || (!run.isEmpty && (character == "X" || character == "x")) { run.append(character); continue }
            kept += run.count >= 15 ? String(repeating: "＊", count: run.count) : run
            (run, kept) = ("", kept + String(character))
        }
        return kept + (run.count >= 15 ? String(repeating: "＊", count: run.count) : run)
    }
}

extension Term where Value == ID<FigureCheck> {
    static var check: Term<ID<FigureCheck>> { Term("check", "核校", .carried) }
    static var newCheck: Term<ID<FigureCheck>> { Term("check", "核校编号", .made) }
    static var checkOfRow: Term<ID<FigureCheck>> { Term("check_id", "核校") }
}
extension Term where Value == DraftText { static var draftText: Term<DraftText> { Term("text", "文稿", hint: "粘贴全文；要核校文件的，请用“上传文稿核校”") } }
extension Term where Value == Verdict { static var verdict: Term<Verdict> { Term("verdict", "结论") } }
extension Term where Value == Int {
    static var checkYear: Term<Int> { Term("year", "年度", hint: "文中没写年份的数按这一年核对，如 2024") }
    static var matchedCount: Term<Int> { Term("matched", "相符") }
    static var contradictedCount: Term<Int> { Term("contradicted", "不符") }
    static var askedCount: Term<Int> { Term("asked", "请核对") }
    static var unsupportedCount: Term<Int> { Term("unsupported", "查无依据") }
    static var leftOutCount: Term<Int> { Term("left_out", "没有核的数") }
    static var rowNumber: Term<Int> { Term("number", "序号") }
    static var textLine: Term<Int> { Term("line", "行") }
    static var startsAt: Term<Int> { Term("starts_at", "起点") }
    static var endsAt: Term<Int> { Term("ends_at", "终点") }
}
extension Term where Value == String {
    static var checkTitle: Term<String> { Term("title", "文稿名称", hint: "如 2024年工作总结（送审稿）") }
    static var checkedByName: Term<String> { Term("checked_by_name", "核校人") }
    static var checkNumber: Term<String> { Term("check_id", "核校编号") }
    static var phrase: Term<String> { Term("phrase", "指标") }
    static var stated: Term<String> { Term("stated", "文中写法") }
    static var knownValue: Term<String> { Term("known", "系统数") }
    static var rowLink: Term<String> { Term("link", "出处") }
    static var checkMessage: Term<String> { Term("message", "说明") }
}
extension Term where Value == ID<Actor> { static var checkedBy: Term<ID<Actor>> { Term("checked_by", "核校人编号") } }
extension Term where Value == Instant { static var checkedAt: Term<Instant> { Term("checked_at", "核校时刻") } }
