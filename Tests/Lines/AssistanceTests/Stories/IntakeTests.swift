import Commons
import Kernel
import Storage
import Testing
import Values
@testable import Assistance

@Suite("受理申请表")
struct IntakeTests {
    /// One fault in an otherwise good form, and the field it is told at.
    struct Fault: Sendable, CustomTestStringConvertible {
        let what: String
        let path: [String]
        let form: @Sendable () throws -> RawFields

        init(_ what: String, _ path: [String], _ form: @escaping @Sendable () throws -> RawFields) {
            (self.what, self.path, self.form) = (what, path, form)
        }

        var testDescription: String { what }
    }

    @Test("填错的：指到那一处，什么也不写入", arguments: faults)
    func fault(_ fault: Fault) async throws {
        let office = try await Office(on: "2024-08-01")
        let refused = await refusal { try await office.submit("apply-for-allowance", fault.form(), as: clerk) }
        #expect(refused?.problems.map { $0.path } == [fault.path])
        let written = try await office.read { try $0.connection.value("SELECT (SELECT count(*) FROM application) + (SELECT count(*) FROM person) + (SELECT count(*) FROM journal)") ?? -1 }
        #expect(written == 0)
    }

    @Test("区划不到镇街：指出要填哪一级")
    func place() async throws {
        let office = try await Office(on: "2024-08-01"), wide = staff("全市经办", .townshipClerk, "000181", number: 60)
        let refused = await refusal { try await office.submit("apply-for-allowance", application(of: alone(), region: "000181"), as: wide) }
        #expect(refused?.problems.map { $0.path } == [["region"]])
    }

    @Test("几处都错的，一次说全")
    func allAtOnce() async throws {
        let office = try await Office(on: "2024-08-01")
        var form = try application(of: alone(["resident_id": .typed("000181197001027011"), "incomes": income("-1")]), region: "0001")
        form["area"] = nil
        let refused = await refusal { [form] in try await office.submit("apply-for-allowance", form, as: clerk) }
        #expect(refused?.problems.map { $0.path } == [["region"], ["area"], ["members", "m1", "incomes", "i1", "amount_fen"]])
    }

    @Test("身份号码已登记的用原档案，不再登记一次；家庭和成员关系随申请建立")
    func known() async throws {
        let office = try await Office(on: "2024-08-01")
        let number = try ResidentID(area: "000181", birth: day("1970-01-02"), sequence: 701).typed
        try await office.submit("people.register-person", ["name": .typed("试乙一"), "resident_id": .typed(number), "region": .typed("000181001001")], as: clerk)
        try await office.submit("apply-for-allowance", application(of: fiveOfThem() + []), as: clerk)
        try await office.submit("apply-for-allowance", application(of: alone()), as: clerk)
        let counts = try await office.read { reader in
            try ["person", "household", "membership"].map { try reader.connection.value("SELECT count(*) FROM \(Statement(name: $0))") ?? 0 }
        }
        // 五口之家中服刑的一人有档案，不在家庭成员关系中。
        #expect(counts == [6, 2, 5])
    }

    @Test("并入的档案名下正在申请的，不能用合并后的档案再申请")
    func merged() async throws {
        let office = try await Office(on: "2024-08-01")
        var rows = try alone(["born_on": .typed("1970-01-02"), "sex": .typed("1")])
        rows[0].fields["resident_id"] = nil
        try await office.submit("apply-for-allowance", application(of: rows), as: clerk)
        let absorbed = try await office.read { try $0.first(Person.self, where: "name = '试乙一'")?.id.text ?? "" }
        let number = try ResidentID(area: "000181", birth: day("1970-01-02"), sequence: 701).typed
        let kept = try await office.submit("people.register-person", [
            "name": .typed("试乙一"), "resident_id": .typed(number), "region": .typed("000181001001"), "distinct_reason": .typed("先登记再核对"),
        ], as: clerk).outcome.subject
        let merge = try await office.submit("people.propose-merge", ["kept": .typed(kept), "absorbed": .typed(absorbed), "reason": .typed("同一人")], as: clerk)
        try await office.submit("people.approve-merge", ["merge": .typed(merge.outcome.subject)], as: reviewer)
        let refused = await refusal { try await office.submit("apply-for-allowance", application(of: alone()), as: clerk) }
        #expect(refused?.message.contains("已在申请") == true)
    }

    @Test("姓名与登记不符：不泄露姓名，请核对")
    func otherName() async throws {
        let office = try await Office(on: "2024-08-01")
        try await office.submit("apply-for-allowance", application(of: alone()), as: clerk)
        let refused = await refusal { try await office.submit("apply-for-allowance", application(of: alone("试丙九")), as: clerk) }
        #expect(refused?.problems.map { $0.path } == [["members", "m1", "name"]])
        #expect(refused?.message.contains("试乙一") == false)
    }

    @Test("没有身份号码的新生儿：填出生日期和性别")
    func newborn() async throws {
        let office = try await Office(on: "2024-08-01")
        let baby = RawRow(key: "m2", fields: ["name": .typed("试乙小"), "kinship": .typed("子女"), "born_on": .typed("2024-07-20"), "sex": .typed("女"), "consented": .typed("1")])
        let id = try await office.accepted(application(of: alone() + [baby]))
        let answer = try await office.read { reader in try reader.assessment(of: reader.find(#require(ID(rawValue: id)))).assessment }
        #expect(answer.countedMembers == 2)
        #expect(answer.monthly == Money(fen: 1470_00 + 73_50))
    }

    @Test("表旁的试算与审核相同，什么也不写入")
    func estimateBeside() async throws {
        let office = try await Office(on: "2024-06-20")
        let aside = try await office.form("apply-for-allowance", application(of: fiveOfThem())).aside?.text ?? ""
        #expect(aside.contains("可能结果：符合，每月约 1,703.20 元"))
        #expect(aside.contains("在监狱服刑，不计入共同生活的家庭成员"))
    }

    @Test("核定和变化的表已填好原来的内容，再交不变")
    func prefilled() async throws {
        let office = try await Office(on: "2024-08-01")
        let id = try await office.accepted(application(of: fiveOfThem()))
        var form = try await office.read { try VerifyDeclaration.known(id, at: $0) }
        form["note"] = .typed("与申报一致")
        try await office.on(id, "verify-declaration", form, as: clerk)
        let sources = try await office.read { try $0.all(Declaration.self, where: "household_id IS NOT NULL ORDER BY id") }
        #expect(sources.map { $0.source } == [.declared, .verified])
        #expect(sources.first?.members == sources.last?.members)
        let outsider = staff("外镇", .townshipClerk, "000181002", number: 50)
        let refused = await refusal { try await office.counter.read(as: outsider) { try VerifyDeclaration.known(id, at: $0).names.count } }
        #expect(refused?.kind == .forbidden)
    }
}

private func income(_ yuan: String) -> Raw {
    .rows([RawRow(key: "i1", fields: ["kind": .typed("wage"), "amount_fen": .typed(yuan), "span": .typed("month")])])
}

private let faults: [IntakeTests.Fault] = [
    .init("没有成员", ["members"]) { application(of: []) },
    .init("没有申请人", ["members"]) { try application(of: [member("m1", "试乙一", .spouse, born: "1970-01-02", sequence: 701)]) },
    .init("两名申请人", ["members"]) { try application(of: alone() + [member("m2", "试乙二", .applicant, born: "1970-01-02", sequence: 703)]) },
    .init("身份号码末位不符", ["members", "m1", "resident_id"]) {
        var form = try application(of: alone())
        guard case .rows(var rows)? = form["members"] else { return form }
        let good = rows[0].fields.text("resident_id") ?? ""
        rows[0].fields["resident_id"] = .typed(String(good.dropLast()) + (good.hasSuffix("1") ? "2" : "1"))
        form["members"] = .rows(rows)
        return form
    },
    .init("没有身份号码也没有出生日期", ["members", "m2", "resident_id"]) {
        try application(of: alone() + [RawRow(key: "m2", fields: ["name": .typed("试乙小"), "kinship": .typed("child")])])
    },
    .init("同一号码两人", ["members", "m2", "resident_id"]) { try application(of: alone() + [member("m2", "试乙二", .spouse, born: "1970-01-02", sequence: 701)]) },
    .init("姓名一万字", ["members", "m1", "name"]) { try application(of: alone(String(repeating: "试", count: 10_000))) },
    .init("收入为负", ["members", "m1", "incomes", "i1", "amount_fen"]) { try application(of: alone(["incomes": income("-0.01")])) },
    .init("残疾等级五级", ["members", "m1", "disability_grade"]) { try application(of: alone(["disability_kind": .typed("肢体"), "disability_grade": .typed("5")])) },
    .init("只有残疾类别", ["members", "m1", "disability_grade"]) { try application(of: alone(["disability_kind": .typed("肢体")])) },
    .init("存款没有金额", ["members", "m1", "assets", "a1", "amount_fen"]) {
        try application(of: alone(["assets": .rows([RawRow(key: "a1", fields: ["kind": .typed("money")])])]))
    },
    .init("义务人受助成员不在表上", ["supporters", "s1", "supported", "1", "member"]) {
        try application(of: alone(), ["supporters": .rows([RawRow(key: "s1", fields: [
            "name": .typed("试丁一"), "kinship": .typed("child"), "supported": .rows([RawRow(key: "1", fields: ["member": .typed("无此人")])])])])])
    },
]
