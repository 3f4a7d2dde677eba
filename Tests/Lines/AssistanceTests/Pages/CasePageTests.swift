import Kernel
import Testing
import Values
@testable import Assistance

@Suite("办件页和待遇页")
struct CasePageTests {
    @Test("只给此人此时能办的事，主要的一件突出")
    func acts() async throws {
        let office = try await Office(on: "2024-08-01")
        let id = try await office.submit("apply-for-allowance", application(of: alone()), as: clerk).outcome.subject
        func offered(_ actor: Actor) async throws -> [String] { try await office.page("applications/{id}", id, as: actor).actNames }
        #expect(try await offered(clerk) == ["request-supplement", "*accept-application", "withdraw-application"])
        #expect(try await offered(approver).isEmpty)
        try await office.on(id, "accept-application", as: clerk)
        #expect(try await offered(checker).first == "*record-economic-check")
        #expect(try await !offered(clerk).contains("record-first-opinion"))
        try await office.check(id, on: "2024-08-01")
        #expect(try await offered(clerk).contains("*record-visit"))
        try await office.visit(id, on: "2024-08-01")
        #expect(try await offered(clerk).contains("*record-first-opinion"))
        try await office.on(id, "record-first-opinion", as: clerk)
        #expect(try await offered(clerk).contains("*post-notice"))
        try await office.on(id, "post-notice", ["place": .typed("公示栏")], as: clerk)
        #expect(try await !offered(approver).contains { $0.hasSuffix("confirm-allowance") })
        try office.go(to: "2024-08-09")
        #expect(try await offered(approver).contains("*confirm-allowance"))
        #expect(try await !offered(reviewer).contains { $0.hasSuffix("confirm-allowance") })
    }

    @Test("前一步的办理人看不到须由他人办理的事")
    func anotherPerson() async throws {
        let office = try await Office(on: "2024-08-01")
        let hers = staff("三镇审核", .townshipReviewer, "000181003", number: 40), other = staff("三镇审核二", .townshipReviewer, "000181003", number: 41)
        let clerk = staff("三镇经办", .townshipClerk, "000181003", number: 42)
        let id = try await office.accepted(application(of: alone(), region: "000181003001"), by: clerk)
        try await office.check(id, on: "2024-08-01")
        try await office.visit(id, on: "2024-08-01", by: clerk)
        try await office.on(id, "record-first-opinion", as: hers)
        try await office.on(id, "post-notice", ["place": .typed("公示栏")], as: clerk)
        try office.go(to: "2024-08-09")
        #expect(try await !office.page("applications/{id}", id, as: hers).actNames.contains { $0.hasSuffix("confirm-allowance") })
        #expect(try await office.page("applications/{id}", id, as: other).actNames.contains("*confirm-allowance"))
    }

    @Test("页上有：谁计入和理由、两次标准的出处、起始月、步骤、文书")
    func confirmed() async throws {
        let office = try await Office(on: "2024-06-20")
        let id = try await office.noticed(application(of: fiveOfThem()))
        try office.go(to: "2024-07-02")
        try await office.on(id, "confirm-allowance", as: approver)
        let page = try await office.page("applications/{id}", id)
        for text in ["试甲一户", "在监狱服刑，不计入共同生活的家庭成员", "在校接受全日制本科及以下学历教育的成年子女", "1,734.00 元", "728.00 元 × 4 人", "735.00 元 × 4 人",
                     "001 号材料", "《最低生活保障审核确认办法》（民发〔2021〕57号）第七条", "自2024年8月起每月 1,734.00 元", "最低生活保障确认通知书", "受理通知书", "公示"] {
            #expect(page.text.contains(text), "\(text)")
        }
        #expect(!page.text.contains("0001811980"))
        #expect(page.acts.isEmpty)
    }

    @Test("管辖范围以外的人看不到")
    func elsewhere() async throws {
        let office = try await Office(on: "2024-08-01")
        let id = try await office.submit("apply-for-allowance", application(of: alone()), as: clerk).outcome.subject
        let stranger = staff("外乡", .townshipClerk, "000181002", number: 50)
        let refused = await refusal { try await office.page("applications/{id}", id, as: stranger) }
        #expect(refused?.kind == .forbidden)
        #expect(await refusal { try await office.page("applications/{id}", "没有这个编号") }?.kind == .absent)
    }

    @Test("待遇页：先前得知的金额留着，标明何时改按新的决定")
    func versions() async throws {
        let office = try await Office(on: "2024-06-20")
        let id = try await office.granted(application(of: fiveOfThem()))
        try office.go(to: "2024-11-05")
        try await office.on(id, "change-household", ["changed_on": .typed("2024-11-01"), "note": .typed("换了工作"), "members": .rows(fiveOfThem(wage: 2200))], as: clerk)
        let waiting = try await office.page("allowances/{id}", id)
        #expect(waiting.text.contains("有登记的家庭变化等待核定"))
        #expect(waiting.text.contains("可能结果：符合，每月约 1,034.00 元"))
        #expect(waiting.actNames.contains("*recompute-allowance"))
        try await office.on(id, "recompute-allowance", ["told": .typed("已当面告知")], as: approver)
        let page = try await office.page("allowances/{id}", id)
        for text in ["1,734.00 元", "1,034.00 元", "2024年11月5日 09:00起改按新的决定", "现行", "最低生活保障金减发通知书"] { #expect(page.text.contains(text), "\(text)") }
        #expect(try await !office.page("allowances/{id}", id).actNames.contains { $0.hasSuffix("begin-gradual-exit") })
    }
}
