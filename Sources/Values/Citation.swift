/// 依据。A document, its number and the article: 《最低生活保障审核确认办法》（民发〔2021〕57号）第十三条.
public struct Citation: Hashable, Sendable {
    public let title: String
    public let number: String?
    public let article: String?

    public init(_ title: String, number: String? = nil, article: String? = nil) {
        self.title = title
        self.number = number
        self.article = article
    }

    /// As it is printed on a notice. A title that brings its own 《》 keeps them.
    public var text: String {
        let named = title.hasPrefix("《") ? title : "《\(title)》"
        let numbered = number.map { "（\($0)）" } ?? ""
        return named + numbered + (article ?? "")
    }
}
