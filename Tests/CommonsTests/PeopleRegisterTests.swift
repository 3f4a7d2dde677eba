@testable import Commons
import Kernel
import Testing
import Values

/// 登记：有号码的、没有号码的、可能登记过的。
@Suite struct PeopleRegisterTests {
    struct Entry: Sendable, CustomTestStringConvertible {
        let what: String, values: [String: String], field: String?
        var testDescription: String { what }
    }

    private static let card = number(born: 1980)

    @Test("没有公民身份号码：证件、性别、出生日期要齐；有的，以号码为准", arguments: [
        Entry(what: "什么都没有", values: [:], field: "resident_id"),
        Entry(what: "有证件没有号", values: ["document_kind": "passport", "sex": "1", "born_on": "1980-01-01"], field: "document_no"),
        Entry(what: "有号没有种类", values: ["document_no": "E1234567", "sex": "1", "born_on": "1980-01-01", "resident_id": card], field: "document_kind"),
        Entry(what: "没有证件却有号", values: ["document_kind": "newborn", "document_no": "E1234567", "sex": "1", "born_on": "2024-06-01"], field: "document_kind"),
        Entry(what: "没有性别", values: ["document_kind": "passport", "document_no": "E1234567", "born_on": "1980-01-01"], field: "sex"),
        Entry(what: "没有出生日期", values: ["document_kind": "passport", "document_no": "E1234567", "sex": "1"], field: "born_on"),
        Entry(what: "明天出生", values: ["document_kind": "newborn", "sex": "1", "born_on": "2024-06-21"], field: "born_on"),
        Entry(what: "证件号太短", values: ["document_kind": "passport", "document_no": "E12", "sex": "1", "born_on": "1980-01-01"], field: "document_no"),
        Entry(what: "性别与号码不一致", values: ["resident_id": card, "sex": "2"], field: "sex"),
        Entry(what: "出生日期与号码不一致", values: ["resident_id": card, "born_on": "1980-01-02"], field: "born_on"),
        Entry(what: "有号码又说身份不明", values: ["resident_id": card, "document_kind": "unidentified"], field: "document_kind"),
        Entry(what: "今天出生", values: ["document_kind": "newborn", "sex": "1", "born_on": "2024-06-20"], field: nil),
        Entry(what: "护照", values: ["document_kind": "passport", "document_no": "e 123-4567", "sex": "1", "born_on": "1980-01-01"], field: nil),
        Entry(what: "身份不明", values: ["document_kind": "unidentified", "sex": "9", "born_on": "1960-01-01", "birth_estimated": "1"], field: nil),
        Entry(what: "号码与所填一致", values: ["resident_id": card, "sex": "1", "born_on": "1980-01-01"], field: nil),
        Entry(what: "有号码也有居留证件", values: ["resident_id": card, "document_kind": "passport", "document_no": "E1234567"], field: nil),
    ])
    func entries(_ entry: Entry) async throws {
        let office = try await Office()
        let values = ["name": "测试某", "region": township.code].merging(entry.values) { _, given in given }
        let refusal = try await office.told { try await office.submit("people.register-person", values) }
        #expect(refusal?.problems.first?.path == entry.field.map { [$0] }, "\(refusal?.message ?? "办成了")")
    }

    @Test("证件号码统一大写、去掉空格和横线，密存；遮蔽只露末四位且不过半", arguments: [("e 123-4567", "E1234567", "****4567"), ("Ａ１２３４", "A1234", "***34"), ("AB12", "AB12", "**12")])
    func documents(_ typed: String, _ plain: String, _ masked: String) throws {
        let number = try DocumentNumber(typed: typed)
        #expect(number.text == plain && number.masked == masked)
    }

    struct Resemblance: Sendable, CustomTestStringConvertible {
        let what: String, values: [String: String], isTold: Bool
        var testDescription: String { what }
    }

    @Test("登记前查重：像的要说明理由，不像的不打扰", arguments: [
        Resemblance(what: "姓名和出生日期相同", values: ["name": "测试王五", "born_on": "1980-03-04"], isTold: true),
        Resemblance(what: "同音、出生日期相同", values: ["name": "测试王武", "born_on": "1980-03-04"], isTold: true),
        Resemblance(what: "差一天", values: ["name": "测试王五", "born_on": "1980-03-05"], isTold: false),
        Resemblance(what: "同一电话、同年、差一字", values: ["name": "测试王六", "born_on": "1980-09-01", "phone": "19900000011"], isTold: true),
        Resemblance(what: "同一电话、差一字、隔年", values: ["name": "测试王六", "born_on": "1981-09-01", "phone": "19900000011"], isTold: false),
        Resemblance(what: "姓名和住址相同", values: ["name": "测试王五", "born_on": "1990-01-01", "address": "甲路 1 号"], isTold: true),
        Resemblance(what: "住址相同，姓名不同", values: ["name": "测试丁一", "born_on": "1990-01-01", "address": "甲路1号"], isTold: false),
        Resemblance(what: "同一本护照", values: ["name": "某某", "born_on": "1990-01-01", "document_kind": "passport", "document_no": "e0001111"], isTold: true),
        Resemblance(what: "号码一样、种类不同", values: ["name": "某某", "born_on": "1990-01-01", "document_kind": "other", "document_no": "E0001111"], isTold: false),
        Resemblance(what: "姓名不详与姓名不详", values: ["name": "姓名不详", "born_on": "1980-03-04"], isTold: false),
    ])
    func candidatesAreTold(_ c: Resemblance) async throws {
        let office = try await Office()
        _ = try await office.stranger("测试王五", ["document_kind": "passport", "document_no": "E0001111", "born_on": "1980-03-04", "phone": "19900000011", "address": "甲路1号"])
        _ = try await office.stranger("姓名不详", ["document_kind": "unidentified", "document_no": "", "born_on": "1980-03-04"])
        let refusal = try await office.told { _ = try await office.stranger("", c.values) }
        #expect((refusal?.problems.first?.path == ["distinct_reason"]) == c.isTold, "\(refusal?.message ?? "办成了")")
        guard c.isTold else { return }
        #expect(refusal?.message.contains("测试王五") == true && refusal?.message.contains("相似度") == true)
        _ = try await office.stranger("", c.values.merging(["distinct_reason": "本人在场，确是两个人"]) { $1 })
        #expect(try await office.count("SELECT count(*) FROM duplicate_pair WHERE state = 'open'") == 1)
    }

    @Test("两人各有身份号码：同名同日生不打扰；别的区域的相似档案不说，只交审核人员")
    func scopeIsKept() async throws {
        let office = try await Office()
        _ = try await office.register("测试张三", number(born: 1980))
        _ = try await office.register("测试张三", number(born: 1980, sequence: 3))
        _ = try await office.stranger("测试李四", ["born_on": "1970-01-01"], as: neighbour)
        let told = try await office.told { _ = try await office.stranger("测试李四", ["born_on": "1970-01-01"]) }
        #expect(told == nil)
        #expect(try await office.count("SELECT count(*) FROM duplicate_pair WHERE region = '000181'") == 1)
    }

    @Test("登记表上方先列出可能登记过的人")
    func theFormShowsCandidates() async throws {
        let office = try await Office()
        _ = try await office.stranger("测试王五", ["born_on": "1980-03-04"])
        let form = try #require(office.counter.house.line("people")?.form("register-person"))
        for (day, isShown) in [("1980-03-04", true), ("1980-03-05", false), ("乱写", false)] {
            let text = try await office.counter.read(as: clerk) { reader in
                try form.layout(FormVisit(reader: reader, values: ["name": .typed("测试王五"), "born_on": .typed(day)], subject: nil)).preface?.text ?? ""
            }
            #expect(text.contains("可能已经登记过") == isShown)
        }
    }

    @Test("按证件号码、电话、住址也找得到；外乡的不列出", arguments: [("E000 1111", 1), ("19900000011", 1), ("甲路", 1), ("乙路", 0), ("E0001112", 0)])
    func found(_ text: String, _ count: Int) async throws {
        let office = try await Office()
        _ = try await office.stranger("测试王五", ["document_kind": "passport", "document_no": "E0001111", "phone": "19900000011", "address": "甲路1号"])
        #expect(try await office.counter.read(as: clerk) { try findPeople.find(text, $0).count } == count)
        #expect(try await office.counter.read(as: neighbour) { try findPeople.find(text, $0).count } == 0)
    }

    @Test("台账也按号码查；居住地的人员也看得到", arguments: [(clerk, 1), (neighbour, 1), (reviewer, 1)])
    func listed(_ actor: Actor, _ count: Int) async throws {
        let office = try await Office()
        _ = try await office.stranger("测试王五", ["phone": "19900000011", "living_in": nextTownship.code])
        let rows = try await office.counter.read(as: actor) { reader in
            try reader.page(persons, ListingRequest(filters: ["q": "19900000011"])).rows.count
        }
        #expect(rows == count)
    }
}
