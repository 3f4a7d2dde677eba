import Pages

/// 依据。The documents of a sheet, numbered; each named once with all its articles, so that the tables only point to them.
struct Grounds: Sendable, Hashable {
    private(set) var documents: [Document] = []

    struct Document: Sendable, Hashable {
        let title: String
        var articles: [String]
    }

    /// - Parameter bases: texts such as 《最低生活保障审核确认办法》（民发〔2021〕57号）第七条, in the order they are met.
    init(_ bases: [String]) {
        for basis in bases {
            let (title, article) = Self.split(basis)
            guard let index = documents.firstIndex(where: { $0.title == title }) else {
                documents.append(Document(title: title, articles: [article].compactMap(\.self)))
                continue
            }
            if let article, !documents[index].articles.contains(article) { documents[index].articles.append(article) }
        }
    }

    var texts: [String] { documents.map { $0.title + $0.articles.joined(separator: "、") } }

    /// 「〔1〕第七条」; the text itself where the document isn't among these.
    func mark(_ basis: String) -> String {
        let (title, article) = Self.split(basis)
        guard let index = documents.firstIndex(where: { $0.title == title }) else { return basis }
        return Sheet.mark(index) + (article ?? "")
    }

    /// The document and its article; a local document has no article of this form.
    private static func split(_ basis: String) -> (title: String, article: String?) {
        guard basis.hasPrefix("《"), basis.hasSuffix("条"), let close = basis.firstIndex(of: "》") else { return (basis, nil) }
        let afterTitle = basis.index(after: close)
        let numberEnd = basis[afterTitle...].hasPrefix("（") ? basis[afterTitle...].firstIndex(of: "）").map { basis.index(after: $0) } : afterTitle
        guard let start = numberEnd, basis[start...].hasPrefix("第") else { return (basis, nil) }
        return (String(basis[..<start]), String(basis[start...]))
    }
}
