import Yams

/// Writes a document as policy files look: two spaces a level, lists indented, nothing after the colon for what is
/// empty, and quotes around texts that another reader might take for a number, a truth or nothing. Dates stay bare.
public func emitYAML(_ node: YAMLNode) -> String {
    var lines: [String] = []
    write(node, indent: 0, opening: "", to: &lines)
    return lines.map { $0 + "\n" }.joined()
}

/// - Parameter opening: what already stands on the line, ending with ":" or "-".
private func write(_ node: YAMLNode, indent: Int, opening: String, to lines: inout [String]) {
    switch node.content {
    case .empty: lines.append(opening.isEmpty ? "~" : opening)
    case .scalar(let text): lines.append(joined(opening, written(text)))
    case .sequence(let items) where items.isEmpty: lines.append(joined(opening, "[]"))
    case .mapping(let entries) where entries.isEmpty: lines.append(joined(opening, "{}"))
    case .sequence(let items):
        for (place, opening) in openings(items.map { _ in "-" }, indent: indent, after: opening, to: &lines).enumerated() {
            write(items[place], indent: indent + 2, opening: opening, to: &lines)
        }
    case .mapping(let entries):
        let keys = entries.map { written($0.key) + ":" }
        for (place, opening) in openings(keys, indent: indent, after: opening, to: &lines).enumerated() {
            write(entries[place].value, indent: indent + 2, opening: opening, to: &lines)
        }
    }
}

/// How each entry's line begins. The first entry of an item of a list stands on the line of its dash; after
/// a key all entries start on lines of their own.
private func openings(_ marks: [String], indent: Int, after opening: String, to lines: inout [String]) -> [String] {
    let spaces = String(repeating: " ", count: indent)
    guard opening.hasSuffix("-") else {
        if !opening.isEmpty { lines.append(opening) }
        return marks.map { spaces + $0 }
    }
    return marks.enumerated().map { place, mark in place == 0 ? joined(opening, mark) : spaces + mark }
}

private func joined(_ opening: String, _ text: String) -> String { opening.isEmpty ? text : opening + " " + text }

/// Bare where no reader can mistake it, else in double quotes.
private func written(_ text: String) -> String {
    let tag = Node(text).tag
    guard tag == Tag(.str) || tag == Tag(.timestamp), isBare(text) else { return quoted(text) }
    return text
}

/// Starts with a letter, digit or Chinese character, and holds no ASCII sign that means something in YAML.
private func isBare(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, !text.hasSuffix(" ") else { return false }
    return isWord(first) && text.unicodeScalars.allSatisfy { isWord($0) || " -._/()+%".unicodeScalars.contains($0) }
}

private func isWord(_ scalar: Unicode.Scalar) -> Bool {
    guard !scalar.isASCII else { return scalar.properties.isAlphabetic || scalar.properties.numericType != nil }
    return isPrintable(scalar) && !scalar.properties.isWhitespace
}

private func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"", "\\": quoted += "\\" + String(scalar)
        case "\n": quoted += "\\n"
        case "\t": quoted += "\\t"
        case _ where isPrintable(scalar): quoted.unicodeScalars.append(scalar)
        default:
            let digits = String(scalar.value, radix: 16)
            quoted += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
        }
    }
    return quoted + "\""
}

/// What YAML lets stand as it is, less the line separators and marks that eyes do not see.
private func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...: true
    default: false
    }
}
