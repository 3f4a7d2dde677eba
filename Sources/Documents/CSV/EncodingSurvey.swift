import Values

/// Finds the encoding of an unmarked text file by walking over all of it once, without keeping anything.
struct EncodingSurvey {
    private var utf8 = UTF8Walk(), chinese = GB18030Walk()
    private var line = 1
    private var utf8Fault: Int?, chineseFault: Int?

    /// - Throws: `invalid`, naming the line, at bytes that are text in no encoding we take.
    static func encoding(of file: FileBlocks) throws -> TableEncoding {
        var survey = EncodingSurvey()
        return try encoding(of: file, by: &survey)
    }

    private static func encoding(of file: FileBlocks, by survey: inout EncodingSurvey) throws -> TableEncoding {
        let space = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { space.deallocate() }
        file.seek(to: 0)
        while case let count = try file.read(into: space), count > 0 {
            try survey.walk(UnsafeRawBufferPointer(rebasing: space[..<count]))
        }
        file.seek(to: 0)
        return try survey.outcome()
    }

    /// - Throws: `invalid`, naming the line, when a file that claims to be UTF-8 isn't.
    static func proveUTF8(_ file: FileBlocks) throws {
        var survey = EncodingSurvey()
        survey.chineseFault = 1
        _ = try encoding(of: file, by: &survey)
    }

    private mutating func walk(_ bytes: UnsafeRawBufferPointer) throws(Refusal) {
        var place = 0
        while place < bytes.count {
            if utf8.isBetween, chinese.isBetween, place + 8 <= bytes.count {
                let word = bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
                if isPrintable(word) {
                    place += 8
                    continue
                }
            }
            try step(bytes[place])
            place += 1
        }
    }

    /// Eight bytes of ASCII from the space up: nothing to count and nothing to refuse.
    private func isPrintable(_ word: UInt64) -> Bool {
        word & 0x8080_8080_8080_8080 == 0 && (word &- 0x2020_2020_2020_2020) & 0x8080_8080_8080_8080 == 0
    }

    private mutating func step(_ byte: UInt8) throws(Refusal) {
        guard byte != 0 else { throw .invalid("第 \(line) 行有空字节，文件不是 UTF-8 或 GB18030 编码的文本，请另存为“CSV UTF-8”后重新上传") }
        if utf8Fault == nil, !utf8.step(byte) { utf8Fault = line }
        if chineseFault == nil, !chinese.step(byte) { chineseFault = line }
        if let utf8Fault, let chineseFault { throw Self.unreadable(max(utf8Fault, chineseFault)) }
        if byte == UInt8(ascii: "\n") { line += 1 }
    }

    private func outcome() throws(Refusal) -> TableEncoding {
        if utf8Fault == nil, utf8.isBetween { return .utf8 }
        if chineseFault == nil, chinese.isBetween { return .gb18030 }
        throw Self.unreadable(max(utf8Fault ?? line, chineseFault ?? line))
    }

    static func unreadable(_ line: Int) -> Refusal {
        .invalid("第 \(line) 行有无法识别的文字编码，请在表格软件中另存为“CSV UTF-8（逗号分隔）”后重新上传")
    }
}

/// Whether bytes are UTF-8, one at a time.
struct UTF8Walk {
    private var left = 0, lowest: UInt8 = 0x80, highest: UInt8 = 0xBF

    /// Not inside a character.
    var isBetween: Bool { left == 0 }

    /// False at a byte that can't stand here.
    mutating func step(_ byte: UInt8) -> Bool {
        if left > 0 {
            guard byte >= lowest, byte <= highest else { return false }
            (left, lowest, highest) = (left - 1, 0x80, 0xBF)
            return true
        }
        switch byte {
        case 0..<0x80: return true
        case 0xC2...0xDF: left = 1
        case 0xE0: (left, lowest) = (2, 0xA0)
        case 0xED: (left, highest) = (2, 0x9F)
        case 0xE1...0xEF: left = 2
        case 0xF0: (left, lowest) = (3, 0x90)
        case 0xF1...0xF3: left = 3
        case 0xF4: (left, highest) = (3, 0x8F)
        default: return false
        }
        return true
    }
}

/// Whether bytes have the form of GB 18030, one at a time: characters of one, two or four bytes.
struct GB18030Walk {
    private enum Place { case between, second, third, fourth }
    private var place = Place.between

    var isBetween: Bool { place == .between }

    mutating func step(_ byte: UInt8) -> Bool {
        switch (place, byte) {
        case (.between, 0..<0x80): return true
        case (.between, 0x81...0xFE): place = .second
        case (.second, 0x30...0x39): place = .third
        case (.second, 0x40...0x7E), (.second, 0x80...0xFE): place = .between
        case (.third, 0x81...0xFE): place = .fourth
        case (.fourth, 0x30...0x39): place = .between
        default: return false
        }
        return true
    }
}
