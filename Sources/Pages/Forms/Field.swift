import Values

/// 字段。One thing asked for, with the text already in it and what is wrong with it.
public struct FieldView: Hashable, Sendable {
    /// Where the field stands in the form, e.g. `["members", "m1", "name"]`; its name is the path joined by dots.
    public let path: [String]
    public let label: String
    public let control: Control
    /// The typed text (for choices the code, for yes/no `1` or `0`, for references and attachments the id).
    public let value: String
    public let hint: String?
    public let problem: String?
    public let required: Bool

    public init(
        _ path: [String], _ label: String, _ control: Control, value: String = "",
        hint: String? = nil, problem: String? = nil, required: Bool = true
    ) {
        self.path = path
        self.label = label
        self.control = control
        self.value = value
        self.hint = hint
        self.problem = problem
        self.required = required
    }

    /// The name in the submitted form: the path joined by dots.
    public var name: String { path.joined(separator: ".") }
    /// The id of the input an error links to.
    public var id: String { Self.id(path) }

    static func id(_ path: [String]) -> String { "f-" + path.joined(separator: ".") }
}

extension FieldView {
    /// 控件。How a field is asked for.
    public enum Control: Hashable, Sendable {
        case text(inputMode: String? = nil, autocomplete: String? = nil)
        /// A password; never filled in again.
        case secret(autocomplete: String)
        case longText(rows: Int = 4)
        /// In 元.
        case money
        case integer(unit: String? = nil)
        /// Typed as 30% or 0.3.
        case ratio
        /// `yyyy-mm-dd`.
        case date
        /// `yyyy-mm`.
        case month
        case yesNo
        /// Radio buttons up to five, otherwise a list.
        case choice([Choice])
        /// Text shown for the id in `value`; `pick` is a button that leads to choosing another.
        case reference(shown: String, pick: ButtonView? = nil)
        /// The file goes as `name._file`, the id of an uploaded one as `name`. `camera` adds a box that opens the camera on a phone.
        case attachment(accept: String, camera: Bool = false, multiple: Bool = false, uploaded: String? = nil)
        case hidden
    }
}

extension FieldView.Control {
    /// The control a kind of value is asked for with. `shown` is the text of a reference, or the name of the file already uploaded.
    public init(_ kind: FieldKind, shown: String? = nil) {
        self = switch kind {
        case .text: .text()
        case .longText: .longText()
        case .integer: .integer()
        case .money: .money
        case .ratio: .ratio
        case .date: .date
        case .month: .month
        case .yesNo: .yesNo
        case .choice(let choices): .choice(choices)
        case .reference: .reference(shown: shown ?? "")
        case .attachment: .attachment(accept: "image/*,application/pdf", camera: true, uploaded: shown)
        }
    }
}
