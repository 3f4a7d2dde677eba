import Values

/// The rows of a delimited text file.
final class CSVSource: RowSource {
    let kind: TableReader.Kind
    let sheets: [String] = []
    let sheet: String? = nil
    private let reader: CSVReader

    init(_ file: FileBlocks, limits: TableLimits) throws {
        let encoding = try TableEncoding.marked(file.peek(4)) ?? EncodingSurvey.encoding(of: file)
        if encoding == .markedUTF8 { try EncodingSurvey.proveUTF8(file) }
        let source: any TextSource = encoding == .utf8 || encoding == .markedUTF8 ? file : DecodedText(file, encoding)
        reader = try CSVReader(source, separator: nil, limit: limits.rowBytes)
        kind = .text(encoding, separator: Character(UnicodeScalar(reader.separator)))
    }

    var percentRead: Int { reader.percentRead }

    func next() throws -> TableRow? { try reader.next() }

    func merges(header: Int) -> [String] { [] }
}
