/// The door: what every typed text passes before it is read as a value.
enum Door {
    /// Refuses a text that cannot fit. Looks at the byte count first, which costs the same for any length.
    static func checkLength<Value: FieldValue>(of text: String, for type: Value.Type) throws(Refusal) {
        let limit = Value.maximumLength
        guard text.utf8.count > limit else { return }
        // A character of Han text is 3 or 4 bytes; one with many marks on it is refused here too.
        guard text.utf8.count <= limit * 16, text.count <= limit else {
            throw .invalid("填写的内容过长，最多\(limit)个字，请缩短")
        }
    }

    /// The text, short enough, trimmed, and not empty.
    static func text<Value: FieldValue>(_ text: String, for type: Value.Type) throws(Refusal) -> String {
        try checkLength(of: text, for: type)
        let trimmed = trimmed(text)
        guard !trimmed.isEmpty else { throw .invalid("请填写，不能为空") }
        return trimmed
    }

    /// The same, with full-width letters, digits and marks made narrow: ２０２４－０７ is 2024-07.
    static func narrow<Value: FieldValue>(_ typed: String, for type: Value.Type) throws(Refusal) -> String {
        try checkLength(of: typed, for: type)
        return try text(narrowed(typed), for: type)
    }

    static func trimmed(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let first = scalars.first, let last = scalars.last else { return text }
        guard isBlank(first) || isBlank(last) else { return text }
        let head = scalars.drop(while: isBlank)
        guard let end = head.lastIndex(where: { !isBlank($0) }) else { return "" }
        return String(head[...end])
    }

    static func narrowed(_ text: String) -> String {
        guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
        var narrow = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0xFF01...0xFF5E: narrow.append(Unicode.Scalar(UInt8(scalar.value - 0xFEE0)))
            case 0x3000: narrow.append(" ")
            case 0x2212: narrow.append("-")
            default: narrow.append(scalar)
            }
        }
        return String(narrow)
    }

    /// White space, and the invisible marks that come along when text is copied.
    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x21...0x7E: false
        case 0xFEFF, 0x200B: true
        default: scalar.properties.isWhitespace
        }
    }

    /// Refuses control characters, which neither databases nor printers agree about.
    static func checkPrintable(_ text: String, allowing allowed: Set<Unicode.Scalar> = []) throws(Refusal) {
        for scalar in text.unicodeScalars {
            let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
            if isControl, !allowed.contains(scalar) {
                throw .invalid("内容中含有不可见的控制字符，请删除后重新填写")
            }
        }
    }
}

extension StoredValue {
    /// The text held; anything else is not a value of the kind that is named.
    func text(as name: String) throws(Refusal) -> String {
        guard case .text(let text) = self else { throw .invalid("\(name)应为文本") }
        return text
    }

    /// The whole number held.
    func integer(as name: String) throws(Refusal) -> Int64 {
        guard case .integer(let number) = self else { throw .invalid("\(name)应为整数") }
        return number
    }
}
