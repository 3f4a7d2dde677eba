/// 链接。Going somewhere.
public struct LinkView: Part, Hashable {
    public let title: String
    public let href: String

    public init(_ title: String, href: String) {
        self.title = title
        self.href = href
    }

    public var markup: Markup { "<a href=\"\(href: href)\">\(title)</a>" }
}

/// 动作的分量。One primary act a page.
public enum Weight: String, Hashable, Sendable {
    case primary, secondary, danger, quiet
}

/// 动作入口。A link that leads to an act's page and looks like a button.
public struct ActLink: Part, Hashable {
    public let title: String
    public let href: String
    public let weight: Weight

    public init(_ title: String, href: String, weight: Weight = .secondary) {
        self.title = title
        self.href = href
        self.weight = weight
    }

    public var markup: Markup { "<a class=\"button \(weight.rawValue)\" href=\"\(href: href)\">\(title)</a>" }
}

/// 单按钮表单。One act that asks nothing: log out, mark as read.
public struct OneButtonForm: Part, Hashable {
    public let action: String
    public let hidden: [HiddenView]
    public let button: ButtonView

    public init(action: String, hidden: [HiddenView], button: ButtonView) {
        self.action = action
        self.hidden = hidden
        self.button = button
    }

    public var markup: Markup {
        "<form class=\"one-button\" method=\"post\" action=\"\(href: action)\">\(each: hidden)\(button)</form>"
    }
}
