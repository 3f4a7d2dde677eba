import Kernel
import Testing
import Values
@testable import Assistance

@Suite("受理表旁的试算和已知的内容")
struct RunningEstimateTests {
    private static let born = Raw.typed("1980-01-02")

    private static func member(_ fields: RawFields) -> RawFields { ["area": .typed("urban"), "region": .typed("000181001001"), "members": .rows([RawRow(key: "m1", fields: fields)])] }

    @Test("填到哪里算到哪里：填错的一行不算，说明还差什么", arguments: [
        //  已填                                                                                   写着
        ([:], "先选择城市或者农村"),
        (["area": .typed("火星")], "先选择城市或者农村"),
        (["area": .typed("urban")], "先填写家庭成员"),
        (member([:]), "成员 1：请填写「与申请人关系」"),
        (member(["kinship": .typed("self")]), "出生日期"),
        (member(["kinship": .typed("self"), "born_on": born]), "可能结果：符合，每月约 728.00 元"),
        (member(["kinship": .typed("self"), "born_on": born, "incomes": wage(500, .pension)]), "可能结果：符合，每月约 228.00 元"),
        (member(["kinship": .typed("self"), "born_on": born, "incomes": wage(727, .pension)]), "可能结果：符合，每月约 1.00 元"),
        (member(["kinship": .typed("self"), "born_on": born, "incomes": wage(728, .pension)]), "可能结果：不符合"),
        (member(["kinship": .typed("self"), "born_on": born, "incomes": .rows([RawRow(key: "i1", fields: ["kind": .typed("wage"), "amount_fen": .typed("五百")])])]), "可能结果：符合，每月约 728.00 元"),
        (member(["kinship": .typed("self"), "born_on": born, "disability_kind": .typed("4")]), "残疾类别和等级须同时填写"),
        (member(["name": .typed("试甲一"), "kinship": .typed("self"), "born_on": born, "resident_id": .typed("0001")]), "可能结果：符合，每月约 728.00 元"),
    ] as [(RawFields, String)])
    func soFar(_ values: RawFields, _ text: String) async throws {
        let office = try await Office(on: "2024-06-20")
        let aside = try await office.form("apply-for-allowance", values).aside?.text ?? ""
        #expect(aside.contains(text), "\(aside)")
    }

    @Test("规则要问的事实，作为还要填写的内容")
    func asked() async throws {
        let office = try await Office(on: "2024-06-20")
        let child = try grownChild("m2", "试甲七", .child, born: "2000-01-02", sequence: 801)
        let aside = try await office.form("apply-for-allowance", application(of: alone() + [child])).aside?.text ?? ""
        #expect(aside.contains("试甲七已成年，请填写能否独立生活"))
    }

    private func grownChild(_ key: String, _ name: String, _ kinship: Kinship, born: String, sequence: Int) throws -> RawRow {
        try AssistanceTests.member(key, name, kinship, born: born, sequence: sequence)
    }

    @Test("找到的人：表上先填好家庭，不在辖区的不给看")
    func known() async throws {
        let office = try await Office(on: "2024-06-20")
        let id = try await office.submit("apply-for-allowance", application(of: fiveOfThem()), as: clerk).outcome.subject
        let person = try await office.read { try $0.find(#require(ID<Application>(rawValue: id))).applicant.text }
        let found = try await office.page("intake", "", query: ["q": "试甲"], as: clerk)
        #expect(found.text.contains("已在申请 DB2024-000001 中"))
        #expect(!found.text.contains("0001811980"))
        let known = try await office.counter.read(as: clerk) { try ApplyForAllowance.known(person, at: $0) }
        #expect(known.text("area") == "urban")
        #expect(known.rows("members").first?.fields.text("kinship") == "self")
        #expect(known.rows("members").compactMap { $0.fields.text("name") }.sorted() == ["试甲一", "试甲三", "试甲二", "试甲五"].sorted())
        let stranger = staff("外乡", .townshipClerk, "000181002", number: 50)
        let refused = await refusal { try await office.counter.read(as: stranger) { try ApplyForAllowance.known(person, at: $0) } }
        #expect(refused?.kind == .forbidden)
    }

    @Test("没有指明谁：留一行申请人本人")
    func blank() async throws {
        let office = try await Office(on: "2024-06-20")
        let known = try await office.counter.read(as: clerk) { try ApplyForAllowance.known(nil, at: $0) }
        #expect(known.rows("members").map { $0.fields.text("kinship") } == ["self"])
        #expect(known.text("region") == "000181001")
    }

    @Test("试算的答复由本业务自己画")
    func answer() async throws {
        let office = try await Office(on: "2024-06-20")
        let inquiry = try #require(assistance.inquiries.first { $0.name == "estimates" })
        let values: RawFields = ["region": .typed("000181"), "area": .typed("urban"), "members": .rows([RawRow(key: "m1", fields: ["kinship": .typed("self"), "age": .typed("50")])])]
        let answer = try await office.counter.ask(inquiry, values, as: clerk)
        let text = try #require(try assistance.answer("estimates")?.markup(answer)).text
        #expect(text.contains("可能结果：符合，每月约 728.00 元"))
        #expect(text.contains("001 号材料"))
    }
}
