import Commons
import Kernel
import Storage

private let area = "区划地名", basis = "地名登记；命名、更名、备案、公告办结后变动"
private let names = Tally.Register(
    "place-names", "place_name AS p JOIN naming AS n ON n.place = p.id", region: "p.region", subject: "p.id", listing: ("place-names", "names"),
    watches: ["place-names", "people", "exchange.enter-rows", "exchange.withdraw-rows"],
    ignores: ["people.find-duplicates", "people.note-duplicates", "people.mark-distinct", "people.reveal-identifiers", "people.register-person", "people.edit-person"],
    places: { "SELECT p.region FROM place_name AS p WHERE p.id IN (\($0)) UNION SELECT p.region FROM place_name AS p JOIN naming AS n ON n.place = p.id WHERE n.id IN (\($0))" })

private func counted(_ code: String, _ name: String, _ nature: Indicator.Nature, _ definition: String, words: [String],
                     _ time: Tally.Time, where condition: Statement) -> Indicator {
    Indicator("place-names.\(code)", name, area: area, unit: .places, nature, definition: definition, basis: basis, words: words,
              from: .counted(Tally(names, Tally.Part(time, where: condition))))
}

/// 地名指标。
let nameIndicators: [any Offer] = [
    counted("standing", "标准地名", .stock, "月末地名录上的标准地名，自首次批准当月起计。", words: ["地名总数", "地名录条数"],
            .spell(from: .month(of: "n.approved_on"), until: "NULL"), where: "n.reason IS NULL"),
    counted("named", "命名地名", .flow, "期内批准命名的地名，按批准日计，更名的不计。", words: ["新命名地名", "地名命名"], .month(.month(of: "n.approved_on")), where: "n.reason IS NULL"),
    counted("renamed", "更名地名", .flow, "期内批准更名的地名，按批准日计。", words: ["地名更名"], .month(.month(of: "n.approved_on")), where: "n.reason IS NOT NULL"),
    counted("filed", "地名备案", .flow, "期内报送备案的命名、更名。", words: ["备案地名"], .month(.month(of: "n.filed_on")), where: "n.filed_on IS NOT NULL"),
    counted("announced", "地名公告", .flow, "期内向社会公告的命名、更名。", words: ["公告地名"], .month(.month(of: "n.announced_on")), where: "n.announced_on IS NOT NULL"),
]
