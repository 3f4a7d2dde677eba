/// 页面标记。HTML that is safe by construction: a literal is markup, every `\(value)` is escaped text.
///
/// A literal can only be written in source (`StaticString`), so text from a person never becomes markup.
/// Attributes are always quoted; the escaping covers both kinds of quotes.
public struct Markup: ExpressibleByStringInterpolation, Hashable, Sendable {
    /// UTF-8, ready for a response body.
    public let bytes: [UInt8]

    public init(stringLiteral literal: StaticString) {
        bytes = literal.withUTF8Buffer(Array.init)
    }

    public init(stringInterpolation: StringInterpolation) {
        bytes = stringInterpolation.bytes
    }

    /// Nothing.
    public static let empty: Markup = ""

    /// The markup as text, for tests and files.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    public var isEmpty: Bool { bytes.isEmpty }
}

/// 部件。A view model that draws itself; it can be written straight into markup: `"<main>\(table)</main>"`.
public protocol Part: Sendable {
    var markup: Markup { get }
}

extension Markup: Part {
    public var markup: Markup { self }
}
