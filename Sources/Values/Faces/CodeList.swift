/// 代码表。A closed list of codes with labels, from a standard or a law.
///
/// Machines hold the code; people read the label and may type either.
public protocol CodeList: FieldValue, CaseIterable, RawRepresentable where RawValue == String {
    var label: String { get }
}

extension CodeList {
    public static var kind: FieldKind { .choice(choices) }
    public static var choices: [Choice] { allCases.map { Choice(code: $0.rawValue, label: $0.label) } }

    public init(typed text: String) throws(Refusal) {
        let wanted = try Door.text(text, for: Self.self)
        if let value = Self(rawValue: wanted) ?? Self.allCases.first(where: { $0.label == wanted }) {
            self = value
            return
        }
        let narrow = Door.narrowed(wanted)
        guard let value = Self(rawValue: narrow) else { throw Self.unlisted() }
        self = value
    }

    public var typed: String { rawValue }
    public var shown: String { label }

    public init(stored: StoredValue) throws(Refusal) {
        guard case .text(let code) = stored, let value = Self(rawValue: code) else { throw Self.unlisted() }
        self = value
    }

    public var stored: StoredValue { .text(rawValue) }

    private static func unlisted() -> Refusal {
        let labels = allCases.prefix(8).map(\.label).joined(separator: "、")
        return .invalid("不在可选范围内，请从“\(labels)”\(allCases.count > 8 ? "等" : "")中选择")
    }
}
