import Kernel
import Values

/// 指标目录。Every indicator there is, by code, and by the words people use for it.
public struct IndicatorBook: Sendable {
    public let all: [Indicator]
    private let byCode: [String: Indicator]
    private let names: [(indicator: Int, bigrams: Set<String>, isName: Bool)]

    /// - Parameter added: manual series that people added to the shipped catalogue; `Reader.indicatorBook()` knows them.
    public init(_ house: House, added: [Indicator] = []) {
        all = house.offers(Indicator.self) + added
        byCode = Dictionary(all.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        names = all.enumerated().flatMap { place, indicator in
            [(place, Self.bigrams(indicator.name), true)] + indicator.words.map { (place, Self.bigrams($0), false) }
        }
    }

    public func find(_ code: String) -> Indicator? { byCode[code] }

    /// - Throws: `.absent`, naming the code.
    public func indicator(_ code: String) throws(Refusal) -> Indicator {
        guard let found = byCode[code] else { throw .absent("没有「\(code)」这个指标，请从指标目录中选") }
        return found
    }

    /// A series that people report.
    /// - Parameter refusal: what can't be done with one that the house counts by itself.
    /// - Throws: at `indicator`, for what isn't in the catalogue or isn't manual.
    func manual(_ code: String, otherwise refusal: String) throws(Refusal) -> Indicator {
        guard let found = find(code) else { throw .absent("目录里没有「\(code)」，请核对指标代码").at(["indicator"]) }
        guard found.isManual else { throw .outOfOrder("「\(found.name)」由系统从登记中计算，\(refusal)").at(["indicator"]) }
        return found
    }

    /// The indicator that has this as its name or one of its words, whatever marks and spaces stand in it.
    public func bearer(of name: String) -> Indicator? {
        let plain = Self.plain(name)
        guard !plain.isEmpty else { return nil }
        return all.first { Self.plain($0.name) == plain } ?? all.first { $0.words.contains { Self.plain($0) == plain } }
    }

    private static func plain(_ text: String) -> String { text.lowercased().filter { $0.isLetter || $0.isNumber || $0 == "%" } }

    /// 业务领域, in the order in which they first appear.
    public var areas: [String] {
        all.reduce(into: []) { areas, indicator in
            if !areas.contains(indicator.area) { areas.append(indicator.area) }
        }
    }

    /// Indicators that a phrase may mean, the likeliest first.
    ///
    /// - Parameters:
    ///   - phrase: as a document writes it: 「低保新增」「80周岁及以上高龄老人」.
    ///   - unit: the unit that stands behind the number; another unit makes a candidate much less likely.
    /// - Returns: at most ten, each with its likeness from 1 to 1000; none below 300.
    public func suggestions(for phrase: String, unit: String? = nil) -> [(indicator: Indicator, likeness: Int)] {
        let asked = Self.bigrams(phrase)
        guard !asked.isEmpty else { return [] }
        var best: [Int: Int] = [:]
        for name in names {
            let likeness = Self.likeness(asked, name.bigrams)
            best[name.indicator] = max(best[name.indicator] ?? 0, likeness)
        }
        let weighed = best.map { place, likeness -> (indicator: Indicator, likeness: Int) in
            (all[place], unit.map { Self.weigh(likeness, all[place].unit, against: $0) } ?? likeness)
        }
        let likely = weighed.filter { $0.likeness >= 300 }
        return Array(likely.sorted { left, right in
            left.likeness == right.likeness ? left.indicator.code < right.indicator.code : left.likeness > right.likeness
        }.prefix(10))
    }

    private static func weigh(_ likeness: Int, _ unit: IndicatorUnit, against asked: String) -> Int {
        family(unit.name) == family(asked) ? likeness : likeness / 3
    }

    /// Units that say the same of different sizes: 万元 and 元, 名 and 人.
    private static func family(_ unit: String) -> String {
        let bare = unit.filter { !"万亿余多".contains($0) && !$0.isWhitespace }
        switch bare {
        case "名", "位", "人": return "人"
        case "例", "起", "宗", "件": return "件"
        case "家", "所", "处", "座", "个": return "个"
        case "户次", "人次", "次": return "次"
        case "％", "%", "百分点": return "%"
        default: return bare
        }
    }

    /// Twice what both have over what each has, in thousandths.
    private static func likeness(_ left: Set<String>, _ right: Set<String>) -> Int {
        2_000 * left.count(where: right.contains) / max(left.count + right.count, 1)
    }

    /// Pairs of neighbouring characters, without marks and with words that mean the same brought to one.
    private static func bigrams(_ text: String) -> Set<String> {
        var plain = text.lowercased()
        for (from, to) in sameWords { plain = plain.replacing(from, with: to) }
        let characters = Array(plain.filter { $0.isLetter || $0.isNumber || $0 == "%" })
        guard characters.count > 1 else { return Set(characters.map(String.init)) }
        return Set((1 ..< characters.count).map { String(characters[$0 - 1 ... $0]) })
    }

    private static let sameWords = [
        ("最低生活保障", "低保"), ("特困供养", "特困人员"), ("周岁", "岁"), ("及以上", "以上"), ("老年人", "老人"), ("总数", "数"), ("数量", "数"), ("资金", "金额"), ("发放额", "发放金额"),
    ]
}
