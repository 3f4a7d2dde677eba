/// 按钮。Doing something: submits its form with `name=value`.
public struct ButtonView: Part, Hashable {
    public let title: String
    public let name: String?
    public let value: String
    public let weight: Weight
    /// Another address than the form's own.
    public let formAction: String?
    /// A question asked before the act is done, when scripts run.
    public let confirm: String?

    public init(
        _ title: String, name: String? = nil, value: String = "1", weight: Weight = .secondary,
        formAction: String? = nil, confirm: String? = nil
    ) {
        self.title = title
        self.name = name
        self.value = value
        self.weight = weight
        self.formAction = formAction
        self.confirm = confirm
    }

    public var markup: Markup { drawn(label: nil) }

    /// The button, with a fuller name for screen readers where the title alone would repeat down the page.
    func drawn(label: String?) -> Markup {
        """
        <button class="button \(weight.rawValue)" type="submit"\(attribute: "name", name)\
        \(attribute: "value", name == nil ? nil : value)\(attribute: "formaction", safeFormAction)\
        \(attribute: "data-confirm", confirm)\(attribute: "aria-label", label)>\(title)</button>
        """
    }

    /// What pressing Enter in a box does: browsers take the first button of the form, so this copy stands first, unseen.
    var unseen: Markup {
        """
        <button class="unseen" type="submit" tabindex="-1" aria-hidden="true"\(attribute: "name", name)\
        \(attribute: "value", name == nil ? nil : value)\(attribute: "formaction", safeFormAction)\
        \(attribute: "data-confirm", confirm)>\(title)</button>
        """
    }

    private var safeFormAction: String? { formAction.map { Href.isSafe($0) ? $0 : "#" } }
}

/// 隐藏值。What the form carries without showing: CSRF token, the act's id, the version.
public struct HiddenView: Part, Hashable {
    public let name: String
    public let value: String

    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    public var markup: Markup { "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">" }
}
