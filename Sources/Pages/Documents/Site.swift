/// 网站。What every page of one installation shares.
public struct Site: Hashable, Sendable {
    /// E.g. 民政一体化平台.
    public let product: String
    /// E.g. 示范区民政局.
    public let bureau: String
    /// Where `Stylesheet.css` and `Scripts.javascript` are served; put a version in the address.
    public let stylesheet: String
    public let script: String
    /// 适老: everything larger, for this reader.
    public let elder: Bool
    /// Turns 适老 on or off and comes back. Scripts do it in place, in the cookie `elder` (1 or 0).
    public let elderHref: String

    public init(product: String, bureau: String, stylesheet: String, script: String, elder: Bool = false, elderHref: String = "/elder") {
        self.product = product
        self.bureau = bureau
        self.stylesheet = stylesheet
        self.script = script
        self.elder = elder
        self.elderHref = elderHref
    }
}

/// 场合。How densely a page is set.
public enum Room: String, Hashable, Sendable {
    /// 窗口内：hours a day.
    case desk
    /// 入户：a phone in one hand.
    case field
    /// 大厅：for everyone.
    case hall
}

extension Site {
    /// The whole HTML document around a body.
    func document(title: String, room: String, isIndexed: Bool = true, body: Markup) -> Markup {
        """
        <!DOCTYPE html>
        <html lang="zh-CN"\(attribute: "class", elder ? "elder" : nil)>
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="format-detection" content="telephone=no">\(if: !isIndexed, "<meta name=\"robots\" content=\"noindex, nofollow, noarchive\">")
        <title>\(title) · \(bureau)</title>
        <link rel="stylesheet" href="\(href: stylesheet)">
        <script src="\(href: script)" defer></script>
        </head>
        <body class="\(room)">
        <a class="skip" href="#content">跳到正文</a>
        \(body)
        </body>
        </html>
        """
    }

    var elderLink: Markup {
        "<a class=\"elder-link\" href=\"\(href: elderHref)\" data-elder>\(elder ? "标准字号" : "适老大字")</a>"
    }
}
