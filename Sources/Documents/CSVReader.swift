import Values

/// Walks over the bytes of a file once. In UTF-8 no byte of a longer character equals a separator.
struct CSVReader {
    private let bytes: [UInt8]
    private var place: Int
    private var line = 1

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        place = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    mutating func rows() throws(Refusal) -> [[String]] {
        var rows: [[String]] = []
        while place < bytes.count {
            if endLine() { continue }
            rows.append(try row())
        }
        return rows
    }

    private mutating func row() throws(Refusal) -> [String] {
        var cells = [try cell()]
        while place < bytes.count, !endLine() {
            place += 1      // the comma
            cells.append(try cell())
        }
        return cells
    }

    /// Stops before a comma, a line end or the end of the file.
    private mutating func cell() throws(Refusal) -> String {
        if place < bytes.count, bytes[place] == CSV.quote { return CSV.unguarded(try quoted()) }
        let start = place
        while place < bytes.count, !isSeparator(bytes[place]) { place += 1 }
        return CSV.unguarded(String(decoding: bytes[start..<place], as: UTF8.self))
    }

    private mutating func quoted() throws(Refusal) -> String {
        let opened = line
        var content: [UInt8] = []
        place += 1
        while place < bytes.count {
            let byte = bytes[place]
            if byte == CSV.quote {
                place += 1
                guard place < bytes.count, bytes[place] == CSV.quote else { return try closed(content) }
            } else if byte == CSV.lineFeed || byte == CSV.carriageReturn && !isLineFeed(place + 1) {
                line += 1
            }
            content.append(byte)
            place += 1
        }
        throw .invalid("第 \(opened) 行的双引号没有成对，请补全后重新上传")
    }

    private func closed(_ content: [UInt8]) throws(Refusal) -> String {
        guard place == bytes.count || isSeparator(bytes[place]) else {
            throw .invalid("第 \(line) 行的双引号之后还有文字，请检查引号和逗号")
        }
        return String(decoding: content, as: UTF8.self)
    }

    /// Steps over a line end if there is one.
    private mutating func endLine() -> Bool {
        guard bytes[place] == CSV.carriageReturn || bytes[place] == CSV.lineFeed else { return false }
        place += bytes[place] == CSV.carriageReturn && isLineFeed(place + 1) ? 2 : 1
        line += 1
        return true
    }

    private func isLineFeed(_ place: Int) -> Bool { place < bytes.count && bytes[place] == CSV.lineFeed }

    private func isSeparator(_ byte: UInt8) -> Bool {
        byte == CSV.comma || byte == CSV.carriageReturn || byte == CSV.lineFeed
    }
}
