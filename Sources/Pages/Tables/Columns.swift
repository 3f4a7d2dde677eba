/// 选列。The columns of a register, to be ticked; folded away, a GET form that works without scripts.
public struct ColumnsView: Part, Hashable {
    public let action: String
    public let hidden: [HiddenView]
    public let columns: [ChoiceColumnView]

    public init(action: String, hidden: [HiddenView], columns: [ChoiceColumnView]) {
        self.action = action
        self.hidden = hidden
        self.columns = columns
    }

    public var markup: Markup {
        """
        <details class="columns-choice"><summary>选择显示和导出的列</summary>
        <form method="get" action="\(href: action)">\(each: hidden)
        <p class="boxes">\(each: columns)</p>\(ButtonView("只看这些列"))</form></details>
        """
    }
}

/// One column to tick. All boxes bear one name, as a GET form sends them.
public struct ChoiceColumnView: Part, Hashable {
    public let name: String
    public let label: String
    public let isOn: Bool

    public init(name: String, label: String, isOn: Bool) {
        self.name = name
        self.label = label
        self.isOn = isOn
    }

    public var markup: Markup {
        """
        <label class="box" for="column-\(name)"><input type="checkbox" id="column-\(name)" name="columns" value="\(name)"\(flag: "checked", isOn)> \(label)</label>

        """
    }
}

/// 常用视图。Filters, order and columns kept under a name, for this reader.
public struct SavedViewsView: Part, Hashable {
    public let views: [LinkView]
    public let action: String
    public let hidden: [HiddenView]

    public init(views: [LinkView], action: String, hidden: [HiddenView]) {
        self.views = views
        self.action = action
        self.hidden = hidden
    }

    public var markup: Markup {
        """
        \(if: !views.isEmpty, "<p class=\"links\">常用视图：\(each: views, { "\($0) " })</p>")
        <details class="columns-choice"><summary>把现在的筛选、排序和列存为常用视图</summary>
        <form method="post" action="\(href: action)">\(each: hidden)
        <p class="boxes"><label for="view-name">名称</label> <input id="view-name" name="name" maxlength="30" autocomplete="off"> \(ButtonView("保存"))\
        \(if: !views.isEmpty, ButtonView("删除同名的", name: "_delete", weight: .quiet).markup)</p></form></details>
        """
    }
}
