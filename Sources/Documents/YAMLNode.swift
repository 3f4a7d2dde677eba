import Values

/// YAML 文档的一个节点。Keys keep their order; every scalar is text, and the reader of a policy file says what it means.
public struct YAMLNode: Sendable {
    public enum Content: Hashable, Sendable {
        /// Nothing after the colon, `~` or `null`.
        case empty
        case scalar(String)
        case sequence([YAMLNode])
        case mapping([YAMLEntry])
    }

    public let content: Content
    /// Where it was read, counted from 1; nil when it was made here.
    public let line: Int?

    public init(_ content: Content, line: Int? = nil) {
        self.content = content
        self.line = line
    }

    public static let empty = YAMLNode(.empty)
    public static func scalar(_ text: String) -> YAMLNode { YAMLNode(.scalar(text)) }
    public static func sequence(_ items: [YAMLNode]) -> YAMLNode { YAMLNode(.sequence(items)) }
    public static func mapping(_ entries: KeyValuePairs<String, YAMLNode>) -> YAMLNode {
        YAMLNode(.mapping(entries.map { YAMLEntry($0.key, $0.value) }))
    }
}

/// One key of a mapping and what it says.
public struct YAMLEntry: Hashable, Sendable {
    public let key: String
    public let value: YAMLNode

    public init(_ key: String, _ value: YAMLNode) {
        self.key = key
        self.value = value
    }
}

/// Two nodes are equal when they say the same, on whichever lines.
extension YAMLNode: Hashable {
    public static func == (a: YAMLNode, b: YAMLNode) -> Bool { a.content == b.content }
    public func hash(into hasher: inout Hasher) { hasher.combine(content) }
}

extension YAMLNode {
    /// What stands under a key; nil when the key is missing or says nothing.
    /// - Throws: `invalid` when this is no mapping.
    public func optional(_ key: String) throws(Refusal) -> YAMLNode? {
        guard case .mapping(let entries) = content else { throw refusal("此处应为“名称: 内容”的条目") }
        guard let found = entries.first(where: { $0.key == key })?.value, found.content != .empty else { return nil }
        return found
    }

    /// What stands under a key that must be there.
    public func required(_ key: String) throws(Refusal) -> YAMLNode {
        guard let found = try optional(key) else { throw refusal("缺少“\(key)”，请补填") }
        return found
    }

    /// The text of a scalar.
    public func text() throws(Refusal) -> String {
        guard case .scalar(let text) = content else { throw refusal("此处应为一项文字或数值") }
        return text
    }

    /// The items of a list.
    public func items() throws(Refusal) -> [YAMLNode] {
        guard case .sequence(let items) = content else { throw refusal("此处应为以“- ”开头的列表") }
        return items
    }

    /// Refuses keys nobody will read: most are misspelt, and a rule left out in silence is worse than an error.
    public func only(_ keys: Set<String>) throws(Refusal) {
        guard case .mapping(let entries) = content else { throw refusal("此处应为“名称: 内容”的条目") }
        for entry in entries where !keys.contains(entry.key) {
            throw entry.value.refusal("不认识的名称“\(entry.key)”，可用的有：\(keys.sorted().joined(separator: "、"))")
        }
    }

    /// A refusal that says where to look.
    public func refusal(_ message: String) -> Refusal {
        .invalid(line.map { "第 \($0) 行：\(message)" } ?? message)
    }
}
