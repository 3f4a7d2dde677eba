import Values

/// 纯文本。UTF-8, GB 18030 or UTF-16, found from the bytes; a file that mixes them is refused by line.
enum PlainText {
    static func read(_ bytes: [UInt8]) throws(Refusal) -> String {
        if let wide = try wide(bytes) { return wide }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) || String(validating: bytes, as: UTF8.self) != nil { return try TextEncoding.read(bytes).text }
        if let mixture = mixture(bytes) { throw mixture }
        guard !bytes.contains(0), let read = try? TextEncoding.read(bytes) else {
            throw .invalid("无法识别文件的文字编码，请另存为 UTF-8 或 GB18030 编码的文本后再传")
        }
        return read.text
    }

    // MARK: UTF-16

    /// By its mark; or, without one, where more than a fifth of the bytes at one side of the pairs are those of ASCII or of Han characters.
    private static func wide(_ bytes: [UInt8]) throws(Refusal) -> String? {
        if bytes.starts(with: [0xFF, 0xFE]) { return try decoded(bytes.dropFirst(2), isLittle: true) }
        if bytes.starts(with: [0xFE, 0xFF]) { return try decoded(bytes.dropFirst(2), isLittle: false) }
        guard bytes.count.isMultiple(of: 2), bytes.contains(0) else { return nil }
        let evens = stride(from: 0, to: bytes.count, by: 2).count { bytes[$0] == 0 }, odds = stride(from: 1, to: bytes.count, by: 2).count { bytes[$0] == 0 }
        guard evens == 0 || odds == 0 || max(evens, odds) > 8 * min(evens, odds) else { return nil }
        guard let text = try? decoded(bytes[...], isLittle: odds > evens), isPlausible(text) else { return nil }
        return text
    }

    /// Four in five characters are ASCII, Han or their punctuation.
    private static func isPlausible(_ text: String) -> Bool {
        let usual = text.unicodeScalars.count { mark in
            (0x20 ... 0x7E).contains(mark.value) || (0x4E00 ... 0x9FFF).contains(mark.value) || (0x2010 ... 0x303F).contains(mark.value) || (0xFF00 ... 0xFFEF).contains(mark.value)
                || mark == "\n" || mark == "\r" || mark == "\t"
        }
        return usual * 5 >= text.unicodeScalars.count * 4
    }

    private static func decoded(_ bytes: ArraySlice<UInt8>, isLittle: Bool) throws(Refusal) -> String {
        let units = stride(from: bytes.startIndex, to: bytes.endIndex - 1, by: 2).map { place in
            isLittle ? UInt16(bytes[place + 1]) << 8 | UInt16(bytes[place]) : UInt16(bytes[place]) << 8 | UInt16(bytes[place + 1])
        }
        guard bytes.count.isMultiple(of: 2), let text = String(validating: units, as: UTF16.self) else {
            throw .invalid("文件像是 UTF-16 编码，但没有传完或已损坏，请另存为 UTF-8 后再传")
        }
        return text
    }

    // MARK: mixtures

    /// Lines of three and more Chinese characters that are UTF-8 beside lines that are not: two files were put together.
    private static func mixture(_ bytes: [UInt8]) -> Refusal? {
        var utf8: Int?, other: Int?
        for (number, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            guard line.count(where: { $0 >= 0x80 }) >= 9 else { continue }
            if String(validating: line, as: UTF8.self) != nil { utf8 = utf8 ?? number + 1 } else { other = other ?? number + 1 }
            if let utf8, let other {
                return .invalid("文件里混有两种文字编码：第 \(utf8) 行是 UTF-8，第 \(other) 行不是，请把全文另存为 UTF-8 后再传")
            }
        }
        return nil
    }
}
