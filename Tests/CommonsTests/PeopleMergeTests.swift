@testable import Commons
import Kernel
import Testing
import Values

/// 合并与撤销：引用不动，只改指向；撤销后原样恢复。
@Suite struct PeopleMergeTests {
    private func propose(_ kept: String, _ absorbed: String, _ office: Office, as actor: Actor = clerk) async throws -> String {
        try await office.submit("people.propose-merge", ["kept": kept, "absorbed": absorbed, "reason": "已见到本人"], as: actor).outcome.subject
    }

    private func merge(_ kept: String, _ absorbed: String, _ office: Office) async throws -> String {
        let merge = try await propose(kept, absorbed, office)
        try await office.submit("people.approve-merge", ["merge": merge], as: townReviewer)
        return merge
    }

    private func three(_ office: Office) async throws -> (String, String, String) {
        (try await office.stranger("测试甲", ["born_on": "1980-01-01"]), try await office.stranger("测试乙", ["born_on": "1981-01-01"]), try await office.stranger("测试丙", ["born_on": "1982-01-01"]))
    }

    @Test("提出的人自己不能通过；外乡、经办不能；通过后打开哪一份都是保留的那份")
    func aSecondPersonApproves() async throws {
        let office = try await Office()
        let (a, b, _) = try await three(office)
        let merge = try await propose(a, b, office)
        #expect(try await office.file(b).mergedInto == nil)
        for actor in [clerk, neighbourReviewer, leader] {
            #expect(try await office.refusal { try await office.submit("people.approve-merge", ["merge": merge], as: actor) } == .forbidden)
        }
        #expect(try await office.refusal { _ = try await propose(a, b, office) } == .conflict)
        try await office.submit("people.approve-merge", ["merge": merge], as: townReviewer)
        let page = try await office.page("people", "persons/{id}", ["id": b])
        #expect(page.title == "测试甲" && page.text.contains("已并入这一份") && page.text.contains("测试乙"))
        let rows = try await office.counter.read(as: clerk) { try $0.page(persons, ListingRequest()).rows.map { $0.raw.text("name") } }
        #expect(rows == ["测试甲", "测试丙"])
        #expect(try await office.counter.read(as: clerk) { try findPeople.find("测试乙", $0).map(\.title) } == ["测试甲"])
    }

    @Test("自己提出、自己有审核岗位：也不行")
    func nobodyApprovesHisOwn() async throws {
        let office = try await Office()
        let (a, b, _) = try await three(office)
        let merge = try await propose(a, b, office, as: townReviewer)
        #expect(try await office.refusal { try await office.submit("people.approve-merge", ["merge": merge], as: townReviewer) } == .forbidden)
        try await office.submit("people.refuse-merge", ["merge": merge, "answer": "是两个人"], as: reviewer)
        #expect(try await office.file(b).mergedInto == nil)
    }

    @Test("同一本证件、同一天生、同性别：当场合并；差一样就要复核", arguments: [(["sex": "1"], true), (["sex": "2"], false), (["born_on": "1980-01-02"], false), (["document_no": "E0001112"], false)])
    func sameDocumentMergesAtOnce(_ other: [String: String], _ isAtOnce: Bool) async throws {
        let office = try await Office()
        let passport = ["document_kind": "passport", "document_no": "E0001111", "distinct_reason": "译名不同"]
        let a = try await office.stranger("马可", passport), b = try await office.stranger("马克", passport.merging(other) { $1 })
        _ = try await propose(a, b, office)
        #expect((try await office.file(b).mergedInto?.text == a) == isAtOnce)
    }

    enum Obstacle: String, CaseIterable { case dead, otherDeath, twoNumbers, numberLost, itself, alreadyMerged }

    @Test("不能合并的", arguments: Obstacle.allCases)
    func obstacles(_ obstacle: Obstacle) async throws {
        let office = try await Office()
        var (a, b, c) = try await three(office)
        var kind = Refusal.Kind.conflict
        switch obstacle {
        case .dead: try await office.submit("people.record-death", ["person": b, "died_on": "2024-06-01"])
        case .otherDeath:
            try await office.submit("people.record-death", ["person": a, "died_on": "2024-06-02"])
            try await office.submit("people.record-death", ["person": b, "died_on": "2024-06-01"])
        case .twoNumbers: (a, b) = (try await office.register("测试子", number(born: 1950)), try await office.register("测试丑", number(born: 1951)))
        case .numberLost: (b, kind) = (try await office.register("测试子", number(born: 1950)), .invalid)
        case .itself: (b, kind) = (a, .invalid)
        case .alreadyMerged:
            _ = try await merge(c, b, office)
            c = b
        }
        let (kept, absorbed) = (a, b)
        #expect(try await office.refusal { _ = try await propose(kept, absorbed, office) } == kind)
    }

    @Test("有一份不在辖区：经办不能提出，县里能；引用都不动")
    func bothMustBeInReach() async throws {
        let office = try await Office()
        let a = try await office.stranger("测试甲"), b = try await office.stranger("测试乙", ["born_on": "1981-01-01"], as: neighbour)
        #expect(try await office.refusal { _ = try await propose(a, b, office) } == .forbidden)
        #expect(try await office.refusal { _ = try await propose(b, a, office) } == .forbidden)
        let merge = try await propose(a, b, office, as: reviewer)
        #expect(try await office.refusal { try await office.submit("people.approve-merge", ["merge": merge], as: townReviewer) } == .forbidden)
        try await office.submit("people.approve-merge", ["merge": merge], as: secondReviewer)
        #expect(try await office.page("people", "persons/{id}", ["id": b], as: neighbour).title == "测试甲")
    }

    @Test("连着合并是平的；先撤哪一件都恢复得对")
    func chainsAreFlatAndPartAgain() async throws {
        for undoesFirst in [true, false] {
            let office = try await Office()
            let (a, b, c) = try await three(office)
            let first = try await merge(b, a, office), second = try await merge(c, b, office)
            for id in [a, b] { #expect(try await office.file(id).mergedInto?.text == c) }
            #expect(try await office.counter.read(as: clerk) { try $0.identities(of: ID(typed: a)).map(\.text) } == [c, a, b])
            try await office.submit("people.undo-merge", ["merge": undoesFirst ? first : second, "reason": "查明是两个人"], as: reviewer)
            let expected: [String?] = undoesFirst ? [nil, c, nil] : [b, nil, nil]
            for (id, pointer) in zip([a, b, c], expected) { #expect(try await office.file(id).mergedInto?.text == pointer) }
            try await office.submit("people.undo-merge", ["merge": undoesFirst ? second : first, "reason": "查明是两个人"], as: reviewer)
            for id in [a, b, c] { #expect(try await office.file(id).mergedInto == nil) }
        }
    }

    @Test("撤销：只限区县审核，要理由，不能撤两次；此后可以再合")
    func undoing() async throws {
        let office = try await Office()
        let (a, b, _) = try await three(office)
        let done = try await merge(a, b, office)
        for (actor, reason, kind) in [(clerk, "查明", Refusal.Kind.forbidden), (townReviewer, "查明", .forbidden), (reviewer, "", .invalid), (reviewer, "查明是两个人", nil), (reviewer, "再撤", .outOfOrder)]
            as [(Actor, String, Refusal.Kind?)] {
            #expect(try await office.refusal { try await office.submit("people.undo-merge", ["merge": done, "reason": reason], as: actor) } == kind)
        }
        _ = try await merge(b, a, office)
        #expect(try await office.file(a).mergedInto?.text == b)
    }

    @Test("家庭和办件留在原处，合并后一起看；冲突说出来")
    func referencesStay() async throws {
        let office = try await Office()
        let (a, b, c) = try await three(office)
        let home: ID<Household> = .make(at: office.clock.now()), other: ID<Household> = .make(at: office.clock.now())
        try await office.settle(home, [(a, "01", nil)])
        try await office.settle(other, [(b, "01", nil), (c, "20", nil)])
        try await office.submit("errands.open-errand", ["region": township.code, "what": a])
        try await office.submit("errands.open-errand", ["region": township.code, "what": b])
        let before = try await office.count("SELECT count(*) FROM membership WHERE person_id = \(b)")
        let proposal = try await propose(a, b, office)
        let page = try await office.page("people", "merges/{id}", ["id": proposal], as: townReviewer)
        #expect(page.text.contains("分别在不同的家庭里") && page.text.contains("都有在办件") && page.acts.map(\.title) == ["通过合并", "不通过合并"])
        try await office.submit("people.approve-merge", ["merge": proposal], as: townReviewer)
        #expect(try await office.count("SELECT count(*) FROM membership WHERE person_id = \(b)") == before)
        let merged = try await office.page("people", "persons/{id}", ["id": a])
        #expect(merged.text.contains("代办一次") && merged.text.contains("跑腿代办：已登记"))
        try await office.submit("people.undo-merge", ["merge": proposal, "reason": "查明是两个人"], as: reviewer)
        #expect(try await office.page("people", "persons/{id}", ["id": b]).title == "测试乙")
    }

    @Test("合并表单：没选两份的先说去哪里选；选了的对照着看；外乡看不到")
    func theForm() async throws {
        let office = try await Office()
        let (a, b, _) = try await three(office), form = try #require(office.counter.house.line("people")?.form("propose-merge"))
        func preface(_ values: RawFields, as actor: Actor) async throws -> String {
            try await office.counter.read(as: actor) { try form.layout(FormVisit(reader: $0, values: values, subject: nil)).preface?.text ?? "" }
        }
        let both: RawFields = ["kept": .typed(a), "absorbed": .typed(b)]
        #expect(try await preface([:], as: clerk).contains("查重与合并"))
        #expect(try await preface(both, as: clerk).contains("两份档案对照"))
        #expect(try await office.refusal { _ = try await preface(both, as: neighbour) } == .forbidden)
    }
}
