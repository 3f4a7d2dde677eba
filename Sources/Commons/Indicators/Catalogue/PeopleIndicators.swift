import Kernel
import Storage
import Values

private let area = "人口与家庭", elderArea = "养老服务"
private let basis = "人员登记；登记、迁移、死亡、合并等事项办结后变动"

/// 在册人员。Merged files count once; where the region is that of 户籍.
private let registered = Tally.Register(
    "people", "person AS p", region: "p.region", subject: "p.id", listing: ("people", "persons"), watches: personActs, ignores: harmless, places: personPlaces)

/// 居住在别处的人, where they live.
private let living = Tally.Register(
    "people-living", "person AS p", region: "p.living_in", subject: "p.id", listing: ("people", "persons"), watches: personActs, ignores: harmless, places: livingPlaces)

/// People are entered and changed by their own acts, at the window of assistance, and by imports.
private let personActs: Set<String> = ["people", "assistance", "exchange.enter-rows", "exchange.withdraw-rows"]

private let harmless: Set<String> = [
    "people.find-duplicates", "people.note-duplicates", "people.mark-distinct", "people.reveal-identifiers", "people.request-correction", "people.request-number",
]

/// Where the persons that acts speak of are and were, whether the act names them, a change of theirs, a merge or their household.
@Sendable private func personPlaces(_ subjects: Statement) -> Statement? { places("region", subjects) }
@Sendable private func livingPlaces(_ subjects: Statement) -> Statement? { places("living_in", subjects) }

private func places(_ column: Statement, _ subjects: Statement) -> Statement {
    let persons: Statement = """
        SELECT id AS person FROM person WHERE id IN (\(subjects)) UNION SELECT person_id FROM person_change WHERE id IN (\(subjects))
        UNION SELECT kept_id FROM person_merge WHERE id IN (\(subjects)) UNION SELECT absorbed_id FROM person_merge WHERE id IN (\(subjects))
        UNION SELECT person_id FROM membership WHERE household_id IN (\(subjects))
        """
    return """
        SELECT p.\(column) FROM person AS p WHERE p.id IN (\(persons)) AND p.\(column) IS NOT NULL
        UNION SELECT v.\(column) FROM person_version AS v WHERE v.person_id IN (\(persons)) AND v.\(column) IS NOT NULL
        """
}

private let stands: Statement = "p.merged_into IS NULL"
private let born = Statement.month(of: "p.born_on"), died = Statement.month(of: "p.died_on")

private func aged(_ from: Int, to until: Int? = nil) -> Tally.Time {
    let reached = Statement.month(of: from, bornOn: "p.born_on")
    guard let until else { return .spell(from: reached, until: died) }
    let left = Statement.month(of: until, bornOn: "p.born_on")
    return .spell(from: reached, until: "CASE WHEN p.died_on IS NOT NULL AND \(died) < \(left) THEN \(died) ELSE \(left) END")
}

private let ageBands = IndicatorCategories("年龄段", [
    Choice(code: "60-69", label: "60—69周岁"), Choice(code: "70-79", label: "70—79周岁"), Choice(code: "80-89", label: "80—89周岁"),
    Choice(code: "90-99", label: "90—99周岁"), Choice(code: "100-", label: "100周岁及以上"),
])

private let agedBands: [Tally.Part] = [
    Tally.Part(aged(60, to: 70), where: stands, category: "'60-69'"), Tally.Part(aged(70, to: 80), where: stands, category: "'70-79'"),
    Tally.Part(aged(80, to: 90), where: stands, category: "'80-89'"), Tally.Part(aged(90, to: 100), where: stands, category: "'90-99'"),
    Tally.Part(aged(100), where: stands, category: "'100-'"),
]

private func people(_ code: String, _ name: String, area: String, _ nature: Indicator.Nature, _ definition: String, words: [String], _ time: Tally.Time,
                    where condition: Statement = stands) -> Indicator {
    Indicator("people.\(code)", name, area: area, unit: .people, nature, definition: definition, basis: basis, words: words, by: .sex,
              from: .counted(Tally(registered, Tally.Part(time, where: condition, category: "p.sex"))))
}

/// 人口指标。
let peopleIndicators: [any Offer] = [
    people("registered", "户籍人口", area: area, .stock, "月末户籍地在本区域的在册人员；去世的自去世当月起不计，合并的档案只计一次。", words: ["户籍人口数", "总人口", "全市总人数", "人口总数"],
           .spell(from: born, until: died)),
    Indicator("people.away", "外出居住人数", area: area, unit: .people, .stock, definition: "户籍地在本区域、登记的居住地在别处的在册人员，按户籍地计。", basis: basis,
              words: ["外出人口", "人户分离人数"], by: .sex,
              from: .counted(Tally(registered, Tally.Part(.spell(from: born, until: died), where: "\(stands) AND p.living_in IS NOT NULL AND p.living_in <> p.region",
                                                         category: "p.sex")))),
    Indicator("people.arrived", "流入居住人数", area: area, unit: .people, .stock, definition: "登记的居住地在本区域、户籍地在别处的在册人员，按居住地计。", basis: basis,
              words: ["流入人口", "外来人口"], by: .sex,
              from: .counted(Tally(living, Tally.Part(.spell(from: born, until: died), where: "\(stands) AND p.living_in IS NOT NULL AND p.living_in <> p.region",
                                                     category: "p.sex")))),
    Indicator("people.resident", "常住人口", area: area, unit: .people, .stock, definition: "户籍人口，减外出居住的，加流入居住的；以登记的居住地为准，不是统计部门的抽样推算数。", basis: basis,
              words: ["常住人口数"], by: .sex, from: .sum(of: ["people.registered", "people.arrived"], less: ["people.away"])),
    people("births", "出生人数", area: area, .flow, "出生日期在期内的在册人员，按现在的户籍地计。", words: ["新生儿", "出生人口"], .month(born)),
    people("deaths", "死亡人数", area: "殡葬管理", .flow, "登记的去世日期在期内的人员，按户籍地计；期末后补登的会计入去世当月。", words: ["死亡人口", "全市死亡人数"], .month(died),
           where: "\(stands) AND p.died_on IS NOT NULL"),
    Indicator("people.natural-growth", "自然增长人数", area: area, unit: .people, .flow, definition: "期内出生人数减死亡人数。", basis: basis, words: ["人口自然增长"], by: .sex,
              from: .sum(of: ["people.births"], less: ["people.deaths"])),
    people("minors", "18周岁以下未成年人", area: "儿童福利与未成年人保护", .stock, "月末未满18周岁的在册人员，按户籍地计。", words: ["未成年人数", "未成年人"], aged(0, to: 18)),
    Indicator("people.aged-60", "60周岁以上老年人口", area: elderArea, unit: .people, .stock, definition: "月末满60周岁的在册人员，按户籍地计；生日当月即计。", basis: basis,
              words: ["60周岁以上老年人", "老年人口", "60岁及以上老年人口"], by: ageBands, from: .counted(Tally(registered, agedBands))),
    Indicator("people.aged-60-share", "60周岁以上老年人口占比", area: elderArea, unit: .percent, .rate, definition: "月末60周岁以上老年人口除以户籍人口。", basis: basis,
              words: ["老龄化率", "占全市总人数的比例"], from: .rate(of: "people.aged-60", to: "people.registered", times: 10_000)),
    people("aged-65", "65周岁以上老年人口", area: elderArea, .stock, "月末满65周岁的在册人员，按户籍地计。", words: ["65岁及以上老年人口"], aged(65)),
    people("aged-80", "80周岁及以上高龄老人", area: elderArea, .stock, "月末满80周岁的在册人员，含100周岁及以上的，按户籍地计。", words: ["高龄老人", "80岁以上老人", "80周岁以上老年人"], aged(80)),
    people("aged-90", "90周岁及以上老人", area: elderArea, .stock, "月末满90周岁的在册人员，按户籍地计。", words: ["90岁以上老人"], aged(90)),
    people("aged-100", "100周岁及以上老人", area: elderArea, .stock, "月末满100周岁的在册人员，按户籍地计。", words: ["百岁老人", "100岁以上老人"], aged(100)),
    people("reached-80", "新满80周岁人数", area: elderArea, .flow, "期内年满80周岁时仍在世的在册人员，按户籍地计。", words: ["新增高龄老人"],
           .month(Statement.month(of: 80, bornOn: "p.born_on")),
           where: "\(stands) AND (p.died_on IS NULL OR \(died) > \(Statement.month(of: 80, bornOn: "p.born_on")))"),
]
