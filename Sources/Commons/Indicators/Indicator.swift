import Kernel
import Storage
import Values

/// 指标。A figure the bureau answers for: its name, unit and definition, and how it is found for any month, region and category.
///
/// Lines offer the ones that their registers can count; where no register is kept yet, a manual series stands in the same catalogue and says so.
public struct Indicator: Offer {
    /// 数是怎么来的。
    public enum Nature: String, CodeList {
        /// How much there is at the end of a month: the last month of a span stands for it.
        case stock
        /// What happened within a month: the months of a span are added.
        case flow
        /// What an authority has laid down, as it stands at the end of a month.
        case standard
        /// One figure over another, both of the whole span; never an average of rates.
        case rate

        public var label: String {
            switch self { case .stock: "期末数"; case .flow: "本期数"; case .standard: "标准"; case .rate: "比率" }
        }
    }

    /// How its amount is found.
    public enum Source: Sendable {
        /// Counted from the rows of a register; kept as totals.
        case counted(Tally)
        /// The amount of one indicator over that of another, times so much: 10,000 for per cent with two decimals.
        case rate(of: String, to: String, times: Int64)
        /// Other indicators added, and some taken away: natural growth is births less deaths.
        case sum(of: [String], less: [String] = [])
        /// Read from the rulings as they stand on a day in a region, in the indicator's own small unit.
        case ruled(@Sendable (CivilDate, RegionCode, Reader) throws -> Int64?)
        /// 手工填报。
        case entered
    }

    /// In addresses and traces: line, dot, name, such as `assistance.households`.
    public let code: String
    /// 低保在保户数。
    public let name: String
    /// 业务领域，如社会救助、养老服务。
    public let area: String
    public let unit: IndicatorUnit
    public let nature: Nature
    /// 口径：what is counted and what isn't, for people.
    public let definition: String
    /// 来源：which register, and which acts make it move.
    public let basis: String
    /// Other names under which documents speak of it.
    public let words: [String]
    /// What it can be told apart by, such as 城乡; nil for a single figure.
    public let categories: IndicatorCategories?
    public let source: Source

    public init(_ code: String, _ name: String, area: String, unit: IndicatorUnit, _ nature: Nature, definition: String, basis: String,
                words: [String] = [], by categories: IndicatorCategories? = nil, from source: Source) {
        self.code = code
        self.name = name
        self.area = area
        self.unit = unit
        self.nature = nature
        self.definition = definition
        self.basis = basis
        self.words = words
        self.categories = categories
        self.source = source
    }

    /// 手工填报: entered by people until a register of its own counts it.
    public var isManual: Bool {
        if case .entered = source { true } else { false }
    }

    /// 手工填报 or 系统计算.
    public var sourceLabel: String { isManual ? "手工填报" : "系统计算" }

    public var link: String { "/indicators/show/\(code)" }
}

/// 分类。What the amount of an indicator is told apart by.
public struct IndicatorCategories: Sendable, Hashable {
    public let title: String
    public let choices: [Choice]

    public init(_ title: String, _ choices: [Choice]) { (self.title, self.choices) = (title, choices) }

    public func label(_ code: String) -> String { choices.first { $0.code == code }?.label ?? code }

    public static let residence = IndicatorCategories("城乡", Area.variants)
    public static let sex = IndicatorCategories("性别", Sex.variants)
}
