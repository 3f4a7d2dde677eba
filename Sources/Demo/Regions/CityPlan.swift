import Commons
import Values

/// 示范市的区划。A county-level city that nowhere exists: fifteen streets, towns and one township, named after the solar terms.
///
/// One community took another name in 2021 and one was split in 2022, so that old names and codes are met.
struct CityPlan: Sendable {
    static let city = "000181"
    let regions: [Region]
    /// Where people live today.
    let communities: [Community]

    struct Community: Sendable {
        let code: RegionCode
        let name: String
        let area: Area
        /// Its share of the people, against the other communities'.
        let weight: Int
    }

    private struct Township { let code: String, name: String, urban: Int, rural: Int }

    /// Communities and villages at scale 1.
    private static let townships = [
        Township(code: "001", name: "立春街道", urban: 22, rural: 0), Township(code: "002", name: "雨水街道", urban: 22, rural: 0),
        Township(code: "003", name: "惊蛰街道", urban: 22, rural: 0), Township(code: "004", name: "春分街道", urban: 20, rural: 0),
        Township(code: "005", name: "清明街道", urban: 20, rural: 0), Township(code: "006", name: "谷雨街道", urban: 18, rural: 2),
        Township(code: "100", name: "立夏镇", urban: 4, rural: 12), Township(code: "101", name: "小满镇", urban: 3, rural: 12),
        Township(code: "102", name: "芒种镇", urban: 3, rural: 12), Township(code: "103", name: "夏至镇", urban: 2, rural: 12),
        Township(code: "104", name: "小暑镇", urban: 2, rural: 11), Township(code: "105", name: "大暑镇", urban: 2, rural: 11),
        Township(code: "106", name: "立秋镇", urban: 2, rural: 11), Township(code: "107", name: "处暑镇", urban: 2, rural: 11),
        Township(code: "200", name: "白露乡", urban: 1, rural: 9),
    ]

    init(scale: Double, _ dice: inout Dice) throws {
        var roll = Roll(dice: dice)
        let share = min(1, scale.squareRoot())
        try roll.add(CityPlan.city, "示范市")
        for township in CityPlan.townships {
            try roll.add(CityPlan.city + township.code, township.name)
            try roll.addCommunities(of: township, share)
        }
        try roll.addPast()
        (regions, communities, dice) = (roll.regions, roll.communities, roll.dice)
    }

    /// The plan in the making.
    private struct Roll {
        var dice: Dice
        var regions: [Region] = []
        var communities: [Community] = []
        private static let founded = CivilDate(written: 2000, 1, 1)

        init(dice: Dice) { self.dice = dice }

        mutating func add(_ code: String, _ name: String, from: CivilDate = founded, until: CivilDate? = nil) throws(Refusal) {
            let id = ID<Region>.make(at: Instant(startOf: from), using: &dice)
            regions.append(Region(id: id, code: try RegionCode(code), name: name, from: from, until: until))
        }

        /// 社区 from 001 on, 村 from 200 on; at least one of each kind the township has.
        mutating func addCommunities(of township: Township, _ share: Double) throws(Refusal) {
            let urban = Roll.scaled(township.urban, share), rural = Roll.scaled(township.rural, share)
            for number in 0..<urban { try add(.urban, 1 + number, in: township, weight: 9 + dice.below(7)) }
            for number in 0..<rural { try add(.rural, 200 + number, in: township, weight: 4 + dice.below(5)) }
        }

        private static func scaled(_ count: Int, _ share: Double) -> Int { count == 0 ? 0 : max(1, Int((Double(count) * share).rounded())) }

        private mutating func add(_ area: Area, _ number: Int, in township: Township, weight: Int) throws(Refusal) {
            let digits = String(number)
            let code = CityPlan.city + township.code + String(repeating: "0", count: 3 - digits.count) + digits
            let name = CommunityNames.name(communities.count) + (area == .urban ? "社区" : "村")
            try add(code, name)
            communities.append(Community(code: try RegionCode(code), name: name, area: area, weight: weight))
        }

        /// 立春街道 once had 老站社区 (900), split on 2022-01-01 into 901 and 902; its first community bore another name until mid-2021.
        mutating func addPast() throws(Refusal) {
            let street = CityPlan.city + "001", renamed = CivilDate(written: 2021, 7, 1), split = CivilDate(written: 2022, 1, 1)
            try add(street + "900", "老站社区", until: split)
            for (number, name) in [("901", "老站东社区"), ("902", "老站西社区")] {
                try add(street + number, name, from: split)
                communities.append(Community(code: try RegionCode(street + number), name: name, area: .urban, weight: 6))
            }
            guard let index = regions.firstIndex(where: { $0.code.code == street + "001" }) else { return }
            let today = regions[index]
            regions[index] = Region(id: today.id, code: today.code, name: "旧街社区", from: today.from, until: renamed)
            try add(today.code.code, today.name, from: renamed)
        }
    }
}

/// 社区和村的名称。Two characters of good omen; every pair once.
enum CommunityNames {
    private static let first = Array("和安康乐福瑞祥宁平顺兴盛嘉丰润泽文德仁义"), second = Array("园里苑庄湾桥溪塘林坡岭坪原")

    static func name(_ index: Int) -> String {
        let round = index / first.count
        let name = String([first[index % first.count], second[(index + round) % second.count]])
        return index < first.count * second.count ? name : "新" + name
    }
}
