import Cryptography
import Values

/// A plain hash in hexadecimal, the same for every profile so that a printed root can be checked anywhere.
func hashed(_ text: String) throws -> String { try hash(Array(text.utf8), .international).hex }

extension Keyring {
    /// A keyed digest of what was asked: recognises a repeated act and betrays nothing of its content.
    func digest(of submission: Submission) throws -> String { try digest(Array(submission.values.canonical.utf8), for: "submission") }
}

extension RawFields {
    /// One text for one meaning: sorted names, lengths before values.
    var canonical: String {
        names.sorted().compactMap { name in
            guard let raw = self[name], !raw.isBlank else { return nil }
            return "\(name)=\(raw.canonical);"
        }.joined()
    }
}

extension Raw {
    var canonical: String {
        switch self {
        case .typed(let text), .stored(.text(let text)), .received(.text(let text)): "\(text.utf8.count):\(text)"
        case .stored(.integer(let number)), .received(.integer(let number)): "\(String(number).utf8.count):\(number)"
        case .stored(.null), .received(.null): "-"
        case .group(let fields): "{\(fields.canonical)}"
        case .rows(let rows): "[" + rows.map { "\($0.key){\($0.fields.canonical)}" }.joined() + "]"
        }
    }
}
