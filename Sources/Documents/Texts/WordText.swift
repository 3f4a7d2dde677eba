import Values

/// Word 文档的正文。The paragraphs of word/document.xml, each on a line; deleted text, notes and headers are left out.
///
/// The package is read in memory, part by part as it is unpacked: what unfolds beyond the bounds is left at once, and nothing goes to disk.
enum WordText {
    /// What all parts that are read may unpack to; pictures aren't read.
    static let unpackedBytes = 64 << 20

    static func read(_ bytes: [UInt8], unpacking most: Int = unpackedBytes) throws(Refusal) -> String {
        var limits = TableLimits()
        limits.unpackedBytes = most
        do throws(Refusal) { return try text(of: try ZipArchive(bytes, limits: limits)) } catch { throw told(error) }
    }

    private static func text(of archive: ZipArchive) throws(Refusal) -> String {
        guard let part = try archive.part("word/document.xml") else {
            let isSpreadsheet = try archive.part("xl/workbook.xml") != nil
            throw .invalid(isSpreadsheet ? "这是电子表格，请上传 txt、docx、html 或带文字的 PDF" : "这个压缩文件里没有 Word 文档，请上传 txt、docx、html 或带文字的 PDF")
        }
        let numbering = try archive.part("word/numbering.xml").map { part throws(Refusal) in try WordNumbering(part) } ?? WordNumbering()
        var reader = WordReader(xml: try XMLScanner(part), numbering: numbering)
        return try reader.text()
    }

    /// What packages and their XML say of spreadsheets, in words for a document.
    private static func told(_ refusal: Refusal) -> Refusal {
        switch refusal {
        case XMLScanner.declared: .invalid("文档里有不该有的内部声明（DOCTYPE 或外部引用），为安全起见没有读。请用 Word 或 WPS 打开，另存为 .docx 后再传")
        case XMLScanner.tooLong: .tooLarge("文档里有一段文字过长，不像一份文稿，请用 Word 或 WPS 打开检查，分段后再传")
        case ZipArchive.tooBig: .tooLarge("文档解开后过大，不像一份文稿，请用 Word 或 WPS 打开检查，只留正文，另存为 .docx 后再传")
        case _ where refusal.kind == .invalid && refusal.message.contains("密码"): .invalid("文档设了密码，请在 Word 或 WPS 中取消密码后再传")
        case _ where refusal.message.contains(".xlsx"): .invalid("文档已损坏或没有传完，请用 Word 或 WPS 打开检查，另存为 .docx 后再传")
        default: refusal
        }
    }
}

/// Walks over the body of a document once.
private struct WordReader {
    let xml: XMLScanner
    private var bytes: [UInt8] = []
    private var numbering: WordNumbering
    private var isText = false
    /// A tab outside a run only says where tabs stand.
    private var isInRun = false
    /// Of the paragraph that is open: its list, its level, and where its text begins.
    private var list: String?, level = 0, start = 0
    /// Inside what a newer Word shows differently: the same words a second time.
    private var fallbacks = 0

    init(xml: XMLScanner, numbering: WordNumbering) { (self.xml, self.numbering) = (xml, numbering) }

    mutating func text() throws(Refusal) -> String {
        while true {
            switch try xml.next() {
            case .end: return String(decoding: bytes, as: UTF8.self)
            case .opening: try open()
            case .closing: close()
            case .text: if isText { try xml.appendText(to: &bytes) }
            }
            guard bytes.count <= DocumentText.maximumText else { throw DocumentText.wordy }
        }
    }

    private mutating func open() throws(Refusal) {
        if xml.isNamed("Fallback") { fallbacks += 1 }
        guard fallbacks == 0 else { return }
        if xml.isNamed("t") { isText = true }
        if xml.isNamed("r") { isInRun = true }
        if xml.isNamed("p") { (list, level, start) = (nil, 0, bytes.count) }
        if xml.isNamed("numId") { list = try xml.text(of: "val") }
        if xml.isNamed("ilvl") { level = Int(try xml.text(of: "val") ?? "") ?? 0 }
        if xml.isNamed("tab"), isInRun { bytes.append(9) }
        if xml.isNamed("br") || xml.isNamed("cr") { bytes.append(10) }
        if xml.isNamed("noBreakHyphen") { bytes.append(UInt8(ascii: "-")) }
    }

    private mutating func close() {
        if xml.isNamed("Fallback") { fallbacks -= 1 }
        guard fallbacks == 0 else { return }
        if xml.isNamed("t") { isText = false }
        if xml.isNamed("r") { isInRun = false }
        if xml.isNamed("p") { endParagraph() }
    }

    /// An empty paragraph shows no number.
    private mutating func endParagraph() {
        if let list, bytes.count > start { bytes.insert(contentsOf: numbering.next(list, level: level).utf8, at: start) }
        bytes.append(10)
        list = nil
    }
}
