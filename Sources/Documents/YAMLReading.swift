import Values
import Yams

/// Reads one YAML document.
/// - Throws: `invalid`, naming the line where it can, for broken text, a key given twice, several documents, or
///   anchors, whose copies a reader of a policy file does not see; `tooLarge` above 4 MB.
public func parseYAML(_ text: String) throws(Refusal) -> YAMLNode {
    guard text.utf8.count <= 4 << 20 else { throw .tooLarge("文件超过 4 MB，请拆分后分别导入") }
    // The parser must outlive the conversion: nodes know their anchors only as long as it does.
    let parser: Parser, root: Node?
    do {
        parser = try Parser(yaml: text)
        root = try parser.singleRoot()
    } catch { throw refusal(for: error) }
    defer { withExtendedLifetime(parser) {} }
    guard let root else { throw .invalid("文件没有内容，请检查是否选错了文件") }
    return try converted(root)
}

private func converted(_ node: Node) throws(Refusal) -> YAMLNode {
    let line = node.mark?.line
    guard node.anchor == nil else { throw YAMLNode(.empty, line: line).refusal("不支持 & 和 * 引用，请写出完整内容") }
    switch node {
    case .scalar(let scalar):
        return YAMLNode(node.tag == Tag(.null) ? .empty : .scalar(scalar.string), line: line)
    case .sequence(let sequence):
        var items: [YAMLNode] = []
        for item in sequence { items.append(try converted(item)) }
        return YAMLNode(.sequence(items), line: line)
    case .mapping(let mapping):
        var entries: [YAMLEntry] = []
        for (key, value) in mapping { entries.append(YAMLEntry(try converted(key).text(), try converted(value))) }
        return YAMLNode(.mapping(entries), line: line)
    case .alias:
        throw YAMLNode(.empty, line: line).refusal("不支持 & 和 * 引用，请写出完整内容")
    }
}

private func refusal(for error: any Error) -> Refusal {
    let advice = "格式有误，请检查缩进、冒号后的空格和成对的引号"
    switch error as? YamlError {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _):
        return .invalid("第 \(mark.line) 行附近\(advice)")
    case .composer(_, _, let mark, _):
        return .invalid("第 \(mark.line) 行：文件只能有一份文档，且不支持 & 和 * 引用")
    case .duplicatedKeysInMapping(let keys, let context):
        return .invalid("第 \(context.mark.line) 行：名称重复（\(keys.joined(separator: "、"))），请只保留一处")
    default:
        return .invalid("文件\(advice)")
    }
}
