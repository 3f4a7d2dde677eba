import Kernel
import Values

/// The names of a form, taken apart at their dots.
private struct FormTree {
    private(set) var text: String?
    /// In the order in which they came.
    private(set) var names: [String] = []
    private var children: [String: FormTree] = [:]

    subscript(name: String) -> FormTree? { children[name] }

    mutating func insert(_ text: String, at path: ArraySlice<String>) {
        guard let first = path.first else { self.text = text; return }
        if children[first] == nil { names.append(first) }
        children[first, default: FormTree()].insert(text, at: path.dropFirst())
    }
}

/// Turns the names of a form into the values of an outline: `members.m1.incomes.i2.amount_fen`.
struct FormReader {
    static let depth = 8
    static let rowsAtMost = Outline.rowsAtMost
    /// Behind an attachment's name: the file itself.
    static let filePart = "_file"

    private var tree = FormTree()
    /// Texts that were longer than their field may ever be.
    private(set) var problems: [Refusal.Problem] = []
    private let outline: Outline

    /// - Throws: `.invalid` for names that this form doesn't have.
    init(_ form: SentForm, _ outline: Outline) throws(Refusal) {
        self.outline = outline
        for name in form.names where !name.hasPrefix("_") {
            let path = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            guard path.count <= Self.depth, path.allSatisfy(Self.isPlain) else { throw Self.foreign(name) }
            tree.insert(form.text(name) ?? "", at: path[...])
            if form.overlong.contains(name) { problems.append(.init(path, Self.overlong(outline.field(at: path)))) }
        }
    }

    func values() throws(Refusal) -> RawFields { try Self.fields(tree, outline, []) }

    private static func overlong(_ field: FieldOutline?) -> String {
        guard case .value(_, let length)? = field?.content else { return "内容太长，请缩短后再提交" }
        return "内容太长，最多 \(length) 个字，请缩短后再提交"
    }

    private static func fields(_ tree: FormTree, _ outline: Outline, _ path: [String]) throws(Refusal) -> RawFields {
        var values = RawFields()
        for name in tree.names {
            guard let field = outline[name], let child = tree[name] else { throw foreign((path + [name]).joined(separator: ".")) }
            values[name] = try raw(child, field, path + [name])
        }
        return values
    }

    private static func raw(_ tree: FormTree, _ field: FieldOutline, _ path: [String]) throws(Refusal) -> Raw {
        switch field.content {
        case .value:
            guard tree.names.isEmpty, let text = tree.text else { throw foreign(path.joined(separator: ".")) }
            return .typed(text)
        case .group(let outline): return .group(try fields(tree, outline, path))
        case .rows(let outline):
            guard tree.names.count <= rowsAtMost else { throw .tooLarge("「\(field.label)」最多 \(rowsAtMost) 行，请分几次办理") }
            var rows: [RawRow] = []
            for key in tree.names {
                guard let row = tree[key] else { continue }
                rows.append(RawRow(key: key, fields: try fields(row, outline, path + [key])))
            }
            return .rows(rows)
        }
    }

    private static func isPlain(_ segment: String) -> Bool {
        !segment.isEmpty && segment.utf8.count <= 60
            && segment.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a") ... UInt8(ascii: "z"), UInt8(ascii: "A") ... UInt8(ascii: "Z"),
                     UInt8(ascii: "0") ... UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"): true
                default: false
                }
            }
    }

    private static func foreign(_ name: String) -> Refusal {
        .invalid("表单里有这一页没有的项（\(name.prefix(60))），没有办理任何事。请重新打开表单再填")
    }
}

extension Outline {
    /// The bytes of the longest text that one of its fields may hold, four for a character, up to four million.
    var textBytes: Int {
        let longest = fields.reduce(0) { longest, field in
            switch field.content {
            case .value(_, let length): max(longest, 4 * min(length, 1 << 20))
            case .group(let outline), .rows(let outline): max(longest, outline.textBytes)
            }
        }
        return max(longest, FormLimits.textBytes)
    }

    /// The field a path leads to, through groups and the rows of repeated groups.
    func field(at path: [String]) -> FieldOutline? {
        guard let name = path.first, let field = self[name] else { return nil }
        let rest = Array(path.dropFirst())
        guard !rest.isEmpty else { return field }
        switch field.content {
        case .value: return nil
        case .group(let outline): return outline.field(at: rest)
        case .rows(let outline): return rest.count == 1 ? nil : outline.field(at: Array(rest.dropFirst()))
        }
    }
}
