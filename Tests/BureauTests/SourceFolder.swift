import Foundation

/// 源码。The text of our own sources, for rules that are about text.
struct SourceFile: Sendable, CustomStringConvertible {
    /// Below the package: `Sources/Lines/Assistance/Assistance.swift`.
    let path: String
    let text: String
    var description: String { path }
    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

    /// The target it belongs to.
    var target: String {
        let parts = path.split(separator: "/").map(String.init)
        return parts[1] == "Lines" ? parts[2] : parts[1]
    }
    var isOfALine: Bool { path.hasPrefix("Sources/Lines/") }

    /// The modules it imports.
    var imports: [String] {
        lines.compactMap { line in
            let words = line.split(separator: " ").filter { !["public", "internal", "private", "@testable", "@preconcurrency", "@_implementationOnly"].contains($0) }
            guard words.first == "import", let module = words.dropFirst().last else { return nil }
            return String(module.split(separator: ".")[0])
        }
    }

    static let all: [SourceFile] = {
        let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let folder = package.appendingPathComponent("Sources")
        let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") } ?? []
        return paths.sorted().compactMap { path in
            guard let data = FileManager.default.contents(atPath: folder.appendingPathComponent(path).path) else { return nil }
            return SourceFile(path: "Sources/\(path)", text: String(decoding: data, as: UTF8.self))
        }
    }()
}

/// 登记的源码。A record, or a row in a table of its own, as its source says: the table, and for each column the names its term may have.
///
/// Shapes name terms by their Swift names; one Swift name may stand for several terms, told apart by their types.
struct RecordSource: Sendable, CustomStringConvertible {
    let table: String
    let isChild: Bool
    let columns: [Set<String>]
    var description: String { table }

    static func all() throws -> [RecordSource] {
        let terms = try terms(), shapes = try shapes()
        let kept = SourceFile.all.filter { $0.target != "Kernel" || $0.path.contains("Rulings") }
        var found: [RecordSource] = []
        for file in kept {
            for match in file.text.matches(of: try Regex(#"static let table = "([a-z_]+)"[\s\S]*?Shape<(\w+)>"#, as: (Substring, Substring, Substring).self)) {
                found.append(RecordSource(table: String(match.1), isChild: false, columns: try columns(shapes[String(match.2)] ?? "", terms)))
            }
        }
        for (name, body) in shapes {
            for match in body.matches(of: try Regex(#"Each\(\.(\w+), [^)]*table: "([a-z_]+)"\)"#, as: (Substring, Substring, Substring).self)) {
                guard let row = try rowType(of: String(match.1), in: name) else { continue }
                found.append(RecordSource(table: String(match.2), isChild: true, columns: try columns(shapes[row] ?? "", terms)))
            }
        }
        return found.sorted { $0.table < $1.table }
    }

    private static func columns(_ shape: String, _ terms: [String: Set<String>]) throws -> [Set<String>] {
        shape.matches(of: try Regex(#"\bField\(\.(\w+),"#, as: (Substring, Substring).self)).map { terms[String($0.1)] ?? [] }
    }

    /// Swift name of a term → the names it may have.
    private static func terms() throws -> [String: Set<String>] {
        let pattern = try Regex(#"static (?:var|let) (\w+): Term<[^=\n]*?\{\s*Term\(\s*"([a-z_0-9]+)""#, as: (Substring, Substring, Substring).self)
        var terms: [String: Set<String>] = [:]
        for file in SourceFile.all {
            for match in file.text.matches(of: pattern) { terms[String(match.1), default: []].insert(String(match.2)) }
        }
        return terms
    }

    /// Type → the body of its shape.
    private static func shapes() throws -> [String: String] {
        let pattern = try Regex(#"static let shape = Shape<(\w+)> \{([\s\S]*?)\}\n"#, as: (Substring, Substring, Substring).self)
        var shapes: [String: String] = [:]
        let shared = try sharedFields()
        for file in SourceFile.all {
            for match in file.text.matches(of: pattern) {
                shapes[String(match.1)] = shared.reduce(String(match.2)) { body, part in body.replacing(part.key, with: part.value) }
            }
        }
        return shapes
    }

    /// Fields that several shapes share, by the name under which a shape takes them in.
    private static func sharedFields() throws -> [String: String] {
        let pattern = try Regex(#"static var (\w+Fields): \[Field<Self>\] \{\s*\[([\s\S]*?)\n        \]"#, as: (Substring, Substring, Substring).self)
        var shared: [String: String] = [:]
        for file in SourceFile.all {
            for match in file.text.matches(of: pattern) { shared[String(match.1)] = String(match.2) }
        }
        return shared
    }

    /// The rows' type, from the term `[Row]`.
    private static func rowType(of term: String, in shape: String) throws -> String? {
        let pattern = try Regex("static (?:var|let) \(term): Term<\\[(\\w+)\\]>", as: (Substring, Substring).self)
        return SourceFile.all.lazy.compactMap { $0.text.firstMatch(of: pattern).map { String($0.1) } }.first
    }
}
