import Values

/// 选行办理。A form around a table whose rows can be chosen, with what may be done with the chosen ones; it works without scripts.
public struct SelectionView: Part, Hashable {
    public let action: String
    public let hidden: [HiddenView]
    /// 本页全部、符合筛选的全部.
    public let boxes: [ChoiceBoxView]
    /// The acts to choose from, sent as `act`'s name; none when only the buttons act.
    public let acts: [Choice]
    public let actName: String
    public let buttons: [ButtonView]
    public let content: Markup

    public init(action: String, hidden: [HiddenView], boxes: [ChoiceBoxView], acts: [Choice], actName: String = "_bulk", buttons: [ButtonView], content: Markup) {
        self.action = action
        self.hidden = hidden
        self.boxes = boxes
        self.acts = acts
        self.actName = actName
        self.buttons = buttons
        self.content = content
    }

    public var markup: Markup {
        """
        <form class="selection" method="post" action="\(href: action)">\(each: hidden)
        <div class="selection-bar"><p class="boxes">\(each: boxes)</p>\(if: !acts.isEmpty, choice)\(each: buttons)</div>
        \(content)
        </form>
        """
    }

    private var choice: Markup {
        """
        <label class="unseen" for="bulk-act">要办理的事项</label>\
        <select id="bulk-act" name="\(actName)"><option value="">对选中的行…</option>\
        \(each: acts, { "<option value=\"\($0.code)\">\($0.label)</option>" })</select>
        """
    }
}
