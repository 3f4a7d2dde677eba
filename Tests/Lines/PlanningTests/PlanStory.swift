import Commons
import Cryptography
import Foundation
import Kernel
import Pages
import Storage
import TestSupport
import Testing
import Values
@testable import Planning

/// 政策员的一年。A small office of plans over a temporary database.
struct PlanOffice: Sendable {
    let counter: Counter
    let clock: VirtualClock

    init(on today: CivilDate = .init(written: 2025, 7, 2)) async throws {
        let database = try await TestDatabase.make()
        clock = VirtualClock(today)
        counter = Counter(database: database, house: House(lines: commonLines + [planning], keyring: try Keyring.ephemeral()), clock: clock)
        try await database.migrate(counter.house.migrations)
        try await database.write { connection in
            for (code, name) in [("000181", "试用市"), ("000181001", "试用街道"), ("000182", "邻市")] {
                let id = ID<Region>.make(at: Instant(secondsSince1970: 0))
                try connection.run("INSERT INTO region (id, code, name, from_on) VALUES (\(id), \(code), \(name), '2000-01-01')")
            }
        }
    }

    static func actor(_ role: Role = .policyOfficer, region: String = "000181") throws -> Actor {
        Actor(user: ID.make(at: Instant(secondsSince1970: 0)), name: "试\(role.label)", role: role, region: try RegionCode(region))
    }

    /// Clocks stand still in tests: an act's id only has to be its own.
    @discardableResult
    func act(_ name: String, _ values: RawFields, as role: Role = .policyOfficer, region: String = "000181") async throws -> Outcome {
        let permission = name.contains(".") ? name : "planning.\(name)"
        return try await counter.submit(Submission(permission, id: .make(at: clock.now()), values: values), as: try Self.actor(role, region: region)).outcome
    }

    func refusal(_ work: () async throws -> Void) async -> Refusal? {
        do { try await work() } catch let refusal as Refusal { return refusal } catch { Issue.record(error) }
        return nil
    }

    func keep(_ text: String, name: String = "要点.txt", plan: String? = nil, intake: String = "plans", as role: Role = .policyOfficer) async throws -> KeptDocument {
        let actor = try Self.actor(role), handed = HandedDocument(text: text, name: name, format: "文本", query: plan.map { ["plan": $0] } ?? [:])
        return try await counter.house.intake("planning", intake, for: actor).take(handed, counter, actor)
    }

    func importing(_ text: String, year: Int = 2025, title: String = "试用要点", confirm: Bool = true) async throws -> ID<WorkPlan> {
        let document = try await keep(text).id
        let subject = try await act("import-plan", ["document": .typed(document), "year": .typed(String(year)), "title": .typed(title)]).subject
        if confirm { try await act("confirm-plan", ["plan": .typed(subject)]) }
        return try #require(ID<WorkPlan>(rawValue: subject))
    }

    func page(_ path: String, _ parameters: [String: String], line: String = "planning", region: String = "000181") async throws -> String {
        let page = try #require(counter.house.line(line)?.pages.first { $0.path == path })
        return try await read(region: region) { try page.body(Visit(reader: $0, parameters: parameters, query: [:])).render().text }
    }

    func read<T: Sendable>(as role: Role = .policyOfficer, region: String = "000181", _ body: @escaping @Sendable (Reader) throws -> T) async throws -> T {
        try await counter.read(as: try Self.actor(role, region: region), body)
    }

    func tree(_ plan: ID<WorkPlan>) async throws -> PlanTree { try await read { try $0.planTree(plan) } }

    func target(_ words: String, of plan: ID<WorkPlan>) async throws -> PlannedTarget {
        try #require(try await tree(plan).targets.first { $0.target.words.contains(words) }, "没有「\(words)」")
    }

    func status(_ words: String, of plan: ID<WorkPlan>) async throws -> TargetStatus {
        try await read { reader in
            let progress = try reader.progress(of: try reader.plan(plan))
            return try #require(progress.tree.targets.first { $0.target.words.contains(words) }.map(progress.status))
        }
    }

    /// A manual series with an amount in each of the months.
    func series(_ code: String, _ name: String, unit: String, nature: String = "flow", _ amounts: [(String, String)]) async throws {
        try await act("indicators.add-manual-indicator", [
            "region": .typed("000181"), "code": .typed(code), "name": .typed(name), "area": .typed("养老服务"), "unit": .typed(unit), "scale": .typed("0"), "nature": .typed(nature),
            "definition": .typed("试用口径"), "basis": .typed("试用台账"),
        ])
        for (month, amount) in amounts {
            try await act("indicators.enter-amount", [
                "indicator": .typed("manual.\(code)"), "region": .typed("000181"), "from_month": .typed(month), "through_month": .typed(month), "amount": .typed(amount),
                "evidence": .typed("月报"),
            ])
        }
    }
}

let sampleText = """
    2025年试用区民政工作要点
    2025年，全区民政工作稳中求进。
    一、养老服务
    (一)发展助餐。全年新增老年助餐点14个以上。（责任单位：养老科；责任人：试甲）
    (二)扩大居家服务。为400户困难老年人家庭开展适老化改造，建设家庭养老床位300张。（责任单位：养老科；完成时限：9月底前）
    二、社会事务
    (一)推进搬迁。完成婚姻登记处新址装修。
    (二)建设墓地。新建公益性公墓1—2处。
    """

@Suite("计划的一年")
struct PlanStory {
    @Test("导入、确认、绑定、设季度、看进度")
    func aPlanIsImportedAndTracked() async throws {
        let office = try await PlanOffice(), plan = try await office.importing(sampleText)
        let tree = try await office.tree(plan)
        #expect(tree.plan.state == .tracked)
        #expect(tree.measures.contains { $0.measure.text == "全年新增老年助餐点14个以上" && $0.measure.responsibleUnit == "养老科" && $0.measure.person == "试甲" })
        #expect(tree.path(of: try #require(tree.measures.first { $0.measure.text.contains("助餐") }).measure) == ["2025年试用区民政工作要点", "养老服务", "发展助餐"])
        #expect(try await office.target("公墓", of: plan).target.shown == "1—2处")
        #expect(try await office.target("困难老年人", of: plan).deadline == .init(written: 2025, 9, 30))
        #expect(try await office.status("助餐点", of: plan).light == .unbound)
        try await office.series("trial-canteens", "新增老年助餐点", unit: "个", [("2025-01", "3"), ("2025-05", "2"), ("2025-06", "2")])
        let target = try await office.target("助餐点", of: plan).target.id.text
        try await office.act("bind-target", ["target": .typed(target), "indicator": .typed("manual.trial-canteens"), "counting": .typed("total")])
        let status = try await office.status("助餐点", of: plan)
        #expect(status.light == .onTrack && status.isManual)
        #expect(status.words == "现为 7 个，到6月30日应达到 6 个")
        try await office.act("set-points", ["target": .typed(target), "quarter2": .typed("10"), "quarter3": .typed("12")])
        #expect(try await office.status("助餐点", of: plan).light == .late)
        try await office.act("set-points", ["target": .typed(target)])
        #expect(try await office.status("助餐点", of: plan).light == .onTrack)
        try await office.act("unbind-target", ["target": .typed(target)])
        #expect(try await office.status("助餐点", of: plan).light == .unbound)
    }

    @Test("季度目标改过的都留着，谁改的；可以恢复")
    func pastPointsStay() async throws {
        let office = try await PlanOffice(), plan = try await office.importing(sampleText), id = try await office.target("助餐点", of: plan).target.id, target = id.text
        try await office.series("trial-canteens", "新增老年助餐点", unit: "个", [("2025-01", "3")])
        try await office.act("bind-target", ["target": .typed(target), "indicator": .typed("manual.trial-canteens"), "counting": .typed("total")])
        func past() async throws -> [PastPoints] { try await office.read { try $0.pastPoints(of: id) } }
        func points() async throws -> [Int: String] { try await office.target("助餐点", of: plan).points.mapValues(\.typed) }
        try await office.act("set-points", ["target": .typed(target), "quarter2": .typed("7"), "quarter3": .typed("9")])
        #expect(try await past().map { $0.values.map { $0?.typed } } == [[nil, nil, nil, nil]])
        try await office.act("set-points", ["target": .typed(target), "quarter2": .typed("7"), "quarter3": .typed("9")])
        #expect(try await past().count == 1)
        office.clock.set(.init(written: 2025, 7, 3))
        try await office.act("set-points", ["target": .typed(target), "quarter2": .typed("4")])
        #expect(try await past().first.map { $0.values.map { $0?.typed } } == [nil, "7", "9", nil])
        #expect(try await past().first?.changedByName == "试\(Role.policyOfficer.label)")
        let first = try #require(try await past().first).id.text
        try await office.act("restore-points", ["past": .typed(first)])
        #expect(try await points() == [2: "7", 3: "9"])
        #expect(try await past().count == 3)
        #expect(await office.refusal { try await office.act("restore-points", ["past": .typed(first)]) }?.kind == .outOfOrder)
        #expect(await office.refusal { try await office.act("restore-points", ["past": .typed(first)], region: "000182") }?.kind == .forbidden)
        let page = try await office.page("targets/{id}", ["id": target])
        for words in ["以前的季度目标（3）", "恢复成这样", "7 个"] { #expect(page.contains(words), "\(words)") }
    }

    @Test("指标看板标出年度目标和是否按期；别处的看板没有；比上年末增加的，标在上年末加上目标处")
    func boardsShowTargets() async throws {
        let office = try await PlanOffice(), plan = try await office.importing(sampleText), target = try await office.target("助餐点", of: plan).target.id.text
        try await office.series("trial-canteens", "新增老年助餐点", unit: "个", [("2025-01", "1")])
        try await office.act("bind-target", ["target": .typed(target), "indicator": .typed("manual.trial-canteens"), "counting": .typed("total")])
        let board = try await office.page("board", [:], line: "indicators")
        #expect(board.contains("2025年目标 不低于14个：滞后"), "\(board)")
        let page = try await office.page("show/{code}", ["code": "manual.trial-canteens"], line: "indicators")
        #expect(page.contains("2025年目标") && page.contains("/planning/targets/\(target)") && page.contains("滞后：现为 1 个"))
        #expect(try await !office.page("board", [:], line: "indicators", region: "000182").contains("2025年目标"))
        try await office.series("trial-stock", "老年助餐点", unit: "个", nature: "stock", [("2024-12", "20"), ("2025-06", "27")])
        try await office.act("bind-target", ["target": .typed(target), "indicator": .typed("manual.trial-stock"), "counting": .typed("increase")])
        #expect(try await office.page("show/{code}", ["code": "manual.trial-stock"], line: "indicators").contains("34 个"))
    }

    @Test("全年和半年总结写明计划目标完成情况：个数有来历，滞后的写明谁负责、为什么、下一步")
    func summariesTellOfThePlan() async throws {
        let office = try await PlanOffice(), plan = try await office.importing(sampleText), target = try await office.target("助餐点", of: plan).target.id.text
        try await office.series("trial-canteens", "新增老年助餐点", unit: "个", [("2025-01", "1")])
        try await office.act("bind-target", ["target": .typed(target), "indicator": .typed("manual.trial-canteens"), "counting": .typed("total")])
        func draft() async throws -> (id: ID<WorkSummary>, text: String) {
            let values: RawFields = ["region": .typed("000181"), "year": .typed("2025"), "kind": .typed("half-year"), "plan": .typed(plan.text)]
            let id = try #require(ID<WorkSummary>(rawValue: try await office.act("draft-summary", values).subject))
            return (id, try await office.read { try $0.standing(of: try $0.summary(id)).paper(isMarked: false, on: $0.today).plainText })
        }
        let first = try await draft(), all = try await office.tree(plan).targets.count
        for words in ["计划目标完成情况", "目标\(all)个；截至6月30日，滞后1个，还没有绑定指标或节点\(all - 1)个。", "滞后：新增老年助餐点（责任单位养老科，责任人试甲）。尚未说明原因。"] {
            #expect(first.text.contains(words), "\(words)\n\(first.text)")
        }
        try await office.act("explain-delay", ["target": .typed(target), "cause": .typed("site"), "words": .typed("选址未定"), "remedy": .typed("八月开工"), "expected_on": .typed("2025-09-30")])
        let second = try await draft()
        #expect(second.text.contains("原因：场地或工程，选址未定。下一步：八月开工。预计2025年9月30日完成。"), "\(second.text)")
        let figures = try await office.read { try $0.standing(of: try $0.summary(second.id)).figures }
        let late = try #require(figures.first { $0.figure.name == "计划目标（滞后）" })
        #expect(late.state == .bound && late.figure.shown == "1个")
        let trace = try await office.page("trace/{code}", ["code": late.figure.code])
        #expect(trace.contains("新增老年助餐点") && trace.contains("/planning/plans/\(plan.text)"))
        func differing() async throws -> [String] { try await office.read { try $0.verify(try $0.summary(second.id)).differences.map(\.figure.name) } }
        #expect(try await differing().isEmpty)
        office.clock.set(.init(written: 2025, 8, 1))
        #expect(try await differing().isEmpty)
        try await office.act("indicators.enter-amount", ["indicator": .typed("manual.trial-canteens"), "region": .typed("000181"), "from_month": .typed("2025-06"),
                                                         "through_month": .typed("2025-06"), "amount": .typed("9"), "evidence": .typed("补报")])
        #expect(try await Set(differing()).isSuperset(of: ["计划目标（滞后）"]))
    }

    @Test("没有数据是灰的，不是零")
    func nothingKnownIsGrey() async throws {
        let office = try await PlanOffice(), plan = try await office.importing(sampleText)
        try await office.series("trial-beds", "建设家庭养老床位", unit: "张", [])
        let target = try await office.target("床位", of: plan).target.id.text
        try await office.act("bind-target", ["target": .typed(target), "indicator": .typed("manual.trial-beds"), "counting": .typed("total")])
        let status = try await office.status("床位", of: plan)
        #expect(status.light == .unknown && status.value == nil && status.words.contains("还没有数据"))
    }

    @Test("期末数：按比上年末增加的计，上年末不知道则说不知道")
    func increasesNeedTheYearBefore() async throws {
        let office = try await PlanOffice(), plan = try await office.importing(sampleText), target = try await office.target("助餐点", of: plan).target.id.text
        try await office.series("trial-stock", "老年助餐点", unit: "个", nature: "stock", [("2025-06", "27")])
        try await office.act("bind-target", ["target": .typed(target), "indicator": .typed("manual.trial-stock"), "counting": .typed("increase")])
        #expect(try await office.status("助餐点", of: plan).light == .unknown)
        try await office.act("indicators.enter-amount", [
            "indicator": .typed("manual.trial-stock"), "region": .typed("000181"), "from_month": .typed("2024-12"), "through_month": .typed("2024-12"), "amount": .typed("20"),
            "evidence": .typed("年报"),
        ])
        #expect(try await office.status("助餐点", of: plan).words == "现为 7 个，到6月30日应达到 6 个")
    }

    @Test("绑定：单位不通、计数方式不对、没有的指标，各在其栏拒绝", arguments: [
        ("manual.trial", "level", "counting", "应按“本年累计”计数"), ("manual.none", "total", "indicator", "没有「manual.none」这个指标"), ("manual.people", "total", "indicator", "不能相比"),
    ])
    func badBindingsAreRefused(_ indicator: String, _ counting: String, _ field: String, _ part: String) async throws {
        let office = try await PlanOffice(), plan = try await office.importing(sampleText), target = try await office.target("助餐点", of: plan).target.id.text
        try await office.series("trial", "新增老年助餐点", unit: "个", [])
        try await office.series("people", "用餐老年人", unit: "人次", [])
        let refusal = await office.refusal {
            try await office.act("bind-target", ["target": .typed(target), "indicator": .typed(indicator), "counting": .typed(counting)])
        }
        #expect(refusal?.problems.first?.path == [field] && refusal?.problems.first?.message.contains(part) == true, "\(String(describing: refusal))")
    }

    @Test("建议：一张表一次采用；不属于这份计划的行拒绝，整张表都不绑")
    func suggestionsAreConfirmedTogether() async throws {
        let office = try await PlanOffice(), plan = try await office.importing(sampleText)
        try await office.series("trial-canteens", "新增老年助餐点", unit: "个", [])
        try await office.series("trial-beds", "建设家庭养老床位", unit: "张", [])
        let known = try await office.read { try BindSuggested.known(plan.text, at: $0) }
        let rows = known.rows("bindings")
        #expect(rows.contains { $0.fields.text("indicator") == "manual.trial-canteens" })
        #expect(rows.contains { $0.fields.text("indicator") == "manual.trial-beds" && $0.fields.text("counting") == "total" })
        let other = try await office.importing(sampleText, title: "另一份要点"), stranger = try await office.target("床位", of: other).target.id.text
        let refusal = await office.refusal {
            try await office.act("bind-suggested", ["plan": .typed(plan.text), "bindings": .rows(rows + [RawRow(key: "x", fields: [
                "target": .typed(stranger), "indicator": .typed("manual.trial-beds"), "counting": .typed("total"),
            ])])])
        }
        #expect(refusal?.problems.first?.path == ["bindings", "x", "target"])
        #expect(try await office.tree(plan).targets.allSatisfy { $0.binding == nil })
        try await office.act("bind-suggested", ["plan": .typed(plan.text), "bindings": .rows(rows)])
        #expect(try await office.tree(plan).targets.count { $0.binding != nil } == rows.count)
    }

    @Test("节点：按日子判断，两侧", arguments: [("2025-07-17", Light.slow), ("2025-07-18", .onTrack), ("2025-07-02", .slow), ("2025-07-01", .late)])
    func milestonesByDay(_ due: String, _ light: Light) async throws {
        let office = try await PlanOffice(), plan = try await office.importing(sampleText)
        let measure = try #require(try await office.tree(plan).measures.first { $0.measure.text.contains("婚姻登记处") }).measure.id.text
        let target = try await office.act("add-target", ["measure": .typed(measure), "words": .typed("新址启用"), "comparison": .typed("="), "unit": .typed("项")]).subject
        #expect(try await office.status("新址", of: plan).light == .unbound)
        try await office.act("add-milestone", ["target": .typed(target), "title": .typed("完成装修"), "due_on": .typed(due)])
        #expect(try await office.status("新址", of: plan).light == light)
        let milestone = try #require(try await office.target("新址", of: plan).milestones.first).id.text
        try await office.act("reach-milestone", ["milestone": .typed(milestone), "done_on": .typed("2025-07-02")])
        #expect(try await office.status("新址", of: plan).light == .done)
    }

    @Test("换新文稿：绑定、更正、节点、进展都在；删去的可以恢复")
    func aChangedDocumentKeepsWhatPeopleTyped() async throws {
        let office = try await PlanOffice(), plan = try await office.importing(sampleText)
        try await office.series("trial-canteens", "新增老年助餐点", unit: "个", [("2025-06", "7")])
        let canteens = try await office.target("助餐点", of: plan).target.id, beds = try await office.target("床位", of: plan).target.id
        try await office.act("bind-target", ["target": .typed(canteens.text), "indicator": .typed("manual.trial-canteens"), "counting": .typed("total")])
        try await office.act("record-target-progress", ["target": .typed(canteens.text), "happened_on": .typed("2025-06-30"), "words": .typed("两处开餐")])
        try await office.act("correct-target", [
            "target": .typed(beds.text), "words": .typed("建设家庭养老床位"), "comparison": .typed(">="), "value": .typed("320"), "unit": .typed("张"),
        ])
        let changed = sampleText.replacing("14个", with: "16个").replacing("300张", with: "310张").replacing("(二)建设墓地。新建公益性公墓1—2处。", with: "(二)办好热线。开通服务热线2条。")
        let kept = try await office.keep(changed, plan: plan.text)
        #expect(kept.link.hasPrefix("/planning/editions/"))
        let edition = kept.link.split(separator: "/").last.map(String.init) ?? ""
        #expect(try await office.target("助餐点", of: plan).target.shown == "不低于14个", "确认前不变")
        try await office.act("apply-edition", ["edition": .typed(edition)])
        let after = try await office.target("助餐点", of: plan)
        #expect(after.target.id == canteens && after.target.shown == "不低于16个" && after.binding?.indicator == "manual.trial-canteens" && after.evidence.count == 1)
        #expect(try await office.target("床位", of: plan).target.shown == "不低于320张", "更正保留")
        let tree = try await office.tree(plan)
        #expect(tree.plan.edition == 2 && tree.targets.contains { $0.target.words.contains("热线") } && !tree.targets.contains { $0.target.words.contains("公墓") })
        let back = await office.refusal { try await office.act("apply-edition", ["edition": .typed(edition)]) }
        #expect(back?.kind == .outOfOrder)
        // 旧文稿再换回来：被删去的任务连同目标恢复。
        let again = try await office.keep(sampleText, plan: plan.text).link.split(separator: "/").last.map(String.init) ?? ""
        try await office.act("apply-edition", ["edition": .typed(again)])
        #expect(try await office.target("公墓", of: plan).target.shown == "1—2处")
    }

    @Test("岗位：谁能导入、谁能登记进展", arguments: [
        ("confirm-plan", Role.policyOfficer, true), ("confirm-plan", .leader, true), ("confirm-plan", .finance, false), ("confirm-plan", .auditor, false),
        ("record-progress", .finance, true), ("record-progress", .placeNameOfficer, true), ("record-progress", .auditor, false), ("record-progress", .community, false),
    ])
    func rolesAreHeld(_ action: String, _ role: Role, _ may: Bool) async throws {
        let office = try await PlanOffice(), plan = try await office.importing(sampleText, confirm: false)
        let measure = try #require(try await office.tree(plan).measures.first).measure.id.text
        let values: RawFields = action == "confirm-plan" ? ["plan": .typed(plan.text)]
            : ["measure": .typed(measure), "happened_on": .typed("2025-07-01"), "words": .typed("试写")]
        let refusal = await office.refusal { try await office.act(action, values, as: role) }
        #expect((refusal == nil) == may, "\(String(describing: refusal))")
        #expect(may || refusal?.kind == .forbidden)
    }

    @Test("区域：邻县看不到，下级看得到，不能办")
    func placesAreHeld() async throws {
        let office = try await PlanOffice(), plan = try await office.importing(sampleText)
        #expect(try await office.read(region: "000181001") { try $0.planTree(plan).measures.count } > 0)
        let stranger = await office.refusal { _ = try await office.read(region: "000182") { try $0.planTree(plan).plan.title } }
        #expect(stranger?.kind == .forbidden)
        let below = await office.refusal { try await office.act("withdraw-plan", ["plan": .typed(plan.text), "why": .typed("试")], region: "000181001") }
        #expect(below?.kind == .forbidden)
    }

    @Test("读不了的：没有要做的事、没有数、太长；重复导入说到哪去换", arguments: [
        ("今天天气很好，适合散步。", "plans", "没有读到要做的事"), ("我们要努力工作。", "documents", "没有读到带单位的数"),
    ])
    func badTextsAreRefused(_ text: String, _ intake: String, _ part: String) async throws {
        let office = try await PlanOffice()
        let refusal = await office.refusal { _ = try await office.keep(text, intake: intake) }
        #expect(refusal?.problems.first?.path == ["document"] && refusal?.message.contains(part) == true, "\(String(describing: refusal))")
    }

    @Test("同一份计划不导两次")
    func twinsAreRefused() async throws {
        let office = try await PlanOffice()
        _ = try await office.importing(sampleText)
        let refusal = await office.refusal { _ = try await office.importing(sampleText) }
        #expect(refusal?.kind == .conflict && refusal?.message.contains("换新文稿") == true)
    }

    @Test("五份样稿都能导入，数和任务与直接读出的一样", arguments: ["000_7e29f6ddc44e2cd8", "001_b024721d6ea9763e", "002_e11f8d65329f6e45", "003_90ffd42a330c022c", "004_0b7c3f3f8596a121"])
    func realDocumentsComeIn(_ name: String) async throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../../bench/reading/seeds/\(name).txt").standardizedFileURL
        let text = try String(contentsOf: file, encoding: .utf8), office = try await PlanOffice(), read = DocumentPassages(text)
        guard !read.passages.isEmpty else {
            #expect(await office.refusal { _ = try await office.keep(text) }?.problems.first?.path == ["document"])
            return
        }
        let plan = try await office.importing(text), tree = try await office.tree(plan)
        #expect(tree.measures.map(\.measure.text) == read.passages.map(\.text))
        #expect(tree.targets.count == read.passages.reduce(0) { $0 + $1.aims.count })
        #expect(tree.measures.allSatisfy { $0.measure.text.count >= 4 && text.contains($0.measure.text.prefix(4)) })
        let document = tree.plan.document
        #expect(try await office.read { try $0.quantities(of: document) } == read.quantities)
    }
}
