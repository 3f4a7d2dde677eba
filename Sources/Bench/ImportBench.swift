import Commons
import Foundation
import Kernel
import Storage
import Values

/// 压测：导入人员。A file of invented people checked, sealed, entered and indexed for search, against the engine's own shell that imports
/// the columns so derived into the same tables and indexes, in the same run on the same disk.
public struct ImportBench: Sendable {
    let counter: Counter
    let room: ImportRoom
    let peer: ImportPeer
    /// For the file.
    let folder: String

    public init(_ counter: Counter, _ room: ImportRoom, against peer: ImportPeer, folder: String) {
        self.counter = counter
        self.room = room
        self.peer = peer
        self.folder = folder
    }

    public struct Result: Sendable {
        public let people: Int, fileBytes: Int
        /// Seconds: taking the file in, checking it, entering it.
        public let taking: Double, checking: Double, entering: Double
        public let peer: Double
        /// Kilobytes at the highest.
        public let peakMemory: Int

        public var ours: Double { taking + checking + entering }
        public var ratio: Double { ours / peer }
    }

    public func run(people: Int) async throws -> Result {
        let file = "\(folder)/people.csv"
        let bytes = try InventedPeople.write(people, to: file)
        try await enterRegions()
        let clock = ContinuousClock()
        var run: ID<ImportRun>?
        let taking = try await clock.measure { run = try await take(file) }
        guard let run else { throw Refusal.absent("没有收下测试文件") }
        let checking = try await clock.measure { try await check(run) }
        let entering = try await clock.measure { try await enter(run, people) }
        let memory = Self.peakMemory
        let bare = try await peer.seconds(counter.database)
        return Result(people: people, fileBytes: bytes, taking: taking.inSeconds, checking: checking.inSeconds, entering: entering.inSeconds, peer: bare, peakMemory: memory)
    }

    // MARK: Our side

    private func enterRegions() async throws {
        let now = counter.clock.now()
        try await counter.database.write { connection in
            for code in InventedPeople.regions {
                try connection.run("INSERT INTO region (id, code, name, from_on) VALUES (\(ID<Region>.make(at: now)), \(code), \(code), '2000-01-01')")
            }
        }
    }

    private func take(_ file: String) async throws -> ID<ImportRun> {
        try await room.take("people", as: Self.staff(1, .countyReviewer)) { writer in
            guard let handle = FileHandle(forReadingAtPath: file) else { throw Refusal.absent("读不到测试文件") }
            while let part = try handle.read(upToCount: 1 << 20), !part.isEmpty { try writer.add(part) }
            return "people.csv"
        }.run
    }

    private func check(_ id: ID<ImportRun>) async throws {
        let columns = try await find(id).columns.map { RawRow(key: $0.key, fields: $0.raw) }
        try await submit("map-columns", id, ["columns": .rows(columns)], by: 1)
        try await work()
        let run = try await find(id)
        guard run.state == .checked, run.wrong + run.duplicate == 0 else { throw Refusal.invalid("测试文件没有通过核对：有误 \(run.wrong)，重复 \(run.duplicate)") }
    }

    private func enter(_ id: ID<ImportRun>, _ people: Int) async throws {
        try await submit("confirm-import", id, [:], by: 2)
        try await work()
        let run = try await find(id)
        guard run.entered == people else { throw Refusal.invalid("应登记 \(people) 人，实际 \(run.entered) 人") }
    }

    private func work() async throws {
        let runner = ImportRunner(room)
        while try await runner.runSlice() {}
    }

    private func submit(_ action: String, _ run: ID<ImportRun>, _ values: RawFields, by number: UInt8) async throws {
        var values = values
        values["import"] = .stored(run.stored)
        let submission = Submission("exchange.\(action)", id: .make(at: counter.clock.now()), values: values)
        _ = try await counter.submit(submission, as: Self.staff(number, number == 1 ? .countyReviewer : .countyApprover))
    }

    private func find(_ id: ID<ImportRun>) async throws -> ImportRun { try await counter.read(as: Self.staff(1, .countyReviewer)) { try $0.find(id) } }

    private static func staff(_ number: UInt8, _ role: Role) -> Actor {
        Actor(user: ID(at: Instant(secondsSince1970: 1_700_000_000), random: [UInt8](repeating: number, count: 10)), name: "压测\(number)", role: role, region: .demonstration)
    }

    /// The most memory this process ever held, in KB.
    static var peakMemory: Int {
        let status = FileManager.default.contents(atPath: "/proc/self/status").map { String(decoding: $0, as: UTF8.self) } ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
    }
}

/// Invented people of the invented county, as a file.
enum InventedPeople {
    static let regions = (1 ... 100).map { "000181" + (100 + $0 % 10).description + (100 + $0).description }

    private static let surnames = Array("赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜")
    private static let given = Array("测试示范样例虚构假设演练甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥")

    /// - Returns: the bytes of the file.
    static func write(_ count: Int, to path: String) throws -> Int {
        guard FileManager.default.createFile(atPath: path, contents: nil), let file = FileHandle(forWritingAtPath: path) else { throw Refusal.absent("写不了测试文件 \(path)") }
        var text = "姓名,公民身份号码,联系电话,所属区域,住址\n", bytes = 0
        let first = try CivilDate(year: 1930, month: 1, day: 1)
        for index in 0 ..< count {
            let number = try ResidentID(area: "000181", birth: first.adding(days: index % 30_000), sequence: index / 30_000 + 1)
            let name = "\(surnames[index % surnames.count])\(given[index / 32 % given.count])\(index % 3 == 0 ? "" : String(given[index / 7 % given.count]))"
            let phone = "138\(String(100_000_000 + index % 100_000_000).suffix(8))", home = "示范路\(index % 997 + 1)号\(index % 31 + 1)栋\(index % 1_200 + 1)室"
            text += "\(name),\(number.typed),\(phone),\(regions[index % 100]),\(home)\n"
            guard text.utf8.count > 1 << 20 || index == count - 1 else { continue }
            try file.write(contentsOf: Data(text.utf8))
            bytes += text.utf8.count
            text = ""
        }
        try file.close()
        return bytes
    }
}
