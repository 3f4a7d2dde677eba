import Documents
import Kernel
import Values

/// 规则文件。Policies with all their rulings, as they are exported, read by people, and imported elsewhere.
struct PolicyFile: Hashable {
    var sections: [Section]

    struct Section: Hashable {
        let policy: String
        let title: String
        let unit: String
        var rulings: [FiledRuling]
    }

    /// Every ruling of the file, earliest first, so that a later one ends the one before.
    var rulings: [FiledRuling] { sections.flatMap(\.rulings).sorted { $0.ruling.from < $1.ruling.from } }
}

struct FiledRuling: Hashable {
    let ruling: ShippedRuling
    /// Drafted and not yet published.
    let isDraft: Bool
}

// MARK: Writing

extension PolicyFile {
    /// Policies in the order of the house, rulings by kind, place and day.
    init(_ policies: [AnyPolicy], rulings: [Ruling]) {
        sections = policies.compactMap { policy in
            let own = rulings.filter { $0.policy == policy.name }.sorted(by: Self.precedes)
            guard !own.isEmpty else { return nil }
            return Section(policy: policy.name, title: policy.title, unit: policy.unit,
                           rulings: own.map { FiledRuling(ruling: $0.asShipped, isDraft: $0.publishedAt == nil) })
        }
    }

    private static func precedes(_ a: Ruling, _ b: Ruling) -> Bool {
        (a.variant, a.region.code, a.from.typed, a.value, a.id.text) < (b.variant, b.region.code, b.from.typed, b.value, b.id.text)
    }

    var text: String { emitYAML(.sequence(sections.map(\.node))) }
}

extension PolicyFile.Section {
    fileprivate var node: YAMLNode {
        var entries = [YAMLEntry("policy", .scalar(policy)), YAMLEntry("title", .scalar(title))]
        if !unit.isEmpty { entries.append(YAMLEntry("unit", .scalar(unit))) }
        entries.append(YAMLEntry("rulings", .sequence(rulings.map(\.node))))
        return YAMLNode(.mapping(entries))
    }
}

extension FiledRuling {
    fileprivate var node: YAMLNode {
        var entries = [YAMLEntry("region", .scalar(ruling.region.code))]
        if !ruling.variant.isEmpty { entries.append(YAMLEntry("variant", .scalar(ruling.variant))) }
        entries += [
            YAMLEntry("from", .scalar(ruling.from.typed)), YAMLEntry("until", ruling.until.map { .scalar($0.typed) } ?? .empty),
            YAMLEntry("value", .scalar(ruling.value)), YAMLEntry("cite", .scalar(ruling.cite)),
        ]
        if isDraft { entries.append(YAMLEntry("draft", .scalar("是"))) }
        return YAMLNode(.mapping(entries))
    }
}

// MARK: Reading

extension PolicyFile {
    /// One policy, or a list of them.
    /// - Throws: `.invalid`, naming the line: unknown names, values that aren't of the policy's type, missing citations.
    init(parsing text: String, for house: House) throws(Refusal) {
        let node = try parseYAML(text)
        var nodes = [node]
        if case .sequence(let items) = node.content { nodes = items }
        sections = []
        for node in nodes { sections.append(try Section(node, for: house)) }
    }
}

extension PolicyFile.Section {
    fileprivate init(_ node: YAMLNode, for house: House) throws(Refusal) {
        try node.only(["policy", "title", "unit", "rulings"])
        let name = try node.required("policy")
        guard let policy = house.policy(try name.text()) else { throw name.refusal("没有「\(try name.text())」这项规则参数") }
        self.policy = policy.name
        title = policy.title
        unit = policy.unit
        rulings = []
        for item in try node.required("rulings").items() { rulings.append(try FiledRuling(item, of: policy)) }
    }
}

extension FiledRuling {
    fileprivate init(_ node: YAMLNode, of policy: AnyPolicy) throws(Refusal) {
        try node.only(["region", "variant", "from", "until", "value", "cite", "draft"])
        let from: CivilDate = try node.value("from"), until: CivilDate? = try node.optionalValue("until")
        if let until, until <= from { throw try node.required("until").refusal("失效日期须晚于生效日期") }
        let value = try node.required("value")
        do throws(Refusal) { _ = try policy.shown(try value.text()) } catch { throw value.refusal("「\(policy.title)」的取值有误：\(error.message)") }
        ruling = ShippedRuling(policy: policy.name, variant: try Self.variant(node, of: policy), region: try node.value("region"), from: from, until: until,
                               value: try value.text(), cite: try node.value("cite"))
        isDraft = try node.optionalValue("draft") ?? false
    }

    private static func variant(_ node: YAMLNode, of policy: AnyPolicy) throws(Refusal) -> String {
        let given: String? = try node.optionalValue("variant"), codes = policy.variants.map(\.code)
        guard codes.isEmpty ? given == nil : codes.contains(given ?? "") else {
            throw node.refusal(codes.isEmpty ? "「\(policy.title)」不分类别，请删去 variant" : "variant 应为以下之一：\(codes.joined(separator: "、"))")
        }
        return given ?? ""
    }
}

extension YAMLNode {
    fileprivate func value<Value: FieldValue>(_ key: String) throws(Refusal) -> Value {
        let node = try required(key)
        do throws(Refusal) { return try Value(typed: try node.text()) } catch { throw node.refusal(error.message) }
    }

    fileprivate func optionalValue<Value: FieldValue>(_ key: String) throws(Refusal) -> Value? {
        guard try optional(key) != nil else { return nil }
        return try value(key)
    }
}
