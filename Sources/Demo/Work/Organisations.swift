import Kernel
import Values

/// 示范市的组织机构。Homes, clubs and committees that nobody has heard of; some changed their name, one stands still, one is gone.
enum Organisations {
    private struct Body { let name: String, kind: String, region: String, category: String? }

    private static let bodies = [
        Body(name: "示范市立春颐养院", kind: "elder-care", region: "000181001", category: "52"), Body(name: "示范市雨水敬老院", kind: "elder-care", region: "000181002", category: "12"),
        Body(name: "示范市惊蛰康养中心", kind: "elder-care", region: "000181003", category: "52"), Body(name: "示范市儿童福利院", kind: "child-welfare", region: "000181004", category: "12"),
        Body(name: "示范市立夏镇卫生院", kind: "medical", region: "000181100", category: "12"), Body(name: "示范市节气文化研究会", kind: "association", region: "000181", category: "51"),
        Body(name: "示范市春风社会工作服务中心", kind: "private-non-enterprise", region: "000181001", category: "52"),
        Body(name: "示范市谷雨慈善基金会", kind: "foundation", region: "000181", category: "53"),
        Body(name: "小满镇乐龄文艺队", kind: "grassroots", region: "000181101", category: nil), Body(name: "立春街道邻里互助会", kind: "grassroots", region: "000181001", category: nil),
    ]

    /// With as many homes for the old as the city is calibrated to.
    private static var all: [Body] {
        let seasons = ["春分", "清明", "谷雨", "立夏", "小满", "芒种", "夏至", "小暑", "大暑", "立秋", "处暑", "白露"]
        let streets = ["004", "005", "006", "100", "101", "102", "103", "104", "105", "106", "107", "200"]
        let missing = Calibration.elderHomes - bodies.count { $0.kind == "elder-care" }
        return bodies + zip(seasons, streets).prefix(missing).enumerated().map { place, home in
            Body(name: "示范市\(home.0)\(place.isMultiple(of: 2) ? "养老院" : "敬老院")", kind: "elder-care", region: "000181" + home.1, category: place.isMultiple(of: 2) ? "52" : "12")
        }
    }

    /// - Returns: how many organisations were registered.
    static func register(at office: Office, _ dice: inout Dice) async throws -> Int {
        guard office.knows("organisations.register-organisation") else { return 0 }
        for (index, body) in all.enumerated() {
            var values: RawFields = [
                "name": .typed(body.name), "kind": .typed(body.kind), "region": .typed(body.region), "founded_on": .typed("\(2004 + index % 19)-05-1\(index % 9)"),
                "representative": .typed(["甲", "乙", "丙", "丁", "戊"][index % 5] + "某某"), "phone": .typed("1990000\(2000 + index)"), "is_distinct": .typed("1"),
            ]
            if let category = body.category { values["credit_code"] = .typed(try code(category, index)) }
            let id = try await office.act("organisations.register-organisation", values, by: "shenhe", on: office.workday(before: 300 - index), &dice).subject
            try await change(id, body, index, at: office, &dice)
        }
        return all.count
    }

    private static func change(_ id: String, _ body: Body, _ index: Int, at office: Office, _ dice: inout Dice) async throws {
        let day = office.workday(before: 90 - index)
        switch index {
        case 2:
            let values: RawFields = ["organisation": .typed(id), "changed_on": .typed(day.typed), "name": .typed("示范市惊蛰颐康院"), "kind": .typed(body.kind),
                                     "region": .typed(body.region), "representative": .typed("己某某"), "is_distinct": .typed("1")]
            try await office.act("organisations.change-organisation", values, by: "shenhe", on: day, &dice)
        case 5, 8:
            let values: RawFields = ["organisation": .typed(id), "status": .typed(index == 5 ? "suspended" : "cancelled"), "status_on": .typed(day.typed),
                                     "reason": .typed(index == 5 ? "两年没有开展活动，限期整改" : "成员解散")]
            try await office.act("organisations.change-organisation-status", values, by: "shenhe", on: day, &dice)
        default: break
        }
    }

    /// A code of the invented county: its check characters are found by trial.
    private static func code(_ category: String, _ index: Int) throws -> String {
        let body = category + "000181" + "MJ00\(1000 + index)", alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
        for organisation in "0123456789X" {
            for check in alphabet {
                if let code = try? CreditCode(typed: body + "\(organisation)\(check)") { return code.code }
            }
        }
        throw Refusal.invalid("没有找到合适的信用代码")
    }
}
