/// 依据。A document, its number and the article: 《最低生活保障审核确认办法》（民发〔2021〕57号）第十三条.
public struct Citation: Hashable, Sendable {
    public let title: String
    public let number: String?
    public let article: String?
    /// Words of our own rather than the title of a document.
    private let isPlain: Bool

    public init(_ title: String, number: String? = nil, article: String? = nil) {
        self.title = title
        self.number = number
        self.article = article
        isPlain = false
    }

    /// A source that is no document, or that already says everything itself: 001 号材料：自 2024 年 7 月起.
    public static func plain(_ text: String) -> Citation { Citation(plain: text) }

    private init(plain text: String) {
        title = text
        number = nil
        article = nil
        isPlain = true
    }

    /// As it is printed on a notice. A title that brings its own 《》 keeps them.
    public var text: String {
        guard !isPlain else { return title }
        let named = title.hasPrefix("《") ? title : "《\(title)》"
        let numbered = number.map { "（\($0)）" } ?? ""
        return named + numbered + (article ?? "")
    }
}
