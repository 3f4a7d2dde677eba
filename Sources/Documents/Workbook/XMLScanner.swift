import Glibc
import Values

/// Steps through XML as it is unpacked, tag by tag, without building anything.
///
/// Names are told by what follows the prefix, because WPS and others choose their own. Document types are refused,
/// and with them every entity but the five of XML itself: nothing in a file can be made to grow.
final class XMLScanner {
    enum Token { case opening, closing, text, end }

    private let part: ZipPart
    private var buffer: UnsafeMutableRawBufferPointer
    private var filled = 0
    private var place = 0
    private var isAtEnd = false
    private var closesItself = false
    private var name = 0..<0
    private var attributes = 0..<0
    private var content = 0..<0
    private var isLiteral = false

    /// A single tag or a run of text longer than this is refused.
    static let maximumToken = 4 << 20

    static var declared: Refusal { .invalid("文件里有不允许的内部声明，请用表格软件另存为 .xlsx 后重新上传") }
    static var tooLong: Refusal { .tooLarge("表里有一格的内容过长，请改短后重新上传") }

    init(_ part: ZipPart) throws(Refusal) {
        self.part = part
        buffer = .allocate(byteCount: 1 << 17, alignment: 16)
        guard try more(), buffer[0] != 0xFF, buffer[0] != 0xFE else { throw ZipArchive.damaged }
        if filled >= 3, buffer[0] == 0xEF, buffer[1] == 0xBB { place = 3 }
    }

    deinit { buffer.deallocate() }

    var percentRead: Int { part.percentRead }

    /// The next tag or text; a tag that closes itself comes as an opening and a closing one.
    func next() throws(Refusal) -> Token {
        if closesItself {
            closesItself = false
            return .closing
        }
        while true {
            if place >= filled, try !more() { return .end }
            guard buffer[place] == UInt8(ascii: "<") else { return try characters() }
            if let token = try markup() { return token }
        }
    }

    /// Whether the tag has this name.
    @inline(__always)
    func isNamed(_ expected: StaticString) -> Bool { matches(name, expected) }

    /// The bytes of an attribute as they stand, good until the next tag.
    func attribute(_ expected: StaticString) -> UnsafeRawBufferPointer? {
        var start = attributes.lowerBound
        let end = attributes.upperBound
        while true {
            while start < end, isSpace(buffer[start]) { start += 1 }
            var local = start
            while start < end, buffer[start] != UInt8(ascii: "="), !isSpace(buffer[start]) {
                start += 1
                if start < end, buffer[start] == UInt8(ascii: ":") { local = start + 1 }
            }
            let found = local..<max(local, start)
            while start < end, buffer[start] == UInt8(ascii: "=") || isSpace(buffer[start]) { start += 1 }
            guard start < end else { return nil }
            let mark = buffer[start]
            guard mark == UInt8(ascii: "\"") || mark == UInt8(ascii: "'") else { return nil }
            let opened = start + 1
            start = opened
            while start < end, buffer[start] != mark { start += 1 }
            if matches(found, expected) { return UnsafeRawBufferPointer(rebasing: buffer[opened..<start]) }
            start += 1
        }
    }

    /// An attribute as text.
    func text(of expected: StaticString) throws(Refusal) -> String? {
        guard let raw = attribute(expected) else { return nil }
        var bytes: [UInt8] = []
        try XMLText.append(raw, to: &bytes)
        guard let text = String(validating: bytes, as: UTF8.self) else { throw ZipArchive.damaged }
        return text
    }

    /// Adds the text just met to `bytes`.
    func appendText(to bytes: inout [UInt8]) throws(Refusal) {
        let raw = UnsafeRawBufferPointer(rebasing: buffer[content])
        if isLiteral { bytes.append(contentsOf: raw) } else { try XMLText.append(raw, to: &bytes) }
    }

    // MARK: Inside

    private func characters() throws(Refusal) -> Token {
        let end = try find(UInt8(ascii: "<"))
        content = place..<end
        isLiteral = false
        place = end
        return .text
    }

    private func markup() throws(Refusal) -> Token? {
        try ensure(2)
        switch buffer[place + 1] {
        case UInt8(ascii: "/"): return try closingTag()
        case UInt8(ascii: "?"): try skip(past: "?>"); return nil
        case UInt8(ascii: "!"): return try declaration()
        default: return try openingTag()
        }
    }

    private func closingTag() throws(Refusal) -> Token {
        let end = try find(UInt8(ascii: ">"))
        guard end < filled else { throw ZipArchive.damaged }
        name = localName(place + 2, end)
        attributes = end..<end
        place = end + 1
        return .closing
    }

    private func openingTag() throws(Refusal) -> Token {
        let end = try endOfTag()
        name = localName(place + 1, end)
        closesItself = buffer[end - 1] == UInt8(ascii: "/")
        let last = closesItself ? end - 1 : end
        attributes = min(name.upperBound, last)..<last
        place = end + 1
        return .opening
    }

    private func declaration() throws(Refusal) -> Token? {
        try ensure(9)
        if starts("<!--") {
            try skip(past: "-->")
            return nil
        }
        guard starts("<![CDATA[") else { throw Self.declared }
        let opened = 9
        let ended = try offset(of: "]]>", from: opened)
        content = place + opened..<place + ended
        isLiteral = true
        place += ended + 3
        return .text
    }

    private func skip(past mark: StaticString) throws(Refusal) {
        place += try offset(of: mark, from: 2) + mark.utf8CodeUnitCount
    }

    /// Where `mark` begins, counted from `place`.
    private func offset(of mark: StaticString, from start: Int) throws(Refusal) -> Int {
        var start = start
        while true {
            let unread = UnsafeRawBufferPointer(rebasing: buffer[place..<filled])
            if let found = search(unread, from: start, for: mark) { return found }
            start = max(start, filled - place - mark.utf8CodeUnitCount)
            guard try more() else { throw ZipArchive.damaged }
        }
    }

    /// The place of a byte, or the end of the part.
    private func find(_ byte: UInt8) throws(Refusal) -> Int {
        var searched = 0
        while true {
            if let base = buffer.baseAddress, let found = memchr(base + place + searched, Int32(byte), filled - place - searched) {
                return found - UnsafeMutableRawPointer(base)
            }
            searched = filled - place
            guard try more() else { return filled }
        }
    }

    /// The place of the bracket that ends the tag; one inside quotes doesn't.
    private func endOfTag() throws(Refusal) -> Int {
        var step = 1, quote: UInt8 = 0
        while true {
            while place + step < filled {
                let byte = buffer[place + step]
                if quote != 0 { if byte == quote { quote = 0 } } else if byte == UInt8(ascii: ">") { return place + step }
                else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { quote = byte }
                step += 1
            }
            guard try more() else { throw ZipArchive.damaged }
        }
    }

    private func ensure(_ count: Int) throws(Refusal) {
        while filled - place < count {
            guard try more() else { throw ZipArchive.damaged }
        }
    }

    /// Moves what is still needed to the front and reads on. Places change; only counts from `place` hold.
    private func more() throws(Refusal) -> Bool {
        guard !isAtEnd else { return false }
        if place > 0, let base = buffer.baseAddress {
            memmove(base, base + place, filled - place)
            filled -= place
            place = 0
        }
        if filled == buffer.count { try grow() }
        let count = try part.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
        filled += count
        isAtEnd = count == 0
        return count > 0
    }

    private func grow() throws(Refusal) {
        guard buffer.count < Self.maximumToken else { throw Self.tooLong }
        let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: buffer.count * 2, alignment: 16)
        larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[..<filled]))
        buffer.deallocate()
        buffer = larger
    }

    private func localName(_ start: Int, _ end: Int) -> Range<Int> {
        var first = start, place = start
        while place < end, !isSpace(buffer[place]), buffer[place] != UInt8(ascii: "/") {
            if buffer[place] == UInt8(ascii: ":") { first = place + 1 }
            place += 1
        }
        return first..<place
    }

    private func starts(_ mark: StaticString) -> Bool {
        guard let base = buffer.baseAddress else { return false }
        return memcmp(base + place, mark.utf8Start, mark.utf8CodeUnitCount) == 0
    }

    @inline(__always)
    private func matches(_ range: Range<Int>, _ expected: StaticString) -> Bool {
        guard range.count == expected.utf8CodeUnitCount, let base = buffer.baseAddress else { return false }
        return memcmp(base + range.lowerBound, expected.utf8Start, range.count) == 0
    }

    @inline(__always)
    private func isSpace(_ byte: UInt8) -> Bool { byte == 32 || byte == 10 || byte == 9 || byte == 13 }
}
