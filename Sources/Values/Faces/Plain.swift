/// 整数。A count, or another whole number without a unit in its type.
extension Int: FieldValue {
    public static var kind: FieldKind { .integer }
    public static var maximumLength: Int { 40 }

    public init(typed text: String) throws(Refusal) {
        let narrow = try Door.narrow(text, for: Int.self)
        switch DecimalText.read(narrow, places: 0) {
        case .number(let number): self = Int(number)
        case .tooPrecise: throw .invalid("请填写整数，不能有小数")
        case .tooLarge: throw .invalid("数字过大，请核对")
        case .unreadable: throw .invalid("请填写整数，如 12")
        }
    }

    public var typed: String { String(self) }

    public init(stored: StoredValue) throws(Refusal) { self = Int(try stored.integer(as: "数值")) }
    public var stored: StoredValue { .integer(Int64(self)) }
}

/// 是否。Stored as 1 or 0.
extension Bool: FieldValue {
    public static var kind: FieldKind { .yesNo }
    public static var maximumLength: Int { 10 }

    public init(typed text: String) throws(Refusal) {
        switch try Door.narrow(text, for: Bool.self).lowercased() {
        case "1", "是", "true", "on": self = true
        case "0", "否", "false", "off": self = false
        default: throw .invalid("请选择“是”或“否”")
        }
    }

    public var typed: String { self ? "1" : "0" }
    public var shown: String { self ? "是" : "否" }

    public init(stored: StoredValue) throws(Refusal) {
        switch stored {
        case .integer(1): self = true
        case .integer(0): self = false
        default: throw .invalid("是否应为 1 或 0")
        }
    }

    public var stored: StoredValue { .integer(self ? 1 : 0) }
}
