import Kernel
import Storage
import Testing
import Values

/// The door every act passes: once, in order, by the right person, and written down.
@Suite struct CounterTests {
    @Test("借出：登记、立案、时限、日志在同一笔里")
    func anActWritesEverythingAtOnce() async throws {
        let office = try await ToyOffice()
        let receipt = try await office.lend("张三丰")
        #expect(receipt.outcome.message == "已借出，编号 WJ2024-000001，借期 14 天")
        let (file, clocks, history) = try await office.counter.read(as: clerk) { reader in
            let file = try #require(try reader.caseFile(id: receipt.outcome.subject))
            return (file, try reader.clocks(of: file), try reader.history(of: file.id))
        }
        #expect(file.state == "out" && file.version == 1)
        #expect(clocks.map(\.dueOn) == [day(2024, 6, 27)])
        #expect(history.map(\.action) == ["toys.lend-toy"])
    }

    @Test("重复提交：同一编号只办一次，答复相同")
    func repeatingAnActIsSafe() async throws {
        let office = try await ToyOffice()
        let id = office.id()
        let first = try await office.lend("张三丰", id: id)
        let second = try await office.lend("张三丰", id: id)
        #expect(first.outcome == second.outcome && second.isRepeat)
        #expect(try await office.count("loan") == 1)
    }

    @Test("同一编号换了内容或换了人：拒绝")
    func theSameIdWithOtherValuesIsRefused() async throws {
        let office = try await ToyOffice()
        let id = office.id()
        try await office.lend("张三丰", id: id)
        await #expect(throws: Refusal.self) { try await office.lend("李四光", id: id) }
        await #expect(throws: Refusal.self) { try await office.lend("张三丰", id: id, as: otherClerk) }
        #expect(try await office.count("journal") == 1)
    }

    @Test("三十二人同时提交同一编号：只办一次")
    func aRaceOfRepeatsDoesItOnce() async throws {
        let office = try await ToyOffice()
        let id = office.id()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0 ..< 32 { group.addTask { _ = try await office.lend("张三丰", id: id) } }
            try await group.waitForAll()
        }
        #expect(try await office.count("loan") == 1)
    }

    @Test("不按次序、不是本岗、不在辖区、前后同一人：都拒绝，不留痕迹", arguments: [
        //  先办的事        再办        谁办         拒绝的种类
        Out(before: [], act: "inspect-toy", actor: reviewer, kind: .outOfOrder),
        Out(before: [], act: "return-toy", actor: reviewer, kind: .forbidden),
        Out(before: [], act: "return-toy", actor: neighbour, kind: .forbidden),
        Out(before: ["return-toy"], act: "return-toy", actor: clerk, kind: .outOfOrder),
        Out(before: ["return-toy"], act: "inspect-toy", actor: clerk, kind: .forbidden),
        Out(before: ["return-toy", "inspect-toy"], act: "return-toy", actor: clerk, kind: .outOfOrder),
    ])
    func anActOutOfPlaceIsRefused(_ out: Out) async throws {
        let office = try await ToyOffice()
        let loan = try await office.lend("张三丰").outcome.subject
        for name in out.before { try await office.act(name, loan, as: name == "inspect-toy" ? reviewer : clerk) }
        let entries = try await office.count("journal")
        do {
            try await office.act(out.act, loan, as: out.actor)
            Issue.record("应当拒绝")
        } catch let refusal as Refusal {
            #expect(refusal.kind == out.kind)
        }
        #expect(try await office.count("journal") == entries)
    }

    struct Out: Sendable {
        let before: [String], act: String, actor: Actor, kind: Refusal.Kind
    }

    @Test("另一人可以检查；事实引起的反应在同一笔里")
    func anotherPersonMayFollow() async throws {
        let office = try await ToyOffice()
        let loan = try await office.lend("张三丰").outcome.subject
        try await office.act("return-toy", loan)
        try await office.act("inspect-toy", loan, as: otherClerk)
        let (note, file) = try await office.counter.read(as: clerk) { reader in
            (try reader.connection.value("SELECT note FROM loan WHERE id = \(loan)") as String?, try reader.caseFile(id: loan))
        }
        #expect(note == "reacted")
        #expect(file?.state == "closed" && file?.closedOn == day(2024, 6, 20))
    }

    @Test("两人同开一件：后交的被告知，先交的有效")
    func anOlderPageIsRefused() async throws {
        let office = try await ToyOffice()
        let loan = try await office.lend("张三丰").outcome.subject
        try await office.act("rename-toy", loan, version: 1, ["borrower": .typed("张无忌")])
        do {
            try await office.act("rename-toy", loan, as: otherClerk, version: 1, ["borrower": .typed("张翠山")])
            Issue.record("应当拒绝")
        } catch let refusal as Refusal { #expect(refusal.kind == .conflict) }
        let name = try await office.counter.read(as: clerk) { try $0.connection.value("SELECT borrower FROM loan WHERE id = \(loan)") as String? }
        #expect(name == "张无忌")
    }

    @Test("规则空白：拒绝并说出缺什么，不借邻日的")
    func aGapRefuses() async throws {
        let office = try await ToyOffice(on: day(2020, 1, 1))
        office.clock.set(day(2021, 5, 6))
        try await office.lend("张三丰")
        office.clock.set(day(2020, 1, 1))
        try await office.lend("张三丰")
        office.clock.set(day(2019, 12, 31))
        do {
            try await office.lend("李四光")
            Issue.record("应当拒绝")
        } catch let refusal as Refusal {
            #expect(refusal.kind == .gap)
            #expect(refusal.message.contains("借期") && refusal.message.contains("2019年12月31日"))
        }
        #expect(try await office.count("loan") == 2)
    }

    @Test("暂停的工作日不计入期限")
    func pausedDaysAreNotCounted() async throws {
        let office = try await ToyOffice(on: day(2024, 6, 20))
        let loan = try await office.lend("张三丰").outcome.subject
        office.clock.set(day(2024, 6, 21))
        try await office.act("pause-loan", loan)
        office.clock.set(day(2024, 6, 25))
        try await office.act("resume-loan", loan)
        let due = try await office.counter.read(as: clerk) { reader in try reader.clocks(of: try #require(try reader.caseFile(id: loan))).map(\.dueOn) }
        #expect(due == [day(2024, 7, 1)])
    }

    @Test("编号连续，失败的不占号")
    func numbersHaveNoGaps() async throws {
        let office = try await ToyOffice()
        try await office.lend("张三丰")
        _ = try? await office.lend("张三丰", region: "000182001")
        #expect(try await office.lend("李四光").outcome.message.contains("WJ2024-000002"))
    }
}
