import Kernel
import Testing
import Values
@testable import Assistance

@Suite("文书")
struct SheetTests {
    @Test("公示：只见姓氏、社区、人数和金额，不见姓名、号码、住址和未成年人")
    func masked() async throws {
        let office = try await Office(on: "2024-06-20")
        let id = try await office.noticed(application(of: fiveOfThem(), ["address": .typed("和平路 1 号 401 室")]))
        let sheet = try await office.page("applications/{id}/notice", id)
        #expect(sheet.isSheet)
        for text in ["试某某", "4 人（未成年人 1 人）", "1,703.20 元", "到2024年6月27日为止", "可以不具名"] { #expect(sheet.text.contains(text), "\(text)") }
        for text in ["试甲", "000181198", "401", "服刑"] { #expect(!sheet.text.contains(text), "\(text)") }
    }

    @Test("不予确认：决定在第一句，哪一事实需要不同，依据，向谁到何时提出异议")
    func refused() async throws {
        let office = try await Office(on: "2024-06-20")
        try await office.nameThePlaces()
        let id = try await office.accepted(application(of: fiveOfThem(wage: 5200)))
        try await office.check(id, on: "2024-06-20")
        try await office.visit(id, on: "2024-06-20")
        try await office.on(id, "record-first-opinion", as: clerk)
        try await office.on(id, "refuse-allowance", as: approver)
        let told = try await office.sheet(.refused, of: id)
        for text in ["经审核，决定不予确认。", "家庭月收入需低于 2,912.00 元，现为 4,981.60 元，高出 2,069.60 元", "第二十一条", "向示范市人民政府申请行政复议",
                     "《中华人民共和国行政复议法》第二十条、第二十四条", "六个月内", "《中华人民共和国行政诉讼法》第四十六条", "示范市民政局"] {
            #expect(told.text.contains(text), "\(text)")
        }
        #expect(!told.text.contains("为止，提起行政诉讼"))
        try await office.on(id, "deliver-refusal", ["delivered_on": .typed("2024-06-20"), "delivery": .typed("in-person")], as: clerk)
        #expect(try await office.sheet(.refused, of: id).text.contains("申请行政复议到2024年8月19日为止，提起行政诉讼到2024年12月20日为止"))
    }

    @Test("委托镇街确认的，写明受谁委托；县级确认的不写", arguments: [("000181003001", true), ("000181001001", false)])
    func delegated(_ region: String, _ isDelegated: Bool) async throws {
        let office = try await Office(on: "2024-08-01")
        try await office.nameThePlaces()
        let clerk = staff("经办", .townshipClerk, String(region.prefix(9)), number: 60)
        let id = try await office.noticed(application(of: alone(), region: region), by: clerk)
        try office.go(to: "2024-08-09")
        try await office.on(id, "confirm-allowance", as: approver)
        #expect(try await office.sheet(.confirmed, of: id).text.contains("受示范市民政局委托作出") == isDelegated)
    }

    @Test("行政复议的规定按决定日期", arguments: [("2023-12-31", "（2017年修正）第九条、第十二条"), ("2024-01-01", "第二十条、第二十四条")])
    func reviewLaw(_ decidedOn: String, _ articles: String) throws {
        let office = SheetOffice(unit: "示范市民政局", township: "城关街道办事处", government: "示范市人民政府", delegation: nil)
        let text = Remedies(office: office, decidedOn: try day(decidedOn), deliveredOn: nil).text(.shipped)
        #expect(text.contains("《中华人民共和国行政复议法》\(articles)"))
    }

    @Test("审核意见不出具文书")
    func opinion() async throws {
        let office = try await Office(on: "2024-06-20")
        let id = try await office.noticed(application(of: alone()))
        #expect(await refusal { try await office.sheet(.firstOpinion, of: id) }?.kind == .absent)
    }

    @Test("依据：同一文件只列一次，条文并在一起", arguments: [
        //  依据                                      列出                             指向最后一条
        (["《甲办法》第七条", "《甲办法》第九条"], ["《甲办法》第七条、第九条"], "〔1〕第九条"),
        (["《甲办法》（甲发〔2021〕1号）第七条", "乙号材料"], ["《甲办法》（甲发〔2021〕1号）第七条", "乙号材料"], "〔2〕"),
        (["《甲办法》第七条", "《甲办法》第七条"], ["《甲办法》第七条"], "〔1〕第七条"),
        (["《甲通知》（甲发〔2022〕2号）"], ["《甲通知》（甲发〔2022〕2号）"], "〔1〕"),
        (["《甲办法》第七条：附加说明"], ["《甲办法》第七条：附加说明"], "〔1〕"),
        (["《没有右书名号第七条"], ["《没有右书名号第七条"], "〔1〕"),
    ])
    func grounds(_ bases: [String], _ texts: [String], _ mark: String) {
        let grounds = Grounds(bases)
        #expect(grounds.texts == texts)
        #expect(bases.last.map(grounds.mark) == mark)
        #expect(grounds.mark("《别的文件》第一条") == "《别的文件》第一条")
    }
}
