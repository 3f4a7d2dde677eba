import Kernel
import Storage
import Synchronization
import Testing
import Values

/// What leaves the house leaves after the commit, once, and waits when the channel is shut.
@Suite struct OutboxTests {
    /// Takes messages, or refuses them all.
    final class Postman: Channel {
        let name = "sms"
        let isOpen: Bool
        let carried = Mutex<[String]>([])

        init(isOpen: Bool) { self.isOpen = isOpen }

        func send(key: String, recipient: String, body: String) async throws {
            guard isOpen else { throw Refusal.busy("通道关闭") }
            carried.withLock { $0.append("\(recipient)|\(body)") }
        }
    }

    @Test("提交之后才发，只发一次；没有通过的办理不发")
    func sentOnce() async throws {
        let office = try await ToyOffice(), postman = Postman(isOpen: true)
        let runner = OutboxRunner(office.counter, channels: [postman])
        let id = office.id()
        try await office.lend("张三丰", id: id, ["phone": .typed("13800138000")])
        try await office.lend("张三丰", id: id, ["phone": .typed("13800138000")])
        _ = try? await office.lend("李四光", region: "000182001", ["phone": .typed("13800138001")])
        #expect(try await runner.sendWaiting() == 1)
        #expect(try await runner.sendWaiting() == 0)
        #expect(postman.carried.withLock { $0 } == ["13800138000|玩具已借出"])
    }

    @Test("通道不通：留着再试，隔得一次比一次久，十次为止；号码和内容不以明文存放")
    func keptWhileShut() async throws {
        let office = try await ToyOffice()
        try await office.lend("张三丰", ["phone": .typed("13800138000")])
        let shut = OutboxRunner(office.counter, channels: [Postman(isOpen: false)])
        for _ in 1 ... 3 { #expect(try await shut.sendWaiting() == 0) }
        #expect(try await office.database.read { try $0.value("SELECT tries FROM outbox") } == 1)
        for number in 1 ... 12 {
            office.clock.set(day(2024, 7, number))
            #expect(try await shut.sendWaiting() == 0)
        }
        let row = try await office.database.read { connection in
            try connection.first("SELECT tries, recipient, body FROM outbox") { (try $0.read(0) as Int, try $0.read(1) as String, try $0.read(2) as String) }
        }
        #expect(row?.0 == 10)
        #expect(row?.1.contains("13800138000") == false && row?.2.contains("玩具") == false)
    }

    @Test("两个节点抢着发：每个键只发一次")
    func racing() async throws {
        let office = try await ToyOffice(), postman = Postman(isOpen: true)
        for number in 1 ... 60 { try await office.lend("借者\(number)", ["phone": .typed("1380013\(1_000 + number)")]) }
        let sent = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 1 ... 4 { group.addTask { try await OutboxRunner(office.counter, channels: [postman]).sendWaiting() } }
            return try await group.reduce(0, +)
        }
        #expect(sent == 60)
        let carried = postman.carried.withLock { $0 }
        #expect(carried.count == 60 && Set(carried).count == 60)
    }

    @Test("发出之后、记下之前断了：租约到期，另一个节点用同一个键再发")
    func sentAgainUnderTheSameKey() async throws {
        let office = try await ToyOffice(), postman = Postman(isOpen: true)
        try await office.lend("张三丰", ["phone": .typed("13800138000")])
        let now = office.clock.now()
        try await office.database.write { try $0.run("UPDATE outbox SET holder = '断了的节点', held_until = \(now.adding(seconds: 100))") }
        let other = OutboxRunner(office.counter, channels: [postman])
        #expect(try await other.sendWaiting() == 0)
        office.clock.set(day(2024, 6, 21))
        #expect(try await other.sendWaiting() == 1)
        #expect(try await other.sendWaiting() == 0)
    }
}
