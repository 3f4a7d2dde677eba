import Kernel
import Storage
import Values

/// 手工序列。An indicator that people added because no register counts it yet.
public struct ManualSeries: Placed {
    public let id: ID<ManualSeries>
    public let code: String
    public let name: String
    public let area: String
    public let unit: IndicatorUnit
    public let nature: Indicator.Nature
    public let definition: String
    public let basis: String
    /// Other names, with spaces between.
    public let words: LongText?
    public let region: RegionCode
    public let addedBy: String
    public let addedOn: CivilDate

    public static let table = "indicator_series"
    public static let title = "手工指标"
    public static let shape = Shape<ManualSeries> {
        Field(.id, \.id)
        Field(.indicatorCode, \.code)
        Field(.indicatorName, \.name)
        Field(.indicatorArea, \.area)
        Field(.indicatorUnit, \.unit.name)
        Field(.indicatorScale, \.unit.scale)
        Field(.indicatorNature, \.nature)
        Field(.indicatorDefinition, \.definition)
        Field(.indicatorBasis, \.basis)
        Field(.indicatorWords, \.words)
        Field(.region, \.region)
        Field(.addedBy, \.addedBy)
        Field(.addedOn, \.addedOn)
    }

    public init(from reading: Reading<ManualSeries>) throws(Refusal) {
        id = try reading(.id)
        code = try reading(.indicatorCode)
        name = try reading(.indicatorName)
        area = try reading(.indicatorArea)
        unit = IndicatorUnit(try reading(.indicatorUnit), scale: try reading(.indicatorScale))
        nature = try reading(.indicatorNature)
        definition = try reading(.indicatorDefinition)
        basis = try reading(.indicatorBasis)
        words = try reading(.indicatorWords)
        region = try reading(.region)
        addedBy = try reading(.addedBy)
        addedOn = try reading(.addedOn)
    }

    /// As the catalogue shows it, beside the shipped ones.
    public var indicator: Indicator {
        Indicator(code, name, area: area, unit: unit, nature, definition: definition, basis: basis,
                  words: words?.spokenWords ?? [], from: .entered)
    }
}

extension LongText {
    /// Other names, with marks or spaces between.
    var spokenWords: [String] { text.split { $0.isWhitespace || "、，,；;".contains($0) }.map(String.init) }
}

/// 填报的数。One reported amount for a span of months in one place; corrected by a later one, never changed.
public struct ManualEntry: Placed {
    public let id: ID<ManualEntry>
    public let indicator: String
    public let region: RegionCode
    public let from: Month
    public let through: Month
    /// In the unit's smallest part.
    public let amount: Int
    public let evidence: LongText
    public let attachment: AttachmentReference?
    /// Why it takes the place of an earlier one.
    public let reason: String?
    public let enteredBy: String
    public let knownAt: Instant
    public let retractedAt: Instant?

    public static let table = "indicator_entry"
    public static let title = "填报的数"
    public static let shape = Shape<ManualEntry> {
        Field(.id, \.id)
        Field(.indicatorOf, \.indicator)
        Field(.region, \.region)
        Field(.entryFrom, \.from)
        Field(.entryThrough, \.through)
        Field(.entryAmount, \.amount)
        Field(.evidence, \.evidence)
        Field(.evidenceFile, \.attachment)
        Field(.correctionReason, \.reason)
        Field(.enteredBy, \.enteredBy)
        Field(.knownAt, \.knownAt)
        Field(.entryRetractedAt, \.retractedAt)
    }

    public init(from reading: Reading<ManualEntry>) throws(Refusal) {
        id = try reading(.id)
        indicator = try reading(.indicatorOf)
        region = try reading(.region)
        from = try reading(.entryFrom)
        through = try reading(.entryThrough)
        amount = try reading(.entryAmount)
        evidence = try reading(.evidence)
        attachment = try reading(.evidenceFile)
        reason = try reading(.correctionReason)
        enteredBy = try reading(.enteredBy)
        knownAt = try reading(.knownAt)
        retractedAt = try reading(.entryRetractedAt)
    }

    /// A figure that was known before this house was built.
    public init(_ id: ID<ManualEntry>, indicator: String, in region: RegionCode, over period: IndicatorPeriod, amount: Int64, evidence: LongText,
                attachment: AttachmentReference? = nil, because reason: String? = nil, by name: String, at: Instant) {
        self.id = id
        self.indicator = indicator
        self.region = region
        (from, through) = (period.from, period.through)
        self.amount = Int(amount)
        self.evidence = evidence
        self.attachment = attachment
        self.reason = reason
        enteredBy = name
        knownAt = at
        retractedAt = nil
    }

    public var period: IndicatorPeriod { IndicatorPeriod(from, through: through) }
}

extension Term where Value == String {
    static var indicatorCode: Term<String> { Term("code", "指标代码") }
    static var indicatorOf: Term<String> { Term("indicator", "指标", hint: "指标代码，见指标目录") }
    static var indicatorName: Term<String> { Term("name", "指标名称") }
    static var indicatorArea: Term<String> { Term("area", "业务领域", hint: "如 养老服务、婚姻登记") }
    static var indicatorUnit: Term<String> { Term("unit", "计量单位", hint: "如 人、个、元、%") }
    static var indicatorDefinition: Term<String> { Term("definition", "口径", hint: "数什么、不数什么，到哪一天") }
    static var indicatorBasis: Term<String> { Term("basis", "来源", hint: "哪个单位、哪本台账或哪个系统") }
    static var addedBy: Term<String> { Term("added_by_name", "添加人") }
    static var enteredBy: Term<String> { Term("entered_by_name", "填报人") }
    static var correctionReason: Term<String> { Term("reason", "更正原因", hint: "替换已填报的数时必填") }
}
extension Term where Value == LongText {
    static var indicatorWords: Term<LongText> { Term("words", "别名", hint: "文件里的其他叫法，用顿号隔开") }
    static var evidence: Term<LongText> { Term("evidence", "依据", hint: "报表名称、文号、系统截图说明") }
}
extension Term where Value == AttachmentReference {
    static var evidenceFile: Term<AttachmentReference> { Term("attachment", "依据附件") }
}
extension Term where Value == Int {
    static var indicatorScale: Term<Int> { Term("scale", "小数位数", hint: "件数、人数填 0，金额、百分比填 2") }
    static var entryAmount: Term<Int> { Term("amount", "数值（最小单位）") }
}
extension Term where Value == Indicator.Nature {
    static var indicatorNature: Term<Indicator.Nature> { Term("nature", "性质") }
}
extension Term where Value == CivilDate {
    static var addedOn: Term<CivilDate> { Term("added_on", "添加日期") }
}
extension Term where Value == Month {
    static var entryFrom: Term<Month> { Term("from_month", "所属期起月", hint: "如 2024-06") }
    static var entryThrough: Term<Month> { Term("through_month", "所属期止月", hint: "只有一个月的与起月相同；期末数填期末所在月") }
}
extension Term where Value == Instant {
    static var entryRetractedAt: Term<Instant> { Term("retracted_at", "被更正时刻") }
}
