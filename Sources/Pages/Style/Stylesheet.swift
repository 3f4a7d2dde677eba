/// 样式表。The whole stylesheet, in one layer order; serve it as `text/css` from the site's own address.
public enum Stylesheet {
    public static let css = [
        "@layer base, layout, parts, pages;\n",
        tokens, base, layout, buttonsAndForms, rowsAndSections, tables, signs, lists, charts, pages, plans, official, narrow, print,
    ].joined()
}
