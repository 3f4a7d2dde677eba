import Bureau
import Commons
import Cryptography
import Foundation
import Kernel
@testable import Pictures
import SQLiteStorage
import Storage
import Synchronization
@testable import Terminal
import Testing
import Values

/// 一处真的数据目录。A small city in a folder of its own, with its keys, and the commands that work on it.
final class SafeHouse: Sendable {
    let folder: String
    private let output = Mutex((out: "", err: ""))

    /// Built once; every test has a copy.
    private static let city = Task { () -> String in
        let house = try SafeHouse()
        #expect(await house.run("demo", "--scale", "0.001", "--seed", "7").code == 0)
        return house.keep()
    }

    private let isKept = Mutex(false)

    private init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("minzheng-safe-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit {
        // A folder that stays is cleared by the system with its temporary folder.
        if !isKept.withLock({ $0 }) { try? FileManager.default.removeItem(atPath: folder) }
    }

    private func keep() -> String {
        isKept.withLock { $0 = true }
        return data
    }

    static func withCity() async throws -> SafeHouse {
        let house = try SafeHouse()
        try FileManager.default.copyItem(atPath: try await city.value, toPath: house.data)
        return house
    }

    static func empty() throws -> SafeHouse { try SafeHouse() }

    var data: String { folder + "/data" }
    var backups: BackupFolder { BackupFolder(folder + "/backups") }
    func path(_ name: String) -> String { "\(folder)/\(name)" }

    func office(_ data: String? = nil) async throws -> Office {
        try await Office.open(bureau, try Configuration(options: [.data: data ?? self.data, .profile: CryptoProfile.underTest.rawValue]), .create)
    }

    func run(_ arguments: String..., password: String? = "jiade-kouling-2024") async -> (code: Int32, out: String, err: String) {
        output.withLock { $0 = ("", "") }
        let console = Console(environment: ["MINZHENG_DATA": data, "MINZHENG_PROFILE": CryptoProfile.underTest.rawValue],
                              write: { text in self.output.withLock { $0.out += text } }, complain: { text in self.output.withLock { $0.err += text + "\n" } },
                              readAll: { [] }, readSecret: { _ in password })
        let code = await Command.run(bureau, arguments, on: console)
        return output.withLock { (code, $0.out, $0.err) }
    }
}

extension Office {
    /// The clerk of the first township.
    func clerk() async throws -> Actor { try await accounts.actor(named: "jingban") }

    /// - Returns: the id of the new person.
    @discardableResult
    func register(_ number: Int, phone: String = "13900099100", address: String = "测试路 1 号") async throws -> String {
        let clerk = try await clerk(), values: RawFields = [
            "name": .typed(name(number)), "resident_id": .typed(residentID(number)), "phone": .typed(phone), "region": .typed(clerk.region.code), "address": .typed(address),
        ]
        return try await counter.submit(Submission("people.register-person", id: .make(at: counter.clock.now()), values: values), as: clerk).outcome.subject
    }

    func count(_ table: String) async throws -> Int {
        try await database.read { try $0.value("SELECT count(*) FROM \(Statement(name: table))") ?? -1 }
    }

    /// A picture that no other call made.
    func attach(_ seed: UInt8) async throws -> Commons.Attachment {
        let pixels = (0 ..< 48).map { UInt8(truncatingIfNeeded: Int(seed) &* 31 &+ $0 * 7) }
        let picture = try Picture.packed(pixels, 4, 4, PNGChannels(isColoured: true, isTransparent: false))
        return try await attachments.store(picture, filename: "图.png", by: try await clerk())
    }
}

/// 测甲乙丙 for 12: nobody is taken for somebody else.
func name(_ number: Int) -> String {
    let signs = Array("甲乙丙丁戊己庚辛壬癸")
    return "测" + String(String(number).compactMap { $0.wholeNumberValue.map { signs[$0] } })
}

/// A number of the invented county 000199, each born on a day of his own.
func residentID(_ number: Int) -> String {
    let born = CivilDate(written: 1950, 1, 1).adding(days: number * 11).typed.dropFirst(2).replacing("-", with: "")
    let digits = "000199\(born)" + String(String(1000 + number).suffix(3))
    return (try? ResidentID.upgrading(digits).typed) ?? digits
}

/// 闸门。Holds a closure on its own thread until the test lets it go on.
struct Gate: Sendable {
    private let entrance: (stream: AsyncStream<Void>, continuation: AsyncStream<Void>.Continuation) = AsyncStream.makeStream()
    private let exit = DispatchSemaphore(value: 0)
    private let once = Once()

    private final class Once: Sendable {
        private let isUsed = Mutex(false)
        func take() -> Bool { isUsed.withLock { used in defer { used = true }; return !used } }
    }

    func holdOnce() {
        guard once.take() else { return }
        entrance.continuation.yield()
        exit.wait()
    }

    func arrival() async { for await _ in entrance.stream { return } }
    func open() { exit.signal() }
}

/// 小磁盘。A disk of a few megabytes, where the system lets us make one.
struct TinyDisk: ~Copyable {
    static let isPossible: Bool = {
        let disk = try? TinyDisk(megabytes: 1)
        return disk != nil
    }()

    let path: String

    init(megabytes: Int) throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("minzheng-disk-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try Self.run("/bin/mount", "-t", "tmpfs", "-o", "size=\(megabytes)m,mode=0700", "tmpfs", path)
    }

    deinit {
        // Lazily, so that whatever is still open doesn't keep the folder.
        try? Self.run("/bin/umount", "-l", path)
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Leaves no more room than this.
    borrowing func fill(leaving bytes: Int) throws {
        let free = Int(room(at: path)?.free ?? 0)
        guard free > bytes else { return }
        try Data(count: free - bytes).write(to: URL(fileURLWithPath: path + "/filling"))
    }

    borrowing func clear() throws { try FileManager.default.removeItem(atPath: path + "/filling") }

    private static func run(_ program: String, _ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.featureUnsupported) }
    }
}

/// A small grey photograph.
func testJPEG() throws -> [UInt8] { try Raster(width: 32, height: 16, pixels: [UInt8](repeating: 120, count: 32 * 16 * 3)).jpeg(quality: 80) }
