import Pages
import Testing

@Suite("标记")
struct MarkupTests {
    @Test("文本和属性都转义", arguments: [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("\" onmouseover=\"x", "&quot; onmouseover=&quot;x"),
        ("' onfocus='x", "&#39; onfocus=&#39;x"),
        ("a && b", "a &amp;&amp; b"),
        ("&lt;", "&amp;lt;"),
        ("</textarea><img src=x>", "&lt;/textarea&gt;&lt;img src=x&gt;"),
        ("", ""),
        ("阿卜杜热合曼·示例", "阿卜杜热合曼·示例"),
        ("𠮷<", "𠮷&lt;"),
        ("<", "&lt;"),
    ])
    func valuesAreEscaped(value: String, written: String) {
        #expect(("\(value)" as Markup).text == written)
        #expect(("<b>\(value)</b>" as Markup).text == "<b>\(written)</b>")
        #expect(("<i title='\(value)'>" as Markup).text == "<i title='\(written)'>")
        #expect(("<i\(attribute: "title", value)>" as Markup).text == "<i title=\"\(written)\">")
    }

    @Test func nestedMarkupAndPartsAreNot() {
        let inner: Markup = "<b>\("<")</b>"
        let none: Markup? = nil
        #expect(("<p>\(inner)\(none)\(TagView("在保", .ok))</p>" as Markup).text == "<p><b>&lt;</b><span class=\"tag ok\">在保</span></p>")
    }

    @Test func listsConditionsAndFlags() {
        #expect(("\(each: ["a", "<"], { "<li>\($0)</li>" })" as Markup).text == "<li>a</li><li>&lt;</li>")
        #expect(("\(if: false, "<b></b>")\(if: true, "<i></i>")\(some: "x" as String?, { "\($0)" })" as Markup).text == "<i></i>x")
        #expect(("<i\(flag: "hidden", true)\(flag: "open", false)\(attribute: "id", nil)>\(7)" as Markup).text == "<i hidden>7")
        #expect(Markup.empty.isEmpty && Markup.empty.text.isEmpty)
    }

    @Test("地址", arguments: [
        ("javascript:alert(1)", false), ("JaVaScRiPt:alert(1)", false), (" javascript:alert(1)", false), ("java\nscript:alert(1)", false),
        ("\u{1}javascript:x", false), ("data:text/html,x", false), ("vbscript:x", false), ("//evil.example", false), ("/\\evil.example", false),
        ("\\\\evil.example", false), ("/\t/evil.example", false), ("http://example.cn", false), ("https://", false), ("mailto:a@b", false), ("", false), ("a:b", false),
        ("/people/1", true), ("/", true), ("?after=k1", true), ("#f-name", true), ("https://example.cn/x", true), ("HTTPS://example.cn", true),
        ("people/1", true), ("pages.css?v=1:2", true), ("/a:b", true), ("./x:y", true),
    ])
    func addresses(address: String, isSafe: Bool) {
        #expect(Href.isSafe(address) == isSafe)
        #expect(("\(href: address)" as Markup).text == (isSafe ? address : "#"))
    }

    @Test("恶意文字进不了任何部件", arguments: ["<script>x</script>", "\"><img src=x onerror=y>", "' autofocus onfocus='x"])
    func partsEscape(_ hostile: String) {
        let parts: [any Part] = [
            FieldView([hostile], hostile, .money, value: hostile, hint: hostile, problem: hostile),
            FieldView(["a"], hostile, .longText(), value: hostile), FieldView(["a"], hostile, .reference(shown: hostile), value: hostile),
            FieldView(["a"], hostile, .attachment(accept: hostile, uploaded: hostile), value: hostile),
            ButtonView(hostile, name: hostile, value: hostile, formAction: "javascript:x", confirm: hostile),
            TableView(caption: hostile, columns: [ColumnView(hostile)], rows: [TableRowView([.text(hostile)], href: "javascript:x")], empty: EmptyView(hostile, hostile)),
            NoticeBoxView(.warn, hostile, hostile, links: [LinkView(hostile, href: "javascript:x")]),
            FactsView([.init(hostile, hostile)]), StepsView([.init(hostile, .current, date: hostile, person: hostile, note: hostile)]),
            ArithmeticView(hostile, [.init(hostile, hostile, basis: hostile)]),
        ]
        for part in parts {
            let text = part.markup.text
            #expect(!text.contains(hostile), "\(type(of: part))")
            #expect(!text.contains("javascript:"), "\(type(of: part))")
        }
    }
}
