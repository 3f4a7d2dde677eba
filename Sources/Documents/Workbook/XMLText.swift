import Glibc
import Values

/// The text of XML as people mean it.
enum XMLText {
    /// Adds `raw` with its references and Excel's `_x000D_` resolved.
    /// - Throws: `invalid` at any reference XML doesn't know by itself.
    static func append(_ raw: UnsafeRawBufferPointer, to bytes: inout [UInt8]) throws(Refusal) {
        guard let base = raw.baseAddress, !raw.isEmpty else { return }
        if memchr(base, Int32(UInt8(ascii: "&")), raw.count) == nil, search(raw, for: "_x") == nil {
            bytes.append(contentsOf: raw)
            return
        }
        var place = 0
        while place < raw.count {
            if raw[place] == UInt8(ascii: "&") {
                place = try appendReference(raw, at: place, to: &bytes)
            } else if raw[place] == UInt8(ascii: "_"), let scalar = escaped(raw, at: place) {
                append(scalar, to: &bytes)
                place += 7
            } else {
                bytes.append(raw[place])
                place += 1
            }
        }
    }

    private static func appendReference(_ raw: UnsafeRawBufferPointer, at start: Int, to bytes: inout [UInt8]) throws(Refusal) -> Int {
        var end = start + 1
        while end < raw.count, raw[end] != UInt8(ascii: ";"), end - start < 12 { end += 1 }
        guard end < raw.count, raw[end] == UInt8(ascii: ";") else { throw ZipArchive.damaged }
        let name = String(decoding: raw[(start + 1)..<end], as: UTF8.self)
        guard let scalar = scalar(named: name) else { throw ZipArchive.damaged }
        append(scalar, to: &bytes)
        return end + 1
    }

    private static func scalar(named name: String) -> UnicodeScalar? {
        switch name {
        case "lt": "<"
        case "gt": ">"
        case "amp": "&"
        case "quot": "\""
        case "apos": "'"
        case let name where name.hasPrefix("#x"): UInt32(name.dropFirst(2), radix: 16).flatMap(UnicodeScalar.init)
        case let name where name.hasPrefix("#"): UInt32(name.dropFirst()).flatMap(UnicodeScalar.init)
        default: nil
        }
    }

    /// Of `_xHHHH_`, which stands for a character XML can't hold.
    private static func escaped(_ raw: UnsafeRawBufferPointer, at start: Int) -> UnicodeScalar? {
        guard start + 7 <= raw.count, raw[start + 1] == UInt8(ascii: "x"), raw[start + 6] == UInt8(ascii: "_") else { return nil }
        let digits = String(decoding: raw[(start + 2)..<(start + 6)], as: UTF8.self)
        guard digits.utf8.count == 4, !digits.hasPrefix("+") else { return nil }
        return UInt32(digits, radix: 16).flatMap(UnicodeScalar.init)
    }

    private static func append(_ scalar: UnicodeScalar, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
    }
}
