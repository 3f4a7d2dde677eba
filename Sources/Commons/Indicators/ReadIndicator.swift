import Kernel
import Values

/// 查指标。One indicator over a span, month by month, for people and for machines.
struct ReadIndicator: Inquiry {
    let indicator: String
    let region: RegionCode
    let from: Month
    let through: Month
    let category: String?

    static let title = "查指标"
    static let guidance = "填写指标代码、区域和期间，得到期间的数、各月的数和缺哪些月。"
    static let roles: Set<Role> = .readers
    static let shape = Shape<ReadIndicator> {
        Field(.indicatorOf, \.indicator)
        Field(.region, \.region)
        Field(.entryFrom, \.from)
        Field(.entryThrough, \.through)
        Field(.askedCategory, \.category)
    }

    init(from reading: Reading<ReadIndicator>) throws(Refusal) {
        indicator = try reading(.indicatorOf)
        region = try reading(.region)
        from = try reading(.entryFrom)
        through = try reading(.entryThrough)
        category = try reading(.askedCategory)
    }

    func answer(at reader: Reader) throws -> IndicatorAnswer {
        let found: Indicator
        do { found = try reader.indicatorBook().indicator(indicator) } catch let refusal as Refusal { throw refusal.at(["indicator"]) }
        let period = IndicatorPeriod(from, through: through)
        guard period.count <= 240 else { throw Refusal.invalid("期间最长二十年").at(["from_month"]) }
        let figures = try reader.figures(of: [found], in: region, through: period.through)
        let value = try figures.value(of: found, over: period, category: category)
        return IndicatorAnswer(value, months: try period.months.map { try figures.value(of: found, over: .month($0), category: category) })
    }
}

/// 指标的数。
struct IndicatorAnswer: Shaped {
    let name: String
    let unit: String
    let scale: Int
    let nature: Indicator.Nature
    let isManual: Bool
    let amount: Int?
    let shown: String
    let asOf: Month?
    let missing: Int
    let moment: Instant
    let months: [MonthAnswer]

    static let shape = Shape<IndicatorAnswer> {
        Field(.indicatorName, \.name)
        Field(.indicatorUnit, \.unit)
        Field(.indicatorScale, \.scale)
        Field(.indicatorNature, \.nature)
        Field(.isEntered, \.isManual)
        Field(.answerAmount, \.amount)
        Field(.answerShown, \.shown)
        Field(.answerAsOf, \.asOf)
        Field(.missingMonths, \.missing)
        Field(.countedAt, \.moment)
        Each(.monthAnswers, \.months)
    }

    init(_ value: IndicatorValue, months: [IndicatorValue]) {
        name = value.name
        unit = value.unit.name
        scale = value.unit.scale
        nature = value.indicator.nature
        isManual = value.isManual
        amount = value.amount.map(Int.init)
        shown = value.shown
        asOf = value.asOf
        missing = value.missing.count
        moment = value.moment
        self.months = months.map(MonthAnswer.init)
    }

    init(from reading: Reading<IndicatorAnswer>) throws(Refusal) {
        name = try reading(.indicatorName)
        unit = try reading(.indicatorUnit)
        scale = try reading(.indicatorScale)
        nature = try reading(.indicatorNature)
        isManual = try reading(.isEntered)
        amount = try reading(.answerAmount)
        shown = try reading(.answerShown)
        asOf = try reading(.answerAsOf)
        missing = try reading(.missingMonths)
        moment = try reading(.countedAt)
        months = try reading(.monthAnswers)
    }
}

/// 一个月的数。
struct MonthAnswer: Entry {
    let key: String
    let month: Month
    let amount: Int?
    let shown: String

    static let shape = Shape<MonthAnswer> {
        Field(.totalMonth, \.month)
        Field(.answerAmount, \.amount)
        Field(.answerShown, \.shown)
    }

    init(_ value: IndicatorValue) {
        key = value.period.from.typed
        month = value.period.from
        amount = value.amount.map(Int.init)
        shown = value.shown
    }

    init(from reading: Reading<MonthAnswer>) throws(Refusal) {
        key = reading.key
        month = try reading(.totalMonth)
        amount = try reading(.answerAmount)
        shown = try reading(.answerShown)
    }
}

extension Term where Value == String {
    static var askedCategory: Term<String> { Term("category", "分类", hint: "不填为合计；如 urban、rural") }
    static var answerShown: Term<String> { Term("shown", "写法") }
}
extension Term where Value == Int {
    static var answerAmount: Term<Int> { Term("amount", "数（最小单位）") }
    static var missingMonths: Term<Int> { Term("missing", "缺数的月数") }
}
extension Term where Value == Month {
    static var answerAsOf: Term<Month> { Term("as_of", "截至") }
}
extension Term where Value == Instant {
    static var countedAt: Term<Instant> { Term("counted_at", "计至") }
}
extension Term where Value == [MonthAnswer] {
    static var monthAnswers: Term<[MonthAnswer]> { Term("months", "各月") }
}
