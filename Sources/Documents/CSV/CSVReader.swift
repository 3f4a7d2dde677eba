import Glibc
import Values

/// Walks over delimited text once, row by row. In UTF-8 no byte of a longer character equals a separator.
final class CSVReader {
    private let source: any TextSource
    private let limit: Int
    private var buffer: UnsafeMutableBufferPointer<UInt8>
    private var filled = 0
    private var place = 0
    private var line = 1
    private var isAtEnd = false
    private(set) var separator = CSV.comma

    /// - Parameters:
    ///   - separator: guessed from the first lines when nil.
    ///   - limit: the bytes of a row.
    init(_ source: any TextSource, separator: UInt8? = CSV.comma, limit: Int = .max) throws {
        (self.source, self.limit) = (source, limit)
        buffer = .allocate(capacity: 1 << 17)
        while !isAtEnd, filled < 1 << 16 { try more() }
        if filled >= 3, buffer[0] == 0xEF, buffer[1] == 0xBB, buffer[2] == 0xBF { place = 3 }
        self.separator = separator ?? likelySeparator(in: UnsafeBufferPointer(rebasing: buffer[place..<filled]))
    }

    deinit { buffer.deallocate() }

    var percentRead: Int { source.percentRead }

    static func tooLong(_ line: Int) -> Refusal {
        .tooLarge("第 \(line) 行过长，可能缺少换行或双引号没有成对，请检查后重新上传")
    }

    /// The next row that isn't an empty line, and the line it begins on; nil at the end.
    func next() throws -> TableRow? {
        while true {
            if place >= filled, isAtEnd { return nil }
            if place < filled, let end = try lineEnd(place) {
                place = end
                line += 1
            } else if let row = try row() {
                return row
            } else if isAtEnd {
                throw Refusal.invalid("第 \(line) 行的双引号没有成对，请补全后重新上传")
            } else {
                try more()
            }
        }
    }

    /// The row at `place`; nil when it isn't whole yet.
    private func row() throws -> TableRow? {
        var row = TableRow(line: line, cells: []), at = place, lines = 0
        while true {
            guard let end = try cell(from: at, into: &row.cells, &lines) else { return nil }
            if end >= filled {
                guard isAtEnd else { return nil }
                return try close(row, at: end, lines)
            }
            guard buffer[end] == separator else {
                // A carriage return at the edge of the buffer may have its line feed beyond it.
                guard let next = try lineEnd(end) else { return nil }
                return try close(row, at: next, lines + 1)
            }
            at = end + 1
        }
    }

    private func close(_ row: TableRow, at end: Int, _ lines: Int) throws -> TableRow {
        guard end - place <= limit else { throw Self.tooLong(line) }
        place = end
        line += lines
        return row
    }

    /// Adds the cell at `start`. Returns the place of the separator or line end after it, or nil when it isn't whole yet.
    private func cell(from start: Int, into cells: inout [String], _ lines: inout Int) throws -> Int? {
        if start >= filled, !isAtEnd { return nil }
        if start < filled, buffer[start] == CSV.quote { return try quoted(from: start, into: &cells, &lines) }
        var end = start
        while end < filled, !isSeparator(buffer[end]) { end += 1 }
        cells.append(CSV.unguarded(String(decoding: buffer[start..<end], as: UTF8.self)))
        return end
    }

    private func quoted(from start: Int, into cells: inout [String], _ lines: inout Int) throws -> Int? {
        var end = start + 1, hasQuotes = false, breaks = 0
        while end < filled {
            let byte = buffer[end]
            if byte == CSV.quote {
                guard end + 1 < filled || isAtEnd else { return nil }
                if end + 1 >= filled || buffer[end + 1] != CSV.quote { break }
                hasQuotes = true
                end += 1
            } else if byte == CSV.lineFeed || byte == CSV.carriageReturn && (end + 1 >= filled || buffer[end + 1] != CSV.lineFeed) {
                breaks += 1
            }
            end += 1
        }
        guard end < filled else { return nil }
        lines += breaks
        guard end + 1 >= filled || isSeparator(buffer[end + 1]) else {
            throw Refusal.invalid("第 \(line + lines) 行的双引号之后还有文字，请检查引号和逗号")
        }
        let content = UnsafeBufferPointer(rebasing: buffer[(start + 1)..<end])
        cells.append(CSV.unguarded(String(decoding: hasQuotes ? single(content) : Array(content), as: UTF8.self)))
        return end + 1
    }

    /// Doubled quotes made single.
    private func single(_ content: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = [], wasQuote = false
        for byte in content {
            wasQuote = byte == CSV.quote && !wasQuote
            if !wasQuote { bytes.append(byte) }
        }
        return bytes
    }

    /// The place after the line end at `start`; nil when there is none, or it can't be told yet whether a line feed follows.
    private func lineEnd(_ start: Int) throws -> Int? {
        if buffer[start] == CSV.lineFeed { return start + 1 }
        guard buffer[start] == CSV.carriageReturn else { return nil }
        guard start + 1 < filled || isAtEnd else { return nil }
        return start + 1 < filled && buffer[start + 1] == CSV.lineFeed ? start + 2 : start + 1
    }

    @inline(__always)
    private func isSeparator(_ byte: UInt8) -> Bool {
        byte == separator || byte == CSV.carriageReturn || byte == CSV.lineFeed
    }

    /// Moves what is still needed to the front and reads on.
    private func more() throws {
        guard filled - place <= limit else { throw Self.tooLong(line) }
        if place > 0, let base = buffer.baseAddress {
            memmove(base, base + place, filled - place)
            filled -= place
            place = 0
        }
        if filled == buffer.count { grow() }
        let count = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...]))
        filled += count
        isAtEnd = count == 0
    }

    private func grow() {
        let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: buffer.count * 2)
        if let base = buffer.baseAddress { larger.baseAddress?.update(from: base, count: filled) }
        buffer.deallocate()
        buffer = larger
    }
}

/// The separator that stands on most of the first lines, outside quotes: a comma, a tab or a semicolon.
func likelySeparator(in bytes: UnsafeBufferPointer<UInt8>) -> UInt8 {
    let candidates = [CSV.comma, UInt8(ascii: "\t"), UInt8(ascii: ";")]
    var lines = [0, 0, 0], all = [0, 0, 0], onLine = [false, false, false], isQuoted = false, count = 0
    for byte in bytes {
        if byte == CSV.quote { isQuoted.toggle() }
        if isQuoted { continue }
        if byte == CSV.lineFeed || byte == CSV.carriageReturn {
            for which in 0..<3 where onLine[which] { lines[which] += 1 }
            onLine = [false, false, false]
            count += 1
            if count == 40 { break }
        } else if let which = candidates.firstIndex(of: byte) {
            onLine[which] = true
            all[which] += 1
        }
    }
    for which in 0..<3 where onLine[which] { lines[which] += 1 }
    let best = (0..<3).max { (lines[$0], all[$0], -$0) < (lines[$1], all[$1], -$1) }
    return candidates[best ?? 0]
}
