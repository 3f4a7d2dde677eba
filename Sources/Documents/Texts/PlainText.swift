import Values

/// 纯文本。UTF-8, GB 18030 or UTF-16, found from the bytes; a file that mixes them is refused by line.
enum PlainText {
    static func read(_ bytes: [UInt8]) throws(Refusal) -> String {
        if let wide = try wide(bytes) { return wide }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) || String(validating: bytes, as: UTF8.self) != nil { return try TextEncoding.read(bytes).text }
        if let fault = fault(of: bytes) { throw fault }
        guard !bytes.contains(0), let read = try? TextEncoding.read(bytes) else {
            throw .invalid("无法识别文件的文字编码，请另存为 UTF-8 或 GB18030 编码的文本后再传")
        }
        // GB 18030 has a mark of its own, which is no character.
        return read.text.unicodeScalars.first == "\u{FEFF}" ? String(read.text.unicodeScalars.dropFirst()) : read.text
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

    // MARK: mixtures and damage

    /// Of bytes that aren't UTF-8 as a whole: lines of three and more Chinese characters that are UTF-8 beside lines that are not mean that two
    /// files were put together, and a line that nearly is means that bytes were lost on the way. Both would otherwise be read as other characters.
    private static func fault(of bytes: [UInt8]) -> Refusal? {
        var right: Int?, nearly: Int?, short: Int?, other: Int?
        for (place, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            let number = place + 1, isLong = line.count(where: { $0 >= 0x80 }) >= 9
            if String(validating: line, as: UTF8.self) != nil { if isLong { right = right ?? number } }
            else if !isLong { short = short ?? number }
            else if isNearlyUTF8(line) { nearly = nearly ?? number }
            else { other = other ?? number }
        }
        if let one = right ?? nearly, let other { return .invalid("文件里混有两种文字编码：第 \(one) 行是 UTF-8，第 \(other) 行不是，请把全文另存为 UTF-8 后再传") }
        guard let broken = nearly ?? (right == nil ? nil : short) else { return nil }
        return .invalid("文件第 \(broken) 行有损坏的字（不是完整的 UTF-8），可能没有传完或被截断过，请打开检查，另存为 UTF-8 后再传")
    }

    /// Four characters are whole for each that is broken.
    private static func isNearlyUTF8(_ line: ArraySlice<UInt8>) -> Bool {
        let marks = String(decoding: line, as: UTF8.self).unicodeScalars, broken = marks.count { $0 == "\u{FFFD}" }
        return marks.count { $0.value >= 0x800 && $0 != "\u{FFFD}" } >= 4 * broken
    }
}
