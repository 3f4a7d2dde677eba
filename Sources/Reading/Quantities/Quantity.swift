/// 数量。One figure of a document: of what, how much, when, of which kind, and where it stands.
public struct Quantity: Sendable {
    /// 性质。
    public enum Kind: String, Sendable, CaseIterable {
        /// 本期发生。
        case actual
        /// 期末现有。
        case stock
        /// 标准、门槛、制度规定。
        case standard
        /// 计划要达到。
        case target

        public var label: String {
            switch self {
            case .actual: "本期"
            case .stock: "现有"
            case .standard: "标准"
            case .target: "目标"
            }
        }
    }

    /// Where it stands, in Unicode scalars of the original, and its line counted from 1.
    public struct Place: Sendable, Hashable {
        public let range: Range<Int>
        public let line: Int
    }

    public let indicator: String
    public let comparison: Comparison
    /// In base units: 万 and 亿 are written out. nil when the text masks it (3xx余万元).
    public let value: Figure?
    public let unit: String
    /// What it was before, of 由X提高到Y.
    public let previous: Figure?
    public let from: Day?
    public let until: Day?
    public let kind: Kind
    public let place: Place
    /// The words it stands in, as the document writes them.
    public let sentence: String
    /// The headings above it, outermost first.
    public let path: [String]
    /// Whether it was written in Arabic digits.
    public let isInDigits: Bool
    /// 至少6个, 约80张: value, unit and bound as people read them.
    public var shown: String {
        let figure = (value?.description ?? "（遮盖）") + unit
        return switch comparison {
        case .exactly: figure
        case .atLeast: "不低于" + figure
        case .atMost: "不超过" + figure
        case .about: "约" + figure
        }
    }

    /// How the number came about; a checklist's length is no aim.
    let origin: Amount.Origin
    /// Where it stands in the cleaned paragraph.
    let range: Range<Int>
    /// The sentence of the outline it stands in.
    let sentenceIndex: Int
}
