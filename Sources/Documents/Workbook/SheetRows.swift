import Values

/// The rows of one sheet, as its part is unpacked.
final class SheetRows {
    private let xml: XMLScanner
    private let reading: CellReading
    private let limits: TableLimits
    private var isInside = false
    private var line = 0

    init(_ part: ZipPart, _ reading: CellReading, limits: TableLimits) throws(Refusal) {
        xml = try XMLScanner(part)
        (self.reading, self.limits) = (reading, limits)
    }

    var percentRead: Int { xml.percentRead }

    /// The next row, blank or not.
    func next() throws(Refusal) -> TableRow? {
        while true {
            switch try xml.next() {
            case .opening where xml.isNamed("sheetData"): isInside = true
            case .opening where isInside && xml.isNamed("row"): return try row()
            case .closing where xml.isNamed("sheetData"): return nil
            case .end: throw ZipArchive.damaged
            default: continue
            }
        }
    }

    private func row() throws(Refusal) -> TableRow {
        let number = xml.attribute("r").flatMap(wholeNumber) ?? line + 1
        guard number > line, number <= 1_048_576 else { throw .invalid("第 \(line) 行之后的行号错乱，请在表格软件中打开，另存为 .xlsx 后重新上传") }
        line = number
        var row = TableRow(line: line, cells: []), place = 0, size = 0, count = 0
        while true {
            switch try xml.next() {
            case .opening where xml.isNamed("c"):
                try cell(in: &row, &place, &size)
                count += 1
                guard size <= limits.rowBytes, count <= 16_384 else { throw .tooLarge("第 \(line) 行的内容过长，请改短后重新上传") }
            case .closing where xml.isNamed("row"): return row
            case .end: throw ZipArchive.damaged
            default: continue
            }
        }
    }

    /// Reads one cell; a cell that doesn't say where it stands follows the one before.
    private func cell(in row: inout TableRow, _ place: inout Int, _ size: inout Int) throws(Refusal) {
        let at = xml.attribute("r").flatMap(columnOf) ?? place
        guard at < 16_384 else { throw .invalid("第 \(line) 行的列号错乱，请在表格软件中打开，另存为 .xlsx 后重新上传") }
        place = at + 1
        var raw = RawCell(kind: xml.attribute("t").map(RawCell.Kind.init) ?? .number)
        raw.style = xml.attribute("s").flatMap(wholeNumber) ?? 0
        try content(of: &raw)
        if raw.isFormula { row.formulas.append(at) }
        guard raw.isFormula || raw.hasValue else { return }
        let (text, fault) = try reading.text(of: raw)
        size += text.utf8.count
        while row.cells.count <= at { row.cells.append("") }
        row.cells[at] = text
        if let fault { row.faults.append(TableFault(column: at, fault)) }
    }

    private func content(of cell: inout RawCell) throws(Refusal) {
        var isText = false, isPhonetic = false
        while true {
            switch try xml.next() {
            case .text where isText:
                try xml.appendText(to: &cell.bytes)
                guard cell.bytes.count <= limits.rowBytes else { throw .tooLarge("第 \(line) 行的内容过长，请改短后重新上传") }
            case .text: continue
            case .opening:
                if xml.isNamed("v") || xml.isNamed("t") && !isPhonetic { (isText, cell.hasValue) = (true, true) }
                else if xml.isNamed("f") { cell.isFormula = true }
                else if xml.isNamed("rPh") { isPhonetic = true }
            case .closing:
                if xml.isNamed("c") { return }
                if isText, xml.isNamed("v") || xml.isNamed("t") { isText = false }
                else if xml.isNamed("rPh") { isPhonetic = false }
            case .end: throw ZipArchive.damaged
            }
        }
    }
}

/// Digits alone, at most nine.
func wholeNumber(_ bytes: UnsafeRawBufferPointer) -> Int? {
    guard !bytes.isEmpty, bytes.count <= 9 else { return nil }
    var number = 0
    for byte in bytes {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
        number = number * 10 + Int(byte & 15)
    }
    return number
}

/// The place, from 0, of the letters in front of a reference such as AB12.
func columnOf(_ bytes: UnsafeRawBufferPointer) -> Int? {
    var column = 0, letters = 0
    for byte in bytes {
        guard (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) else { break }
        column = column * 26 + Int(byte - 64)
        letters += 1
        guard letters <= 3 else { return nil }
    }
    return letters > 0 ? column - 1 : nil
}
