import Values

/// 规则参数。A number or choice that an authority may change: dated, placed and cited rulings of one type.
///
/// A ruling is a number, a ratio, a date or a case of a closed Swift enum; never an expression.
public struct Policy<Value: FieldValue>: Sendable {
    public let name: String
    public let title: String
    /// 「元/人·月」; empty where the value says it itself.
    public let unit: String
    /// What a value is given for: 城市、农村; A、B、C 类. Empty: one value for all.
    public let variants: [Choice]
    /// A place that rules nothing simply doesn't practise it: an add-on it doesn't give. Otherwise silence is a gap, and refuses.
    public let mayBeSilent: Bool

    public init(_ name: String, _ title: String, unit: String = "", variants: [Choice] = [], mayBeSilent: Bool = false) {
        self.name = name
        self.title = title
        self.unit = unit
        self.variants = variants
        self.mayBeSilent = mayBeSilent
    }

    /// A shipped value, with its source; it seeds the ruling table once.
    public func ships(_ value: Value, variant: String = "", in region: RegionCode, from: CivilDate, until: CivilDate? = nil, cite: String) -> ShippedRuling {
        ShippedRuling(policy: name, variant: variant, region: region, from: from, until: until, value: value.typed, cite: cite)
    }
}

extension CodeList {
    /// The cases of a code list as the variants of a policy.
    public static var variants: [Choice] { allCases.map { Choice(code: $0.rawValue, label: $0.label) } }
}

/// A policy without its type.
public struct AnyPolicy: Sendable {
    public let name: String
    public let title: String
    public let unit: String
    public let variants: [Choice]
    public let mayBeSilent: Bool
    public let kind: FieldKind
    /// Refuses a value that isn't of the policy's type; gives it back as people read it.
    public let shown: @Sendable (String) throws(Refusal) -> String

    public init<Value>(_ policy: Policy<Value>) {
        name = policy.name
        title = policy.title
        unit = policy.unit
        variants = policy.variants
        mayBeSilent = policy.mayBeSilent
        kind = Value.kind
        shown = { (text: String) throws(Refusal) -> String in try Value(typed: text).shown }
    }

    public func variantLabel(_ code: String) -> String { variants.first { $0.code == code }?.label ?? code }
}

/// A ruling as it ships with the program.
public struct ShippedRuling: Sendable, Hashable {
    public let policy: String
    public let variant: String
    public let region: RegionCode
    public let from: CivilDate
    public let until: CivilDate?
    /// The value as a person would type it.
    public let value: String
    public let cite: String

    public init(policy: String, variant: String, region: RegionCode, from: CivilDate, until: CivilDate?, value: String, cite: String) {
        self.policy = policy
        self.variant = variant
        self.region = region
        self.from = from
        self.until = until
        self.value = value
        self.cite = cite
    }
}

/// 规则。One dated, placed, cited value of a policy, drafted by one person and published by another.
public struct Ruling: Placed {
    public let id: ID<Ruling>
    public let policy: String
    public let variant: String
    public let region: RegionCode
    public let from: CivilDate
    /// The first day on which it no longer holds; nil while it does.
    public let until: CivilDate?
    public let value: String
    public let cite: String
    public let draftedBy: String
    public let draftedAt: Instant
    public let publishedBy: String?
    public let publishedAt: Instant?

    public static let table = "ruling"
    public static let title = "规则"
    public static let shape = Shape<Ruling> {
        Field(.id, \.id)
        Field(.policy, \.policy)
        Field(.variantCode, \.storedVariant)
        Field(.region, \.region)
        Field(.from, \.from)
        Field(.until, \.until)
        Field(.rulingValue, \.value)
        Field(.cite, \.cite)
        Field(.draftedBy, \.draftedBy)
        Field(.draftedAt, \.draftedAt)
        Field(.publishedBy, \.publishedBy)
        Field(.publishedAt, \.publishedAt)
    }

    /// A policy without variants stores a dash: a column that takes part in a key is never empty.
    private var storedVariant: String { variant.isEmpty ? "-" : variant }

    public init(from reading: Reading<Ruling>) throws(Refusal) {
        id = try reading(.id)
        policy = try reading(.policy)
        let stored: String = try reading(.variantCode)
        variant = stored == "-" ? "" : stored
        region = try reading(.region)
        from = try reading(.from)
        until = try reading(.until)
        value = try reading(.rulingValue)
        cite = try reading(.cite)
        draftedBy = try reading(.draftedBy)
        draftedAt = try reading(.draftedAt)
        publishedBy = try reading(.publishedBy)
        publishedAt = try reading(.publishedAt)
    }

    /// - Parameter publishedBy: who published it in the moment of drafting: what ships with the program.
    public init(_ id: ID<Ruling>, _ shipped: ShippedRuling, draftedBy: String, at: Instant, publishedBy: String? = nil) {
        self.init(id, shipped, draftedBy: draftedBy, at: at, published: publishedBy.map { ($0, at) })
    }

    public func published(by name: String, at now: Instant) -> Ruling {
        Ruling(id, asShipped, draftedBy: draftedBy, at: draftedAt, published: (name, now))
    }

    /// The same ruling, ended on a day: a later one takes its place.
    public func ended(on day: CivilDate) -> Ruling {
        let shipped = ShippedRuling(policy: policy, variant: variant, region: region, from: from, until: day, value: value, cite: cite)
        return Ruling(id, shipped, draftedBy: draftedBy, at: draftedAt, published: publishedBy.flatMap { by in publishedAt.map { (by, $0) } })
    }

    private init(_ id: ID<Ruling>, _ shipped: ShippedRuling, draftedBy: String, at: Instant, published: (by: String, at: Instant)?) {
        self.id = id
        policy = shipped.policy
        variant = shipped.variant
        region = shipped.region
        from = shipped.from
        until = shipped.until
        value = shipped.value
        cite = shipped.cite
        self.draftedBy = draftedBy
        draftedAt = at
        publishedBy = published?.by
        publishedAt = published?.at
    }

    public var asShipped: ShippedRuling {
        ShippedRuling(policy: policy, variant: variant, region: region, from: from, until: until, value: value, cite: cite)
    }
}

extension Term where Value == String {
    public static var policy: Term<String> { Term("policy", "规则参数") }
    public static var variantCode: Term<String> { Term("variant", "适用类别") }
    public static var rulingValue: Term<String> { Term("value", "数值或选择") }
    public static var cite: Term<String> { Term("cite", "依据", hint: "文件名称、文号或材料出处") }
    public static var draftedBy: Term<String> { Term("drafted_by", "起草人") }
    public static var publishedBy: Term<String> { Term("published_by", "发布人") }
}

extension Term where Value == CivilDate {
    public static var from: Term<CivilDate> { Term("from_on", "自", hint: "生效的第一天") }
    public static var until: Term<CivilDate> { Term("until_on", "至（不含）", hint: "失效的第一天，现行的不填") }
}

extension Term where Value == Instant {
    public static var draftedAt: Term<Instant> { Term("drafted_at", "起草时刻") }
    public static var publishedAt: Term<Instant> { Term("published_at", "发布时刻") }
}
