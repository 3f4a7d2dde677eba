import Kernel
import Storage

private let basis = "组织机构登记；登记、变更、注销办结后变动"

private let registered = Tally.Register(
    "organisations", "organisation AS o", region: "o.region", subject: "o.id", listing: ("organisations", "register"),
    watches: ["organisations", "people", "exchange.enter-rows", "exchange.withdraw-rows"],
    ignores: ["people.find-duplicates", "people.note-duplicates", "people.reveal-identifiers"],
    places: { "SELECT o.region FROM organisation AS o WHERE o.id IN (\($0))" })

private let time = Tally.Time.spell(from: .month(of: "o.founded_on"), until: "CASE WHEN o.status = 'cancelled' THEN substr(o.status_on, 1, 7) END")

/// 机构指标。
let organisationIndicators: [any Offer] = [
    Indicator("organisations.elder-care", "养老机构", area: "养老服务", unit: .pieces, .stock, definition: "月末登记在册、没有注销的养老机构，按登记地计。", basis: basis,
              words: ["建成投入使用养老机构", "养老机构数"], from: .counted(Tally(registered, Tally.Part(time, where: "o.kind = 'elder-care'")))),
    Indicator("organisations.social", "社会组织", area: "社会组织", unit: .pieces, .stock, definition: "月末登记在册、没有注销的社会团体、社会服务机构和基金会。", basis: basis,
              words: ["登记社会组织", "社会组织总数"],
              by: IndicatorCategories("类别", [OrganisationKind.association, .privateNonEnterprise, .foundation].map { .init(code: $0.rawValue, label: $0.label) }),
              from: .counted(Tally(registered, Tally.Part(time, where: "o.kind IN ('association', 'private-non-enterprise', 'foundation')", category: "o.kind")))),
    Indicator("organisations.founded", "新登记社会组织", area: "社会组织", unit: .pieces, .flow, definition: "成立日期在期内的社会团体、社会服务机构和基金会。", basis: basis,
              words: ["成立登记社会组织", "新成立社会组织"],
              from: .counted(Tally(registered, Tally.Part(.month(.month(of: "o.founded_on")), where: "o.kind IN ('association', 'private-non-enterprise', 'foundation')")))),
    Indicator("organisations.cancelled", "注销社会组织", area: "社会组织", unit: .pieces, .flow, definition: "注销日期在期内的社会团体、社会服务机构和基金会。", basis: basis,
              words: ["注销登记社会组织"],
              from: .counted(Tally(registered, Tally.Part(.month(.month(of: "o.status_on")), where: """
                  o.status = 'cancelled' AND o.kind IN ('association', 'private-non-enterprise', 'foundation')
                  """)))),
]
