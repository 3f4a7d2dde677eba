@testable import Commons
import Kernel
import Storage
import Testing
import Values

/// 区划、机构、家庭、家庭成员的导入。
struct RegisterImportTests {
    static let people = "姓名,身份证号,户籍地\n"

    /// Three people in the house.
    private func settled(_ hall: ImportHall) async throws {
        let rows = (1 ... 3).map { "测试\(["甲", "乙", "丙"][$0 - 1]),\(number(born: 1980, sequence: $0)),000181001\n" }.joined()
        #expect(try await hall.entered("people", Self.people + rows).entered == 3)
    }

    @Test("区划：下级写在上级前面也行；缺上级的、改名的是错")
    func regionTree() async throws {
        let hall = try await ImportHall()
        let run = try await hall.entered("regions", "代码,名称\n000181003001,河湾社区\n000181003,河湾街道\n000181001,000181001\n")
        #expect(run.entered == 2 && run.skipped == 1)
        #expect(try await hall.count("SELECT count(*) FROM region WHERE code = '000181003001' AND name = '河湾社区'") == 1)
        let orphan = try await hall.checked("regions", "代码,名称\n000181009001,无根社区\n")
        #expect(orphan.wrong == 1)
        #expect(try await hall.faults(orphan.id).contains { $0.contains("000181009") })
        let renamed = try await hall.checked("regions", "代码,名称\n000181003,新名街道\n")
        #expect(renamed.wrong == 1)
        try await hall.submit("undo-import", run.id, ["reason": .typed("传错了")], as: approver)
        try await hall.work()
        let undone = try await hall.find(run.id)
        #expect(undone.withdrawn == 2)
    }

    @Test("家庭和成员：户主凭身份号码，成员凭户号；已有的不重复，对不上的说明")
    func households() async throws {
        let hall = try await ImportHall()
        try await settled(hall)
        let heading = "户号,户主身份证号,户主姓名,城乡,区划代码,住址\n"
        let run = try await hall.entered("households", heading + "H1,\(number(born: 1980, sequence: 1)),测试甲,城市,000181001,示范路 1 号\n")
        #expect(run.entered == 1)
        let again = try await hall.entered("households", heading + "H1,\(number(born: 1980, sequence: 1)),测试甲,城市,000181001,\n")
        #expect(again.present == 1 && again.skipped == 1)
        let strangers = try await hall.checked("households", heading + "H2,\(number(born: 1980, sequence: 9)),测试癸,城市,000181001,\nH1,\(number(born: 1980, sequence: 2)),测试乙,城市,000181001,\nH3,\(number(born: 1980, sequence: 3)),测试错,城市,000181001,\n")
        #expect(strangers.wrong == 3)
        let members = "户号,成员身份证号,姓名,关系\n"
        let joined = try await hall.entered("memberships", members + "H1,\(number(born: 1980, sequence: 2)),测试乙,配偶\n")
        #expect(joined.entered == 1)
        let repeated = try await hall.checked("memberships", members + "H1,\(number(born: 1980, sequence: 2)),测试乙,配偶\nH9,\(number(born: 1980, sequence: 3)),测试丙,子\n")
        #expect(repeated.present == 1 && repeated.wrong == 1)
        try await hall.submit("undo-import", run.id, ["reason": .typed("传错了")], as: approver)
        try await hall.work()
        #expect(try await hall.find(run.id).left == 1)
        try await hall.submit("undo-import", joined.id, ["reason": .typed("传错了")], as: approver)
        try await hall.work()
        #expect(try await hall.find(joined.id).withdrawn == 1)
    }

    @Test("机构：社会团体须有信用代码；同代码同名不重复")
    func organisations() async throws {
        let hall = try await ImportHall()
        let heading = "名称,信用代码,类型,区划代码,电话,成立时间\n"
        let run = try await hall.entered("organisations", heading + "示范夕阳红养老院,,养老机构,000181001,13800000000,2015-06-01\n")
        #expect(run.entered == 1)
        let next = try await hall.checked("organisations", heading + "示范夕阳红养老院,,养老机构,000181001,,2015-06-01\n示范象棋协会,,社会团体,000181001,,2015-06-01\n")
        #expect(next.present == 1 && next.wrong == 1)
        try await hall.submit("undo-import", run.id, ["reason": .typed("传错了")], as: approver)
        try await hall.work()
        #expect(try await hall.count("SELECT count(*) FROM organisation") == 0)
    }

    @Test("模板里每个种类都有列、示例和说明", arguments: ["regions", "organisations", "people", "households", "memberships"])
    func templates(_ kind: String) async throws {
        let hall = try await ImportHall()
        let importer = try hall.room.importer(kind), template = ImportTemplate(importer)
        #expect(!template.guidance.isEmpty && !template.samples.isEmpty)
        for sample in importer.samples { #expect(sample.keys.allSatisfy { importer.outline[$0] != nil }, "\(kind)") }
        for name in importer.synonyms.keys { #expect(importer.outline[name] != nil, "\(kind).\(name)") }
        #expect(importer.outline[importer.keyColumn] != nil && importer.outline[importer.needsColumn] != nil)
        #expect(!(try hall.room.template(kind, as: .csv)).isEmpty)
    }
}
