@testable import Commons
import Kernel
import Testing
import Values

/// One organisation, one file: by its code and its name, with what it was before.
@Suite struct OrganisationTests {
    private static let code = "52440100MJ000000XJ", otherCode = "51440100MJ000000XM"

    private func register(_ office: Office, _ name: String, _ code: String? = nil, kind: String = "elder-care", distinct: Bool = false) async throws -> String {
        var values = ["name": name, "kind": kind, "region": township.code, "founded_on": "2010-05-01", "phone": "0755-83221234", "representative": "测试某"]
        values["credit_code"] = code
        if distinct { values["is_distinct"] = "1" }
        return try await office.submit("organisations.register-organisation", values).outcome.subject
    }

    @Test("登记：代码校验不符、社会组织没有代码、成立在明天的拒绝", arguments: [
        (["credit_code": "52440100MJ000000XK"], Refusal.Kind.invalid), (["kind": "association"], .invalid), (["founded_on": "2024-06-21"], .invalid),
        (["founded_on": "2024-06-20"], nil), (["kind": "association", "credit_code": code], nil), (["region": nextTownship.code], .forbidden),
    ] as [([String: String], Refusal.Kind?)])
    func entriesAreChecked(_ changed: [String: String], _ kind: Refusal.Kind?) async throws {
        let office = try await Office()
        let values = ["name": "测试颐养院", "kind": "elder-care", "region": township.code, "founded_on": "2010-05-01"].merging(changed) { $1 }
        #expect(try await office.refusal { try await office.submit("organisations.register-organisation", values) } == kind)
    }

    @Test("重复：同一代码拒绝；名称相近的提醒，确认了才登记", arguments: [
        ("测试颐养院", Self.code, true, Refusal.Kind.conflict), ("测试（颐养）院", nil, false, .conflict), ("示范市测试颐养院有限公司", nil, false, .conflict),
        ("测试颐养院", nil, true, nil), ("测试敬老院", nil, false, nil),
    ] as [(String, String?, Bool, Refusal.Kind?)])
    func twinsAreNoticed(_ name: String, _ code: String?, _ distinct: Bool, _ kind: Refusal.Kind?) async throws {
        let office = try await Office()
        _ = try await register(office, "测试颐养院", Self.code)
        #expect(try await office.refusal { _ = try await register(office, name, code, distinct: distinct) } == kind)
    }

    @Test("名称的一部分、拼音首字母、代码、旧名称都找得到", arguments: ["颐养", "csyyy", Self.code, "康养中心"])
    func organisationsAreFound(_ text: String) async throws {
        let office = try await Office()
        let id = try await register(office, "测试康养中心", Self.code)
        try await change(office, id, ["name": "测试颐养院"])
        let rows = try await office.counter.page(of: organisationRegister, ListingRequest(filters: ["q": text]), as: reviewer).rows
        #expect(rows.count == 1)
        #expect(try await office.counter.read(as: clerk) { try findOrganisations.find(text, $0).map(\.title) } == ["测试颐养院"])
        #expect(try await office.counter.read(as: neighbour) { try findOrganisations.find(text, $0).isEmpty })
    }

    private func change(_ office: Office, _ id: String, _ changed: [String: String], on: String = "2020-01-01") async throws {
        let values = ["organisation": id, "changed_on": on, "name": "测试康养中心", "kind": "elder-care", "region": township.code, "representative": "测试某"].merging(changed) { $1 }
        try await office.submit("organisations.change-organisation", values)
    }

    @Test("变更：前后都留着，名称有起止；没有变化的、早于成立的拒绝；电话不写全")
    func changesKeepBeforeAndAfter() async throws {
        let office = try await Office(), id = try await register(office, "测试康养中心")
        #expect(try await office.refusal { try await change(office, id, [:]) } == .invalid)
        #expect(try await office.refusal { try await change(office, id, ["representative": "测试乙"], on: "2010-04-30") } == .invalid)
        try await change(office, id, ["name": "测试颐养院", "representative": "测试乙", "phone": "0755-83225678"])
        let page = try await office.page("organisations", "organisations/{id}", ["id": id])
        #expect(page.title == "测试颐养院" && page.text.contains("测试某 → 测试乙") && page.text.contains("2010年5月1日至2019年12月31日"))
        #expect(!page.text.contains("83225678") && !page.text.contains("83221234"))
    }

    @Test("状态：暂停可恢复，注销不可；不能早于现状态", arguments: [
        ("suspended", "2010-04-30", Refusal.Kind.invalid), ("suspended", "2010-05-01", nil), ("active", "2024-01-01", .invalid), ("cancelled", "2024-06-21", .invalid), ("cancelled", "2024-06-20", nil),
    ])
    func statusesAreDated(_ status: String, _ on: String, _ kind: Refusal.Kind?) async throws {
        let office = try await Office(), id = try await register(office, "测试颐养院")
        let values = ["organisation": id, "status": status, "status_on": on, "reason": "测试"]
        #expect(try await office.refusal { try await office.submit("organisations.change-organisation-status", values) } == kind)
        guard status == "cancelled", kind == nil else { return }
        let back = ["organisation": id, "status": "active", "status_on": "2024-06-20", "reason": "测试"]
        #expect(try await office.refusal { try await office.submit("organisations.change-organisation-status", back) } == .outOfOrder)
        #expect(try await office.page("organisations", "organisations/{id}", ["id": id]).acts.isEmpty)
    }

    @Test("更正代码：本人不能复核，另一人照证书填得一致才改；不一致的不改，退回的不改")
    func codesAreCorrectedByTwo() async throws {
        let office = try await Office(), id = try await register(office, "测试颐养院", Self.code)
        try await office.submit("organisations.propose-credit-code", ["organisation": id, "right_code": Self.otherCode, "reason": "录错"])
        let confirm = ["organisation": id, "right_code": Self.otherCode, "is_right": "1"]
        #expect(try await office.refusal { try await office.submit("organisations.confirm-credit-code", confirm) } == .forbidden)
        #expect(try await office.refusal { try await office.submit("organisations.confirm-credit-code", confirm.merging(["right_code": Self.code]) { $1 }, as: reviewer) } == .conflict)
        try await office.submit("organisations.confirm-credit-code", confirm, as: reviewer)
        #expect(try await office.page("organisations", "organisations/{id}", ["id": id]).text.contains("\(Self.code) → \(Self.otherCode)"))
        #expect(try await office.refusal { try await office.submit("organisations.confirm-credit-code", confirm, as: reviewer) } == .outOfOrder)
    }

    @Test("机构随区划：所在社区撤并，登记跟着走")
    func organisationsFollowTheirRegion() async throws {
        let office = try await Office()
        try await office.submit("people.found-region", ["code": "000181", "name": "测试市", "on_date": "2000-01-01", "document": "测试文件"], as: administrator)
        for (code, name) in [("000181001", "甲街道"), ("000181002", "乙镇")] {
            try await office.submit("people.add-region", ["code": code, "name": name, "on_date": "2000-01-01", "document": "测试文件"], as: policyOfficer)
        }
        let id = try await register(office, "测试颐养院")
        let rows = Raw.rows([RawRow(key: "1", fields: ["code": .typed(township.code), "successor": .typed(nextTownship.code)])])
        try await office.submit(raw: "people.merge-regions", ["parts": rows, "on_date": .typed("2024-06-20"), "document": .typed("测试批复")], as: policyOfficer)
        #expect(try await office.page("organisations", "organisations/{id}", ["id": id], as: neighbour).title == "测试颐养院")
    }
}
