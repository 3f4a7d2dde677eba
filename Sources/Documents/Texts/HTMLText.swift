/// 网页的正文。The text of HTML, a block a line; scripts, styles and tags are left out. It shows words, it does not judge markup.
enum HTMLText {
    static func isHTML(_ bytes: [UInt8]) -> Bool {
        let start = String(decoding: bytes.prefix(512).filter { $0 != 0 }, as: UTF8.self).lowercased()
        return start.contains("<!doctype html") || start.contains("<html")
    }

    static func read(_ html: String) -> String {
        var reader = HTMLReader(Array(html.unicodeScalars))
        return reader.text()
    }
}

private struct HTMLReader {
    private let marks: [Unicode.Scalar]
    private var place = 0
    private var words = String.UnicodeScalarView()

    init(_ marks: [Unicode.Scalar]) { self.marks = marks }

    mutating func text() -> String {
        while place < marks.count {
            switch marks[place] {
            case "<": tag()
            case "&": reference()
            case "\n", "\r", "\t": space()
            default: keep(marks[place])
            }
        }
        return String(words)
    }

    private mutating func keep(_ mark: Unicode.Scalar) {
        words.append(mark)
        place += 1
    }

    /// Line breaks of the source are spaces.
    private mutating func space() {
        if let last = words.last, last != " ", last != "\n" { words.append(" ") }
        place += 1
    }

    private mutating func tag() {
        if has("<!--") { return skip(past: "-->") }
        let name = tagName()
        skip(past: ">")
        if hidden.contains(name) { return skip(past: "</" + name, then: ">") }
        if blocks.contains(name), let last = words.last, last != "\n" { words.append("\n") }
        if name == "td" || name == "th" { words.append("\t") }
    }

    private func tagName() -> String {
        var i = place + 1, name = ""
        if i < marks.count, marks[i] == "/" { i += 1 }
        while i < marks.count, marks[i].properties.isAlphabetic || marks[i].properties.numericType != nil {
            name.unicodeScalars.append(marks[i])
            i += 1
        }
        return name.lowercased()
    }

    private func has(_ word: String) -> Bool {
        place + word.unicodeScalars.count <= marks.count && zip(marks[place...], word.unicodeScalars).allSatisfy { mark, sign in
            mark == sign || (mark.isASCII && mark.properties.lowercaseMapping == String(sign))
        }
    }

    private mutating func skip(past end: String, then close: String? = nil) {
        while place < marks.count, !has(end) { place += 1 }
        place = min(marks.count, place + end.unicodeScalars.count)
        if let close { skip(past: close) }
    }

    private mutating func reference() {
        guard let end = marks[place...].prefix(12).firstIndex(of: ";") else { return keep("&") }
        let name = String(String.UnicodeScalarView(marks[place + 1 ..< end]))
        guard let scalar = scalar(named: name) else { return keep("&") }
        words.append(scalar)
        place = end + 1
    }

    private func scalar(named name: String) -> Unicode.Scalar? {
        if name.hasPrefix("#x") || name.hasPrefix("#X") { return UInt32(name.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init) }
        if name.hasPrefix("#") { return UInt32(name.dropFirst()).flatMap(Unicode.Scalar.init) }
        return named[name]
    }
}

private let hidden: Set<String> = ["script", "style", "noscript", "template", "title"]
private let blocks: Set<String> = [
    "p", "div", "br", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "header", "footer", "blockquote", "pre", "body", "dd", "dt", "hr",
]
private let named: [String: Unicode.Scalar] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "ensp": " ", "emsp": " ", "ldquo": "“", "rdquo": "”", "lsquo": "‘", "rsquo": "’",
    "mdash": "—", "ndash": "–", "middot": "·", "hellip": "…", "times": "×", "permil": "‰", "ge": "≥", "le": "≤",
]
