import Kernel
import Pages
import Values

/// 看哪里、看到哪个月、看多长。What the address of an indicator's page asks for; what can't be read falls back and is said beside its box.
struct IndicatorAsked {
    /// 期间的长短。
    enum Length: String, CodeList {
        case month, yearToDate = "year-to-date", year, twelve

        var label: String {
            switch self { case .month: "当月"; case .yearToDate: "本年累计"; case .year: "全年"; case .twelve: "近十二个月" }
        }

        func period(through month: Month) -> IndicatorPeriod {
            switch self {
            case .month: .month(month)
            case .yearToDate: .months(month.month, through: month)
            case .year: .months(12, through: month.adding(12 - month.month))
            case .twelve: .months(12, through: month)
            }
        }

        /// What the span just before is called.
        var before: String {
            switch self { case .month: "上月"; case .yearToDate: "前 "; case .year: "上年"; case .twelve: "前十二个月" }
        }
    }

    let region: Asked<RegionCode>
    let through: Asked<Month>
    let length: Length
    let place: RegionCode
    let month: Month

    init(_ visit: Visit) {
        region = visit.asked("region")
        through = visit.asked("through")
        length = visit.asked("length", as: Length.self).value ?? .month
        place = region.value ?? visit.reader.actor.region
        // The month that is still running says little by itself.
        month = min(through.value ?? visit.reader.today.monthOf.previous, visit.reader.today.monthOf)
    }

    var period: IndicatorPeriod { length.period(through: month) }
    /// 二十四个月。
    var history: IndicatorPeriod { .months(24, through: month) }

    func address(_ path: String, region: RegionCode? = nil, _ more: (String, String)? = nil) -> String {
        let query = "region=\((region ?? place).code)&through=\(month.typed)&length=\(length.rawValue)"
        return path + "?" + query + (more.map { "&\($0.0)=\($0.1)" } ?? "")
    }

    /// The boxes that every page of figures has.
    func fields(_ choices: [Choice]) -> [FieldView] {
        [
            FieldView(["region"], "区域", .choice(choices), value: place.code, problem: region.problem, required: false),
            FieldView(["through"], "截至月份", .month, value: month.typed, problem: through.problem, required: false),
            FieldView(["length"], "期间", .choice(Length.allCases.map { Choice(code: $0.rawValue, label: $0.label) }), value: length.rawValue, required: false),
        ]
    }
}

extension Reader {
    /// Places a reader of figures may choose: those around his own, his own, and the next level below the one that is shown.
    func placeChoices(around place: RegionCode) throws -> [Choice] {
        let above = actor.region.ancestors.dropFirst().filter { !$0.scopePrefix.isEmpty }.reversed()
        let own = [actor.region] + (place == actor.region ? [] : place.ancestors.reversed().filter { actor.covers($0) && $0 != actor.region })
        let below = try placesBelow(place)
        var seen: Set<RegionCode> = []
        return try (above + own + below.map(\.code)).filter { seen.insert($0).inserted }.map { Choice(code: $0.code, label: try placeName($0)) }
    }

    /// The next level below a place.
    func placesBelow(_ place: RegionCode) throws -> [(code: RegionCode, name: String)] {
        let all = try regionNames(below: place).compactMap { row in (try? RegionCode(row.code)).map { (code: $0, name: row.name) } }.filter { $0.code != place }
        let codes = Set(all.map(\.code))
        return all.filter { row in !row.code.ancestors.dropFirst().contains { $0 != place && codes.contains($0) } }
    }
}

/// 增减。How an amount compares with another, in words: 「增加 12 户（1.2%）」.
struct IndicatorChange {
    let text: String

    /// - Returns: nil where either is unknown.
    init?(_ now: IndicatorValue, from before: IndicatorValue) {
        guard let amount = now.amount, let earlier = before.amount else { return nil }
        let difference = amount - earlier, size = Int64(clamping: difference.magnitude)
        guard difference != 0 else {
            text = "持平"
            return
        }
        let word = difference > 0 ? "增加" : "减少"
        if now.unit.name == "%" {
            text = "\(word) \(now.unit.number(size)) 个百分点"
        } else if earlier > 0, now.indicator.nature != .standard {
            text = "\(word) \(now.unit.shown(size))（\(IndicatorUnit.percent.shown(IndicatorFigures.rounded(size, 10_000, earlier)))）"
        } else {
            text = "\(word) \(now.unit.shown(size))"
        }
    }
}

extension IndicatorFigures {
    /// 比上期、比上年同期。
    func changes(of indicator: Indicator, _ value: IndicatorValue, _ asked: IndicatorAsked, category: String? = nil) throws -> [String] {
        let period = asked.period, sameAsLast = asked.length == .yearToDate || asked.length == .year
        let before = sameAsLast ? nil : IndicatorChange(value, from: try self.value(of: indicator, over: period.previous, category: category))
        let lastYear = asked.length == .twelve ? nil : IndicatorChange(value, from: try self.value(of: indicator, over: period.lastYear, category: category))
        return [before.map { "比\(asked.length.before)\($0.text)" }, lastYear.map { "比上年同期\($0.text)" }].compactMap { $0 }
    }

    /// The line of some months. A year's target is marked where it can be compared with a month: not for what is added over the year.
    func trend(of indicator: Indicator, _ months: IndicatorPeriod, category: String? = nil, target: Int64? = nil, size: TrendView.Size = .small) throws -> TrendView {
        let mark = indicator.nature == .flow ? nil : target.map { TrendView.Mark($0, shown: indicator.unit.shown($0)) }
        return TrendView("\(indicator.name)，\(months.shown)各月", try months.months.map { month in
            let value = try self.value(of: indicator, over: .month(month), category: category)
            return TrendView.Point(month.shown, value.amount, shown: value.shown)
        }, target: mark, size: size)
    }
}

/// 年度目标。What this year's plan aims at with an indicator, and whether it is on course.
public struct IndicatorAim: Sendable, Hashable {
    /// In the unit's smallest part.
    public let amount: Int64
    /// 不低于14个: as the plan says it.
    public let shown: String
    /// 滞后; nil where nobody can say.
    public let standing: String?
    /// Why, in a sentence.
    public let words: String
    /// Where it is looked after.
    public let href: String

    public init(_ amount: Int64, shown: String, standing: String?, words: String, href: String) {
        (self.amount, self.shown, self.standing, self.words, self.href) = (amount, shown, standing, words, href)
    }
}

/// What a line that keeps plans says of a year's aims; the boards mark them.
public struct IndicatorTargets: Offer {
    /// The aims of a place and a year, by the code of the indicator.
    let aims: @Sendable (Reader, RegionCode, Int) throws -> [String: IndicatorAim]

    public init(_ aims: @escaping @Sendable (Reader, RegionCode, Int) throws -> [String: IndicatorAim]) { self.aims = aims }
}

extension Reader {
    /// Of several lines that aim at one figure, the first speaks.
    func indicatorTargets(in place: RegionCode, year: Int) throws -> [String: IndicatorAim] {
        try house.offers(IndicatorTargets.self).reduce(into: [:]) { found, offer in found.merge(try offer.aims(self, place, year)) { first, _ in first } }
    }
}
