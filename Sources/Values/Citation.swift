/// 依据。A document, its number and the article: 《最低生活保障审核确认办法》（民发〔2021〕57号）第十三条.
public struct Citation: Hashable, Sendable {
    public let title: String
    public let number: String?
    public let article: String?
    /// Not a document's title: 「001 号材料」, 「试算所填参数」. Printed as it is.
    public let isPlain: Bool

    /// A source that isn't a titled document, or is already written out.
    public static func plain(_ text: String) -> Citation { Citation(text, isPlain: true) }

    private init(_ text: String, isPlain: Bool) {
        title = text
        number = nil
        article = nil
        self.isPlain = isPlain
    }

    public init(_ title: String, number: String? = nil, article: String? = nil) {
        self.title = title
        self.number = number
        self.article = article
        isPlain = false
    }

    /// As it is printed on a notice. A title that brings its own 《》 keeps them.
    public var text: String {
        let named = isPlain || title.hasPrefix("《") ? title : "《\(title)》"
        let numbered = number.map { "（\($0)）" } ?? ""
        return named + numbered + (article ?? "")
    }
}
