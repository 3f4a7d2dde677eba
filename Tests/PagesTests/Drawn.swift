/// A drawn page, read tag by tag, strictly enough to catch an attribute without quotes.
struct Drawn {
    struct Tag {
        let name: String
        let attributes: [String: String]
        var id: String? { attributes["id"] }
    }

    let tags: [Tag]
    /// What a reader of the source would call wrong: an unquoted or repeated attribute, an unclosed element.
    let faults: [String]

    init(_ text: String) {
        var tags: [Tag] = [], faults: [String] = [], open: [String] = []
        for piece in text.split(separator: "<", omittingEmptySubsequences: false).dropFirst() {
            guard let end = piece.firstIndex(of: ">") else { faults.append("no end: \(piece.prefix(40))"); continue }
            let inside = piece[..<end]
            if inside.hasPrefix("!") { continue }
            if inside.hasPrefix("/") {
                if open.popLast() != String(inside.dropFirst()) { faults.append("crossed: \(inside)") }
                continue
            }
            let name = String(inside.prefix { $0 != " " })
            let (attributes, wrong) = Self.attributes(inside.dropFirst(name.count))
            faults += wrong.map { "\(name): \($0)" }
            tags.append(Tag(name: name, attributes: attributes))
            if !Self.void.contains(name) { open.append(name) }
        }
        self.tags = tags
        self.faults = faults + open.map { "open: \($0)" }
    }

    func all(_ name: String) -> [Tag] { tags.filter { $0.name == name } }
    var ids: [String] { tags.compactMap(\.id) }

    private static let void: Set = ["meta", "link", "input", "img", "br", "hr"]

    private static func attributes(_ text: Substring) -> ([String: String], [String]) {
        var attributes: [String: String] = [:], wrong: [String] = [], rest = text.drop { $0 == " " }
        while !rest.isEmpty {
            let name = String(rest.prefix { $0 != "=" && $0 != " " })
            rest = rest.dropFirst(name.count)
            var value = ""
            if rest.first == "=" {
                guard rest.dropFirst().first == "\"" else { return (attributes, wrong + ["unquoted \(name)"]) }
                rest = rest.dropFirst(2)
                value = String(rest.prefix { $0 != "\"" })
                rest = rest.dropFirst(value.count + 1)
                if let next = rest.first, next != " " { wrong.append("no blank after \(name)") }
            }
            if attributes.updateValue(value, forKey: name) != nil { wrong.append("repeated \(name)") }
            rest = rest.drop { $0 == " " }
        }
        return (attributes, wrong)
    }
}
