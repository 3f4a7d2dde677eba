import Kernel
import Testing
import Values
@testable import Assistance

/// One row of policy-examples.csv as a question to the inquiry, in the machine's face.
struct Question: Sendable, CustomTestStringConvertible {
    let id: String
    let decision: String
    let fen: Int64
    let reason: String?
    let json: String

    init(_ id: String, _ decision: String, _ fen: Int64 = 0, because reason: String? = nil, _ json: String) {
        (self.id, self.decision, self.fen, self.reason, self.json) = (id, decision, fen, reason, json)
    }

    var testDescription: String { id }
}

@Suite("试算")
struct EstimateTests {
    @Test("低保算例经试算接口", arguments: examples)
    func example(_ question: Question) async throws {
        let office = try await Office(on: "2023-06-01")
        let answer = try await office.ask(question.json)
        #expect(answer["decision"] == .string(question.decision))
        #expect(answer["monthly_fen"] == .integer(question.fen))
        if let reason = question.reason { #expect(answer.first("reasons", "code") == .string(reason)) }
    }

    @Test("填了区域的，按当地当日的规定", arguments: [("2024-06-30", 72_800), ("2024-07-01", 73_500)])
    func ownRulings(_ on: String, _ fen: Int64) async throws {
        let office = try await Office(on: "2024-08-01")
        let answer = try await office.ask(#"{"area":"urban","region":"000181001","on":"\#(on)","members":[{"kinship":"self","age":50}]}"#)
        #expect(answer["monthly_fen"] == .integer(fen))
        #expect(answer.first("rulings", "source") != nil)
    }

    @Test("什么也不保存")
    func storesNothing() async throws {
        let office = try await Office(on: "2024-08-01")
        _ = try await office.ask(#"{"area":"urban","region":"000181001","members":[{"kinship":"self","age":50}]}"#)
        let written = try await office.read { try $0.connection.value("SELECT (SELECT count(*) FROM journal) + (SELECT count(*) FROM declaration)") ?? -1 }
        #expect(written == 0)
    }

    @Test("填错的，指到那一处", arguments: [
        (#"{"area":"urban","members":[]}"#, ["members"]),
        (#"{"area":"city","members":[{"kinship":"self","age":50}]}"#, ["area"]),
        (#"{"area":"urban","members":[{"key":"m1","kinship":"self","age":-1}]}"#, ["members", "m1", "age"]),
        (#"{"area":"urban","members":[{"key":"m1","kinship":"self","age":50,"incomes":[{"kind":"wage","amount_fen":-1,"span":"month"}]}]}"#, ["members", "m1", "incomes", "1", "amount_fen"]),
        (#"{"area":"urban","law":{"standard_month_fen":90000},"members":[{"key":"m1","kinship":"self","age":50},{"key":"m2","kinship":"child","age":30}]}"#, ["members", "m2", "lives_independently"]),
        (#"{"area":"urban","law":{"method":"household-tier"},"members":[{"kinship":"self","age":50}]}"#, ["law", "tiers", "household_tiers"]),
        (#"{"area":"urban","members":[{"kinship":"self","age":50}],"supporters":[{"key":"s1","name":"试丁一","kinship":"child","supported":[{"key":"1","member":"无此人"}]}]}"#,
         ["supporters", "s1", "supported", "1", "member"]),
    ])
    func faults(_ json: String, _ path: [String]) async throws {
        let office = try await Office(on: "2024-08-01")
        let refused = await refusal { try await office.ask(json) }
        #expect(refused?.problems.map { $0.path } == [path])
    }
}

private let examples: [Question] = [
    Question("A001", "APPROVE", 120_000, #"""
        {"area":"urban","property_state":"within","law":{"method":"gap","standard_month_fen":90000},"members":[
          {"kinship":"self","age":42,"employed":true,"incomes":[{"kind":"wage","amount_fen":150000,"span":"month"}]},
          {"kinship":"spouse","age":40},{"kinship":"child","age":9}]}
        """#),
    Question("A002", "APPROVE", 84_000, #"""
        {"area":"urban","property_state":"within","law":{"standard_month_fen":80000,"deductions":{"job_cost_basis":"standard","job_cost_ratio":3000,"job_cost_per_member":true}},
         "members":[{"kinship":"self","age":38,"employed":true,"incomes":[{"kind":"wage","amount_fen":180000,"span":"month"}]},{"kinship":"spouse","age":36},{"kinship":"child","age":6}]}
        """#),
    Question("A003", "APPROVE", 60_000, #"""
        {"area":"rural","property_state":"within","law":{"standard_month_fen":75000},"shared_incomes":[{"kind":"land-transfer","amount_fen":120000,"span":"year"}],"members":[
          {"kinship":"self","age":50,"incomes":[{"kind":"wage","amount_fen":260000,"span":"month"}],"outgoings":[{"kind":"insurance-and-tax","amount_fen":30000,"span":"month"}]},
          {"kinship":"spouse","age":49},{"kinship":"child","age":17},{"kinship":"parent","age":72,"co_resident":true,"support_duty":true}]}
        """#),
    Question("A005 最低补差", "APPROVE", 39_400, #"""
        {"area":"urban","property_state":"within","law":{"standard_month_fen":98500,"floor":2000},"shared_incomes":[{"kind":"other","amount_fen":180000,"span":"month"}],
         "members":[{"kinship":"self","age":45},{"kinship":"spouse","age":44}]}
        """#),
    Question("A006 增发就高", "APPROVE", 93_000, #"""
        {"area":"urban","property_state":"within","law":{"standard_month_fen":65000,"add_ons":{"stacking":"highest-only","ratios":[
           {"category":"elder-70","ratio":1000},{"category":"minor","ratio":1000},{"category":"severely-disabled","ratio":2000},{"category":"seriously-ill","ratio":3000}]}},
         "members":[{"kinship":"self","age":74,"disability_kind":"4","disability_grade":2},
           {"kinship":"spouse","age":69,"incomes":[{"kind":"pension","amount_fen":50000,"span":"month"}]}]}
        """#),
    Question("A007 分类救助系数", "APPROVE", 67_650, #"""
        {"area":"urban","property_state":"within","law":{"edition":"2012","method":"gap-with-coefficient","standard_month_fen":31000,"tiers":{"coefficients":[
           {"coefficient_class":"minor-16","coefficient":11000},{"coefficient_class":"lost-work-ability","coefficient":10500},{"coefficient_class":"basic","coefficient":10000}]}},
         "members":[{"kinship":"self","age":41,"coefficient_class":"basic","incomes":[{"kind":"wage","amount_fen":30000,"span":"month"}]},
           {"kinship":"spouse","age":40,"coefficient_class":"lost-work-ability"},{"kinship":"child","age":12,"coefficient_class":"minor-16"}]}
        """#),
    Question("A008 按家庭类别分档", "APPROVE", 142_910, #"""
        {"area":"rural","property_state":"within","household_class":"B","law":{"method":"household-tier","standard_year_fen":596400,
           "tiers":{"household_tiers":[{"household_class":"A","amount_fen":49500},{"household_class":"B","amount_fen":42500},{"household_class":"C","amount_fen":35500}]},
           "add_ons":{"ratios":[{"category":"elder-70","ratio":3000},{"category":"minor","ratio":3000},{"category":"severely-disabled","ratio":5000},{"category":"seriously-ill","ratio":5000}],
                      "household_allowances":[{"name":"电费补贴","amount_fen":500}]}},
         "members":[{"kinship":"self","age":76},{"kinship":"spouse","age":68},
           {"kinship":"grandchild","age":20,"support_duty":true,"study_level":"bachelor","full_time":true}]}
        """#),
    Question("A009 按成员分档", "APPROVE", 184_000, #"""
        {"area":"rural","property_state":"within","law":{"method":"member-tier","tiers":{"member_tiers":[{"tier":"patient-or-disabled","amount_fen":82000},
           {"tier":"other-member","amount_fen":45000},{"tier":"other-member","amount_fen":57000}]}},
         "members":[{"kinship":"self","age":40,"tier":"patient-or-disabled"},{"kinship":"spouse","age":40,"tier":"other-member","tier_amount_fen":45000},
           {"kinship":"child","age":10,"tier":"other-member","tier_amount_fen":57000}]}
        """#),
    Question("A010 单人保", "APPROVE_SINGLE", 35_000, #"""
        {"area":"urban","property_state":"within","single_ground":"severely-disabled","law":{"standard_month_fen":70000,
           "single":{"limits":[{"ground":"severely-disabled","multiple":30000},{"ground":"seriously-ill","multiple":50000}],"strictness":"below-or-equal",
                     "amount":"full-or-share","full_up_to":20000,"beyond":5000,"add_ons_allowed":false},
           "add_ons":{"ratios":[{"category":"severely-disabled","ratio":2000}]}},
         "members":[{"kinship":"self","age":45,"disability_kind":"4","disability_grade":2},
           {"kinship":"parent","age":70,"support_duty":true,"incomes":[{"kind":"pension","amount_fen":300000,"span":"month"}]}]}
        """#),
    Question("A011 精神残疾三级", "APPROVE_SINGLE", 68_000, #"""
        {"area":"urban","property_state":"within","single_ground":"severely-disabled","law":{"standard_month_fen":80000},
         "members":[{"kinship":"self","age":30,"disability_kind":"6","disability_grade":3,"incomes":[{"kind":"gift","amount_fen":12000,"span":"month"}]},
           {"kinship":"parent","age":55,"support_duty":true,"incomes":[{"kind":"wage","amount_fen":196000,"span":"month"}]}]}
        """#),
    Question("A012 成年无业重度残疾人", "APPROVE_SINGLE", 72_000, #"""
        {"area":"urban","property_state":"within","single_ground":"unemployed-disabled-adult","law":{"standard_month_fen":72000},"shared_incomes":[{"kind":"other","amount_fen":200000,"span":"month"}],
         "members":[{"key":"m1","kinship":"self","age":35,"disability_kind":"1","disability_grade":1}],
         "supporters":[{"name":"试丁父","kinship":"parent","born_on":"1957-06-01","paid_fen":50000,"supported":[{"member":"m1"}]}]}
        """#),
    Question("A013 计入的成员", "APPROVE", 30_000, #"""
        {"area":"urban","property_state":"within","law":{"standard_month_fen":70000},"members":[
          {"kinship":"self","age":48,"incomes":[{"kind":"wage","amount_fen":180000,"span":"month"}]},{"kinship":"spouse","age":47},
          {"kinship":"child","age":20,"study_level":"bachelor","full_time":true},{"kinship":"parent","age":70,"status":"prison"},
          {"kinship":"sibling","age":45,"status":"religious"},{"kinship":"child","age":24,"co_resident":false,"employed":true,"lives_independently":true}]}
        """#),
    Question("A014 不计入的收入", "APPROVE", 70_000, #"""
        {"area":"urban","property_state":"within","law":{"standard_month_fen":75000},"members":[{"kinship":"self","age":40,"incomes":[
          {"kind":"wage","amount_fen":80000,"span":"month"},{"kind":"veterans","amount_fen":60000,"span":"month"},
          {"kind":"basic-pension","amount_fen":14300,"span":"month"},{"kind":"scholarship","amount_fen":30000,"span":"month"}]},{"kinship":"spouse","age":40}]}
        """#),
    Question("A015 赡养费", "REJECT", because: "INCOME_NOT_LOW", #"""
        {"area":"urban","property_state":"within","law":{"standard_month_fen":80000,"deductions":{"support_threshold":10000,"support_ratio":5000,"support_actual_if_higher":true}},
         "members":[{"key":"m1","kinship":"self","age":68},{"key":"m2","kinship":"spouse","age":66}],
         "supporters":[{"name":"试丁义务","kinship":"child","household_size":3,"household_income_fen":900000,"supported_persons":2,"paid_fen":50000,
           "supported":[{"member":"m1"},{"member":"m2"}]}]}
        """#),
    Question("A016 小型轿车", "REJECT", because: "PROPERTY_VEHICLE", #"""
        {"area":"urban","law":{"standard_month_fen":80000,"limits":{"vehicle_limit":0}},"members":[{"kinship":"self","age":45,
          "incomes":[{"kind":"wage","amount_fen":30000,"span":"month"}],"assets":[{"kind":"vehicle","vehicle_kind":"car","amount_fen":6000000}]}]}
        """#),
    Question("A017 代步车豁免", "APPROVE", 60_000, #"""
        {"area":"urban","law":{"standard_month_fen":80000,"limits":{"vehicle_limit":0,"exempt_vehicles":[{"vehicle_kind":"mobility-aid"},{"vehicle_kind":"motorcycle"}]}},
         "members":[{"kinship":"self","age":45,"incomes":[{"kind":"wage","amount_fen":20000,"span":"month"}],"assets":[{"kind":"vehicle","vehicle_kind":"mobility-aid"}]}]}
        """#),
    // 2400 a year is 200 a month. The printed key (1800) forgets its own exemption of the award; the row's answer stands.
    Question("A048 计划生育奖励不计入", "APPROVE", 20_000, #"""
        {"area":"rural","property_state":"within","law":{"edition":"2012","standard_month_fen":15000},"members":[{"kinship":"self","age":45,"incomes":[
          {"kind":"farming","amount_fen":300000,"span":"year"},{"kind":"family-planning","amount_fen":60000,"span":"year"}]},{"kinship":"spouse","age":44},{"kinship":"child","age":10}]}
        """#),
]

extension Office {
    /// Asks as a machine does: JSON in, JSON out.
    func ask(_ json: String) async throws -> JSON {
        let inquiry = try #require(assistance.inquiries.first { $0.name == "estimates" })
        let fields = try JSON(parsing: json).rawFields()
        #expect(inquiry.outline.unknown(in: fields).isEmpty)
        return JSON(try await counter.ask(inquiry, fields, as: community), in: inquiry.answerOutline)
    }
}

extension JSON {
    /// A member of the first row of a list.
    func first(_ list: String, _ name: String) -> JSON? {
        if case .array(let rows)? = self[list] { rows.first?[name] } else { nil }
    }
}
