import Values

/// A cell as the file has it.
struct RawCell {
    enum Kind {
        case number, shared, inline, boolean, error, formulaText, date

        init(_ code: UnsafeRawBufferPointer) {
            self = switch String(decoding: code, as: UTF8.self) {
            case "s": .shared
            case "inlineStr": .inline
            case "b": .boolean
            case "e": .error
            case "str": .formulaText
            case "d": .date
            default: .number
            }
        }
    }

    let kind: Kind
    var style = 0
    var bytes: [UInt8] = []
    var isFormula = false
    var hasValue = false

    init(kind: Kind) { self.kind = kind }
}

/// Turns a cell into the text a person would have typed.
struct CellReading {
    let strings: SharedStrings
    let formats: CellFormats
    let startsIn1904: Bool

    init(_ parts: WorkbookParts, _ archive: ZipArchive, _ limits: TableLimits) throws(Refusal) {
        var strings = SharedStrings(), formats = CellFormats()
        if let name = parts.sharedStrings, let part = try archive.part(name) { strings = try SharedStrings(part, limits: limits) }
        if let name = parts.styles, let part = try archive.part(name) { formats = try CellFormats(part) }
        (self.strings, self.formats, startsIn1904) = (strings, formats, parts.startsIn1904)
    }

    /// - Throws: `invalid` when the file is damaged; what the person can mend in the cell comes as a fault.
    func text(of cell: RawCell) throws(Refusal) -> (text: String, fault: String?) {
        guard cell.hasValue else { return ("", "这一格的公式没有算出结果，请改为直接填写的内容") }
        switch cell.kind {
        case .inline, .formulaText: return (try valid(cell.bytes), nil)
        case .shared:
            var bytes: [UInt8] = []
            let index = cell.bytes.withUnsafeBytes(wholeNumber)
            guard let index, strings.append(index, to: &bytes) else { throw ZipArchive.damaged }
            return (try valid(bytes), nil)
        case .boolean: return (cell.bytes.first == UInt8(ascii: "1") ? "是" : "否", nil)
        case .error:
            let text = try valid(cell.bytes)
            return (text, "这一格是错误值 \(text)，请改正后重新上传")
        case .date: return (isoText(try valid(cell.bytes)), nil)
        case .number: return try number(cell)
        }
    }

    private func valid(_ bytes: [UInt8]) throws(Refusal) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw ZipArchive.damaged }
        return text
    }

    private func number(_ cell: RawCell) throws(Refusal) -> (String, String?) {
        if cell.bytes.isEmpty { return ("", nil) }
        let format = formats[cell.style]
        if format == .plain, cell.bytes.count <= CellNumber.precision, isPlain(cell.bytes) { return (String(decoding: cell.bytes, as: UTF8.self), nil) }
        guard let number = CellNumber(cell.bytes) else {
            let text = try valid(cell.bytes)
            return (text, "这一格的数字「\(text.prefix(40))」无法识别，请重新填写")
        }
        switch format {
        case .plain: return (number.text(), lossOfDigits(number))
        case .padded(let width): return (number.text(width: width), lossOfDigits(number))
        case .percent: return (number.timesHundred.text() + "%", nil)
        case .date, .month, .time, .dateTime, .elapsed: return date(cell, number, format)
        }
    }

    private func date(_ cell: RawCell, _ number: CellNumber, _ format: CellFormat) -> (String, String?) {
        let serial = Double(String(decoding: cell.bytes, as: UTF8.self)).flatMap(SerialDate.init)
        guard let text = serial?.text(as: format, startsIn1904: startsIn1904) else {
            return (number.text(), "这一格的日期不存在，请按 2024-07-01 的样式重新填写")
        }
        return (text, nil)
    }

    /// 18 digits are an identity number; other long ones are cards and accounts.
    private func lossOfDigits(_ number: CellNumber) -> String? {
        guard number.wholeDigits > CellNumber.precision else { return nil }
        let what = number.wholeDigits == 18 ? "身份号码" : "长号码"
        return "\(what)在表里被存成了数字，末几位已丢失，请把该列设为文本后重填"
    }

    private func isPlain(_ bytes: [UInt8]) -> Bool {
        bytes.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } && (bytes.count == 1 || bytes[0] != UInt8(ascii: "0"))
    }

    /// 2024-07-01T00:00:00 is a day; another time of day stays.
    private func isoText(_ text: String) -> String {
        guard text.utf8.count > 10, text.dropFirst(10).first == "T" else { return text }
        let time = text.dropFirst(11).prefix(8)
        return time == "00:00:00" ? String(text.prefix(10)) : "\(text.prefix(10)) \(time)"
    }
}
