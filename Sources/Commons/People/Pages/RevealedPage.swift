import Kernel
import Pages
import Values

/// 号码原文。What an act of revealing opened, to whoever did it, for ten minutes.
let revealedPage: Page = Page("revealed/{act}", "号码原文", roles: RevealIdentifiers.roles) { visit in
    let revealed = try visit.reader.revealed(by: try visit.id("act"))
    return Page.Body("\(revealed.name.shown)的号码原文", breadcrumbs: [("人员登记", "/people/persons")]) {
        """
        \(NoticeBoxView(.warn, "显示到 \(revealed.until.shown)，只限您本人", "这次查看已记入日志和查阅记录。请勿抄录、拍照外传。"))
        \(PanelView("号码", revealed.numbers.isEmpty ? EmptyView("没有登记任何号码", "这份档案没有身份号码、证件号码和电话。").markup
                    : FactsView(revealed.numbers.map { .init($0.label, $0.text) }).markup))
        """
    }
}
