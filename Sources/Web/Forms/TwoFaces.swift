import Kernel
import Values

/// The two faces of a raw value whose type only its outline remembers.
extension FieldKind {
    /// What goes into an input box.
    func typed(_ raw: Raw?) -> String {
        switch raw {
        case .typed(let text): text
        case .stored(let value): typed(value)
        default: ""
        }
    }

    private func typed(_ value: StoredValue) -> String {
        switch (self, value) {
        case (_, .null): ""
        case (.money, .integer): (try? Money(stored: value).typed) ?? ""
        case (.ratio, .integer): (try? BasisPoints(stored: value).typed) ?? ""
        case (_, .integer(let number)): String(number)
        case (_, .text(let text)): text
        }
    }

    /// What people read.
    func shown(_ raw: Raw?) -> String {
        guard case .stored(let value)? = raw else { return typed(raw) }
        switch (self, value) {
        case (_, .null): return ""
        case (.money, .integer): return (try? Money(stored: value).shown) ?? ""
        case (.ratio, .integer): return (try? BasisPoints(stored: value).shown) ?? ""
        case (.yesNo, .integer(let number)): return number == 1 ? "是" : "否"
        case (.date, .text): return (try? CivilDate(stored: value).shown) ?? typed(value)
        case (.month, .text): return (try? Month(stored: value).shown) ?? typed(value)
        case (.choice(let choices), .text(let code)): return choices.first { $0.code == code }?.label ?? code
        default: return typed(value)
        }
    }
}
