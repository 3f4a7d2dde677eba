extension Markup {
    /// The one buffer that literals and escaped values are appended to.
    public struct StringInterpolation: StringInterpolationProtocol, Sendable {
        var bytes: [UInt8] = []

        public init(literalCapacity: Int, interpolationCount: Int) {
            bytes.reserveCapacity(literalCapacity + 24 * interpolationCount)
        }

        public mutating func appendLiteral(_ literal: StaticString) {
            literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
        }

        /// Text, escaped.
        public mutating func appendInterpolation(_ value: String) {
            append(escaping: value)
        }

        public mutating func appendInterpolation(_ value: Int) {
            append(escaping: String(value))
        }

        /// Nested markup or a part, as it is.
        public mutating func appendInterpolation(_ part: some Part) {
            bytes.append(contentsOf: part.markup.bytes)
        }

        public mutating func appendInterpolation(_ part: (some Part)?) {
            if let part { bytes.append(contentsOf: part.markup.bytes) }
        }

        /// `\(each: rows, { "<li>\($0.name)</li>" })`
        public mutating func appendInterpolation<S: Sequence>(each items: S, _ draw: (S.Element) -> Markup) {
            for item in items { bytes.append(contentsOf: draw(item).bytes) }
        }

        public mutating func appendInterpolation(each parts: [some Part]) {
            for part in parts { bytes.append(contentsOf: part.markup.bytes) }
        }

        /// `\(if: isLate, "<b>超期</b>")`; the markup is only drawn when needed.
        public mutating func appendInterpolation(if condition: Bool, _ markup: @autoclosure () -> Markup) {
            if condition { bytes.append(contentsOf: markup().bytes) }
        }

        /// `\(some: view.hint, { "<p>\($0)</p>" })`: drawn when there is one.
        public mutating func appendInterpolation<Value>(some value: Value?, _ draw: (Value) -> Markup) {
            if let value { bytes.append(contentsOf: draw(value).bytes) }
        }

        /// `<input\(attribute: "min", minimum)>`: a leading space, the name and the quoted value; nothing when nil.
        public mutating func appendInterpolation(attribute name: StaticString, _ value: String?) {
            guard let value else { return }
            appendAttributeName(name)
            bytes.append(contentsOf: "=\"".utf8)
            append(escaping: value)
            bytes.append(UInt8(ascii: "\""))
        }

        /// `<input\(flag: "required", isRequired)>`: an attribute without a value.
        public mutating func appendInterpolation(flag name: StaticString, _ isOn: Bool) {
            if isOn { appendAttributeName(name) }
        }

        /// An address for `href`, `action` or `src`; one that is not safe becomes `#`.
        public mutating func appendInterpolation(href address: String) {
            append(escaping: Href.isSafe(address) ? address : "#")
        }

        private mutating func appendAttributeName(_ name: StaticString) {
            bytes.append(UInt8(ascii: " "))
            appendLiteral(name)
        }

        /// Copies runs of harmless bytes whole, and writes an entity for each of `& < > " '`.
        private mutating func append(escaping value: String) {
            var value = value
            value.withUTF8 { text in
                var start = 0
                for index in text.indices {
                    guard let entity = Self.entity(for: text[index]) else { continue }
                    bytes.append(contentsOf: text[start..<index])
                    entity.withUTF8Buffer { bytes.append(contentsOf: $0) }
                    start = index + 1
                }
                bytes.append(contentsOf: text[start...])
            }
        }

        @inline(__always)
        private static func entity(for byte: UInt8) -> StaticString? {
            guard byte <= UInt8(ascii: ">") else { return nil }
            return switch byte {
            case UInt8(ascii: "&"): "&amp;"
            case UInt8(ascii: "<"): "&lt;"
            case UInt8(ascii: ">"): "&gt;"
            case UInt8(ascii: "\""): "&quot;"
            case UInt8(ascii: "'"): "&#39;"
            default: nil
            }
        }
    }
}
