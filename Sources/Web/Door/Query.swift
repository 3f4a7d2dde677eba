import Hummingbird

/// 地址参数。What stands behind the `?` of an address.
struct Query: Sendable, Hashable {
    private(set) var pairs: [(name: String, value: String)] = []

    init(_ pairs: [(name: String, value: String)] = []) { self.pairs = pairs }

    init(_ request: Request) {
        for pair in (request.uri.query ?? "").split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            pairs.append((Self.decoded(parts[0]), parts.count > 1 ? Self.decoded(parts[1]) : ""))
        }
    }

    subscript(name: String) -> String? { pairs.first { $0.name == name }?.value }

    var dictionary: [String: String] { Dictionary(pairs.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }) }

    /// The same, with one name set anew or taken away.
    func with(_ name: String, _ value: String?) -> Query { without([name]).adding(name, value) }
    func without(_ names: Set<String>) -> Query { Query(pairs.filter { !names.contains($0.name) }) }

    private func adding(_ name: String, _ value: String?) -> Query {
        guard let value, !value.isEmpty else { return self }
        return Query(pairs + [(name, value)])
    }

    /// As it stands behind a path: empty, or beginning with `?`.
    var text: String {
        pairs.isEmpty ? "" : "?" + pairs.map { "\(Self.encoded($0.name))=\(Self.encoded($0.value))" }.joined(separator: "&")
    }

    static func == (left: Query, right: Query) -> Bool { left.text == right.text }
    func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

extension Query {
    static func encoded(_ text: String) -> String {
        var out = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a") ... UInt8(ascii: "z"), UInt8(ascii: "A") ... UInt8(ascii: "Z"), UInt8(ascii: "0") ... UInt8(ascii: "9"),
                 UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                out.unicodeScalars.append(Unicode.Scalar(byte))
            default: out += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }
        return out
    }

    static func decoded(_ text: some StringProtocol) -> String {
        var bytes: [UInt8] = [], rest = text.utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16), rest.count >= 2 else { bytes.append(byte); continue }
                // Nobody types a NUL, and no store keeps one.
                if value > 0 { bytes.append(value) }
                rest = rest.dropFirst(2)
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
