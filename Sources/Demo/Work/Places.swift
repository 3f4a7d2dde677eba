import Kernel
import Values

/// 示范市的地名。Streets, estates, parks and reservoirs, named, filed and announced; the newest still wait, and some took another name.
enum Places {
    private struct Kind { let generics: [String], placeClass: String, approver: String }

    private static let kinds = [
        Kind(generics: ["路", "街", "大道"], placeClass: "street", approver: "county"),
        Kind(generics: ["巷", "里"], placeClass: "street", approver: "county"),
        Kind(generics: ["家园", "花园"], placeClass: "building", approver: "housing"),
        Kind(generics: ["公园"], placeClass: "park", approver: "county"),
        Kind(generics: ["水库", "大桥"], placeClass: "facility", approver: "department"),
    ]
    /// Pairs that neither repeat nor sound alike.
    private static let first = ["立春", "雨水", "惊蛰", "春分", "清明", "谷雨", "立夏", "小满", "芒种", "夏至", "小暑", "大暑"]
    private static let second = ["", "南", "北", "东", "西", "新", "老", "上", "下", "中", "前", "后"]

    /// - Returns: how many places were named.
    static func name(_ count: Int, at office: Office, _ dice: inout Dice, _ progress: @Sendable (String, Int, Int) -> Void) async throws -> Int {
        guard office.knows("place-names.name-place") else { return 0 }
        for index in 0..<count {
            try await name(index, approval(of: index, among: count, office), at: office, &dice)
            progress("登记地名", index + 1, count)
        }
        return count
    }

    /// Evenly: so many in the calibrated year, once it is well past, and the others since. The last four within the last weeks, so that some wait
    /// to be filed and some to be announced.
    private static func approval(of index: Int, among count: Int, _ office: Office) -> CivilDate {
        let left = count - 1 - index, next = Calibration.countedOn.adding(days: 1), since = next.days(until: office.today) - 26
        if left < 4 { return office.today.adding(days: -3 - left * 5) }
        guard since > 30 else { return office.today.adding(days: -office.daysSince2024 * (left + 1) / (count + 1) - 20) }
        if index < Calibration.placesNamed { return next.adding(days: -366 + (index + 1) * 366 / (Calibration.placesNamed + 1)) }
        return next.adding(days: (index - Calibration.placesNamed) * since / max(1, count - Calibration.placesNamed - 4))
    }

    private static func specific(_ index: Int) -> String {
        let round = index / first.count
        return first[index % first.count] + second[round % second.count] + String(repeating: "新", count: round / second.count)
    }

    private static func name(_ index: Int, _ approvedOn: CivilDate, at office: Office, _ dice: inout Dice) async throws {
        let kind = kinds[index % kinds.count], specific = specific(index)
        let named = try await office.act("place-names.name-place", [
            "class": .typed(kind.placeClass), "region": .typed("00018100\(1 + index % 6)"), "position": .typed(position(&dice)),
            "approved_name": approved(specific, dice.pick(kind.generics), kind.approver, index, approvedOn),
            "meaning": .typed("取节气“\(specific.prefix(2))”为专名，与相邻地名成序列。"),
        ], by: "diming", on: approvedOn.adding(days: 2), &dice)
        guard try await settle(named.subject, index, approvedOn, kind.approver, at: office, &dice), index % 13 == 0, kind.placeClass == "street" else { return }
        try await rename(named.subject, specific, index, approvedOn.adding(days: 90), at: office, &dice)
    }

    /// Filed a week after approval and announced in the week after that, as far as those days have come.
    private static func settle(_ naming: String, _ index: Int, _ approvedOn: CivilDate, _ approver: String, at office: Office, _ dice: inout Dice) async throws -> Bool {
        let steps = [("file-name", "filing_number", "示地备", 7), ("announce-name", "announcement_number", "示地告", 13)]
        for (act, field, series, days) in steps {
            let day = approvedOn.adding(days: days)
            guard day <= office.today else { return false }
            try await office.act("place-names.\(act)", ["naming": .typed(naming), field: .typed("\(series)〔\(day.year)〕\(index + 1)号")], by: "diming", on: day, &dice)
        }
        return true
    }

    private static func rename(_ naming: String, _ specific: String, _ index: Int, _ approvedOn: CivilDate, at office: Office, _ dice: inout Dice) async throws {
        guard approvedOn.adding(days: 2) <= office.today else { return }
        let place = try await office.read { try $0.connection.value("SELECT place FROM naming WHERE id = \(naming)") ?? "" }
        let renamed = try await office.act("place-names.rename-place", [
            "place": .typed(place), "approved_name": approved("示范\(specific)", "路", "county", 500 + index, approvedOn),
            "meaning": .typed("旧名前加“示范”，与同名地铁站区别。"), "reason": .typed("道路延长，与相邻道路合并后统一名称"),
        ], by: "diming", on: approvedOn.adding(days: 2), &dice)
        _ = try await settle(renamed.subject, 500 + index, approvedOn, "county", at: office, &dice)
    }

    private static func approved(_ specific: String, _ generic: String, _ approver: String, _ index: Int, _ day: CivilDate) -> Raw {
        .group(["specific": .typed(specific), "generic": .typed(generic), "approver": .typed(approver), "is_proper": .typed("1"),
                "document": .typed("示例文〔\(day.year)〕\(index + 1)号"), "approved_on": .typed(day.typed)])
    }

    private static func position(_ dice: inout Dice) -> String {
        "11\(3 + dice.below(2)).\(100_000 + dice.below(900_000)),2\(8 + dice.below(2)).\(100_000 + dice.below(900_000))"
    }
}
