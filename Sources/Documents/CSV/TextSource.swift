import Values

/// Where a reader gets UTF-8 from, as much at a time as there is room for.
protocol TextSource: AnyObject {
    /// 0 at the end.
    func read(into space: UnsafeMutableRawBufferPointer) throws -> Int
    var percentRead: Int { get }
}

extension FileBlocks: TextSource {}

/// A text that is in memory already.
final class HeldText: TextSource {
    private var left: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { left = bytes }

    var percentRead: Int { left.isEmpty ? 100 : 0 }

    func read(into space: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(space.count, left.count)
        space.copyBytes(from: left.prefix(count))
        left = left.dropFirst(count)
        return count
    }
}

/// A file in another encoding, turned into UTF-8 line by line: no byte of a longer GB 18030 character equals a line end.
final class DecodedText: TextSource {
    private let file: FileBlocks
    private let encoding: TableEncoding
    private var raw: [UInt8] = []
    private var ready = HeldText([])
    private var line = 1

    private static let block = 1 << 17

    init(_ file: FileBlocks, _ encoding: TableEncoding) {
        (self.file, self.encoding) = (file, encoding)
        file.seek(to: encoding.mark.count)
    }

    var percentRead: Int { file.percentRead }

    func read(into space: UnsafeMutableRawBufferPointer) throws -> Int {
        while true {
            let count = ready.read(into: space)
            if count > 0 { return count }
            guard try decodeMore() else { return 0 }
        }
    }

    private func decodeMore() throws -> Bool {
        let kept = raw.count
        let bytes = try [UInt8](unsafeUninitializedCapacity: Self.block) { space, count in
            count = try file.read(into: UnsafeMutableRawBufferPointer(space))
        }
        raw += bytes
        guard !raw.isEmpty else { return false }
        let end = bytes.isEmpty ? raw.count : boundary(from: kept)
        let text = try encoding == .gb18030 ? chinese(raw[..<end]) : unicode(raw[..<end])
        guard end > 0 || raw.count <= TableLimits().rowBytes * 4 else { throw CSVReader.tooLong(line) }
        raw.removeFirst(end)
        ready = HeldText(text[...])
        return true
    }

    /// After the last line end, or for UTF-16 after the last unit that begins no pair.
    private func boundary(from kept: Int) -> Int {
        guard encoding != .gb18030 else {
            return (raw.lastIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } ?? -1) + 1
        }
        let whole = raw.count & ~1
        guard whole >= 2 else { return 0 }
        return UTF16.isLeadSurrogate(unit(raw[...], whole - 2)) ? whole - 2 : whole
    }

    private func chinese(_ bytes: ArraySlice<UInt8>) throws(Refusal) -> [UInt8] {
        guard !bytes.isEmpty else { return [] }
        guard let text = try? TextEncoding.gb18030.decode(Array(bytes)) else { throw EncodingSurvey.unreadable(badLine(bytes)) }
        line += bytes.count { $0 == UInt8(ascii: "\n") }
        return Array(text.utf8)
    }

    private func badLine(_ bytes: ArraySlice<UInt8>) -> Int {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        return line + (lines.firstIndex { (try? TextEncoding.gb18030.decode(Array($0))) == nil } ?? 0)
    }

    private func unicode(_ bytes: ArraySlice<UInt8>) throws(Refusal) -> [UInt8] {
        guard bytes.count.isMultiple(of: 2) else { throw EncodingSurvey.unreadable(line) }
        var text: [UInt8] = [], decoder = UTF16()
        text.reserveCapacity(bytes.count * 3 / 2)
        var units = stride(from: bytes.startIndex, to: bytes.endIndex, by: 2).lazy.map { self.unit(bytes, $0) }.makeIterator()
        while true {
            switch decoder.decode(&units) {
            case .emptyInput: return text
            case .scalarValue(let scalar) where scalar.value != 0:
                if scalar == "\n" { line += 1 }
                if scalar.isASCII { text.append(UInt8(scalar.value)) } else { text += UTF8.encode(scalar).map(Array.init) ?? [] }
            default: throw EncodingSurvey.unreadable(line)
            }
        }
    }

    private func unit(_ bytes: ArraySlice<UInt8>, _ place: Int) -> UInt16 {
        let first = UInt16(bytes[place]), second = UInt16(bytes[place + 1])
        return encoding == .utf16BigEndian ? first << 8 | second : second << 8 | first
    }
}
