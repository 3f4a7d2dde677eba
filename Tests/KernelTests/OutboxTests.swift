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

    @Test("通道不通：留着再试，十次为止；号码和内容不以明文存放")
    func keptWhileShut() async throws {
        let office = try await ToyOffice()
        try await office.lend("张三丰", ["phone": .typed("13800138000")])
        let shut = OutboxRunner(office.counter, channels: [Postman(isOpen: false)])
        for _ in 1 ... 12 { #expect(try await shut.sendWaiting() == 0) }
        let row = try await office.database.read { connection in
            try connection.first("SELECT tries, recipient, body FROM outbox") { (try $0.read(0) as Int, try $0.read(1) as String, try $0.read(2) as String) }
        }
        #expect(row?.0 == 10)
        #expect(row?.1.contains("13800138000") == false && row?.2.contains("玩具") == false)
    }
}
