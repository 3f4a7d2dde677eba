import Commons
import Values

/// 一套练习表。Everything a bureau brings along when it moves in: regions, people, households, members, recipients and what was last paid.
///
/// Everybody in them is made up; the areas of their numbers begin with 0001, which no real county has. The same counts and seed on the same
/// day make the same tables.
public struct PracticeTables: Sendable {
    public let all: [PracticeTable]
    public let people: Int, households: Int, recipients: Int

    /// - Throws: `.invalid` for counts that make no sense.
    public init(people: Int, recipients: Int, seed: UInt64 = 20_240_701, today: CivilDate) throws {
        guard (500 ... 500_000).contains(people) else { throw Refusal.invalid("人数应在 500 到 500000 之间，如 50000") }
        guard (10 ... people / 10).contains(recipients) else { throw Refusal.invalid("在保户数应在 10 到人数的十分之一之间，如 3000") }
        let settlement = try Settlement(people: people, seed: seed, today: today), homes = settlement.homes
        let roster = Roster(homes, count: recipients, today: today)
        all = [
            Self.regions(settlement.plan), Self.people(homes), Self.households(homes), Self.members(homes), roster.table, roster.paid, Self.form,
        ]
        (self.people, households, self.recipients) = (homes.reduce(0) { $0 + $1.residents.count }, homes.count, recipients)
    }

    private static func regions(_ plan: CityPlan) -> PracticeTable {
        let standing = plan.regions.filter { $0.until == nil }.sorted { $0.code < $1.code }
        return PracticeTable("1-行政区划", .spreadsheet, ["行政区划代码", "行政区划名称", "设立日期"], standing.map { [$0.code.code, $0.name, $0.from.typed] })
    }

    private static func people(_ homes: [Settlement.Home]) -> PracticeTable {
        let rows = homes.flatMap { home in
            home.residents.map { [$0.name, $0.number.typed, $0.phone?.typed ?? "", home.community.code.code, home.address] }
        }
        let tenth = rows.count / 10, digits = rows[tenth][1], last = digits.last == "0" ? "1" : "0"
        return PracticeTable("2-人员", .spreadsheet, ["姓名", "身份证号", "手机号", "社区代码", "家庭住址"], rows, slips: [
            .init(row: tenth, column: 1, text: digits.dropLast() + last, why: "校验码错了一位"),
            .init(row: tenth * 3, column: 0, text: "", why: "漏填姓名"),
            .init(row: tenth * 5, column: 3, text: "000181001999", why: "没有这个社区"),
            .init(row: tenth * 7, column: 2, text: "1990001", why: "号码不全"),
            .init(row: tenth * 9, column: 1, text: rows[tenth * 9 - 1][1], why: "误填了上一行的号码"),
        ])
    }

    private static func households(_ homes: [Settlement.Home]) -> PracticeTable {
        let rows = homes.map { home in
            [home.number, home.head.number.typed, home.head.name, home.community.code.code, home.community.area.label, home.address, settled(home.head).typed]
        }
        let fifth = rows.count / 5
        return PracticeTable("3-家庭", .gb18030, ["户号", "户主身份证号", "户主姓名", "社区代码", "城乡", "家庭住址", "立户日期"], rows, slips: [
            .init(row: fifth, column: 2, text: rows[fifth][2] + "误", why: "与人员登记的姓名不符"),
            .init(row: fifth * 2, column: 4, text: "城乡结合部", why: "只能填城市或农村"),
            .init(row: fifth * 3, column: 6, text: "2018-13-01", why: "没有 13 月"),
        ], remark: "GB18030 编码，像旧系统导出的那样")
    }

    private static func members(_ homes: [Settlement.Home]) -> PracticeTable {
        let rows = homes.flatMap { home in
            home.residents.dropFirst().map { [home.number, $0.number.typed, $0.name, $0.relation.label, settled($0).typed] }
        }
        return PracticeTable("4-家庭成员", .spreadsheet, ["户号", "成员身份证号", "成员姓名", "与户主的关系", "加入日期"], rows)
    }

    private static func settled(_ resident: Settlement.Resident) -> CivilDate { max(resident.born, CivilDate(written: 2018, 1, 1)) }

    /// 上级的空表。Nothing but headings, to be filled.
    private static var form: PracticeTable {
        PracticeTable("7-上级空表", .spreadsheet, ["序号", "户主姓名", "社区代码", "保障人数", "本月金额", "起始月份", "备注"], [])
    }
}

/// 在保户。Every so many households one that is on the roster, with the amount it was last paid.
private struct Roster {
    private let homes: [Settlement.Home], former: Settlement.Home?
    private let today: CivilDate

    init(_ homes: [Settlement.Home], count: Int, today: CivilDate) {
        let step = max(1, homes.count / count)
        self.homes = stride(from: 0, to: homes.count, by: step).prefix(count).map { homes[$0] }
        former = step > 1 ? homes[1] : nil
        self.today = today
    }

    private func amount(_ home: Settlement.Home, _ place: Int) -> String {
        Money.yuan(home.residents.count * (300 + place * 7 % 400)).typed
    }

    var table: PracticeTable {
        let rows = homes.enumerated().map { place, home in
            let start = today.monthOf.adding(-(1 + place % 60)), digits = String(place + 1)
            return ["最低生活保障", home.number, home.head.number.typed, home.head.name, "\(home.residents.count)", start.typed, amount(home, place), "示范农商银行",
                    "存折0001" + String(repeating: "0", count: max(0, 8 - digits.count)) + digits, home.head.name, ["A", "B", "C"][place % 3], start.first.typed]
        }
        let headings = ["救助项目", "户号", "户主身份证号", "户主姓名", "保障人数", "起始月份", "月保障金额", "开户行", "账号", "户名", "分类", "审批日期"]
        let third = rows.count / 4
        return PracticeTable("5-在保户", .spreadsheet, headings, rows, slips: [
            .init(row: third, column: 6, text: "0", why: "停发的户不要列入，金额应大于零"),
            .init(row: third * 2, column: 9, text: "示外人", why: "户名不是户内成员"),
            .init(row: third * 3, column: 4, text: "9", why: "人数与家庭登记不符"),
        ])
    }

    /// What was last paid: the same households, and one that was stopped since.
    var paid: PracticeTable {
        var rows = homes.enumerated().map { place, home in [home.head.number.typed, home.head.name, amount(home, place)] }
        if let former { rows.append([former.head.number.typed, former.head.name, "500.00"]) }
        let remark = former.map { "最后一行 \($0.head.name) 上月发过、本月已停发，在保户表里没有：核对时会列为差异，写明原因即可" } ?? ""
        return PracticeTable("6-发放名册", .utf8, ["身份证号", "姓名", "实发金额"], rows, remark: remark)
    }
}
