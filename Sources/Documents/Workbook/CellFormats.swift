import Values

/// The formats of a workbook, by the style number that cells carry.
struct CellFormats {
    private var formats: [CellFormat] = []

    init() {}

    init(_ part: ZipPart) throws(Refusal) {
        let xml = try XMLScanner(part)
        var custom: [Int: CellFormat] = [:], isCellStyle = false
        while true {
            switch try xml.next() {
            case .end: return
            case .opening where xml.isNamed("numFmt"):
                guard let id = Int(try xml.text(of: "numFmtId") ?? ""), let code = try xml.text(of: "formatCode") else { continue }
                guard custom.count < 10_000 else { throw ZipArchive.tooBig }
                custom[id] = CellFormat(code: code)
            case .opening where xml.isNamed("cellXfs"): isCellStyle = true
            case .closing where xml.isNamed("cellXfs"): isCellStyle = false
            case .opening where isCellStyle && xml.isNamed("xf"):
                guard formats.count < 100_000 else { throw ZipArchive.tooBig }
                let id = Int(try xml.text(of: "numFmtId") ?? "") ?? 0
                formats.append(custom[id] ?? CellFormat(builtIn: id))
            default: continue
            }
        }
    }

    subscript(style: Int) -> CellFormat { formats.indices.contains(style) ? formats[style] : .plain }
}
