import ArgumentParser
import Commons
import Cryptography
import Foundation
import Kernel
import Moving
import Storage
import Values

/// `minzheng move`: from the file to the cluster, and back.
struct MoveStore: Errand {
    static let configuration = CommandConfiguration(
        commandName: "move", abstract: "搬迁：把全部数据从一个数据库搬到另一个，核对无误后启用新的",
        discussion: "搬迁中原库只能查看；中断后再运行同一条命令，从断处接着搬。搬到集群时附件一并放进数据库；密钥文件不搬。")

    @Option(name: .long, help: "从哪里搬：数据目录、数据库文件，或 postgres://用户@主机/库名") var from: String
    @Option(name: .long, help: "搬到哪里：同上，须是空的") var to: String?
    @Flag(name: .long, help: "放弃没有搬完的搬迁，原库恢复办理") var giveUp = false

    func validate() throws {
        guard (to == nil) == giveUp else { throw ValidationError("请写 --to，或者写 --give-up 放弃搬迁，二者选一") }
        guard to.map({ StorePlace($0) != StorePlace(from) }) ?? true else { throw ValidationError("两处是同一个地方") }
    }

    func run(at place: Workplace) async throws {
        let source = StorePlace(from)
        if let to { return try await Self.move(from: source, to: StorePlace(to), at: place) }
        let here = try await source.open()
        try await here.closing { try await Relocation.giveUp(here) }
        place.console.line("已放弃搬迁，\(source.shown) 恢复办理。搬到一半的新库不再有用，请删除")
    }

    static func move(from source: StorePlace, to target: StorePlace, at place: Workplace) async throws {
        let here = try await source.open()
        try await here.closing {
            let there = try await target.openToFill()
            try await there.closing {
                if case .left(let move) = try await here.read({ try $0.standing() }), move.place == target.shown {
                    place.console.line("\(source.shown) 的数据已经在 \(target.shown)")
                } else {
                    try await move(here, source, there, target, at: place)
                }
                try await takeInAttachments(of: source, there, target, at: place)
            }
        }
    }

    /// Nodes of a cluster find attachments in the database: those in the folder of the old one are brought there, sealed as they must be.
    private static func takeInAttachments(of source: StorePlace, _ there: any Database, _ target: StorePlace, at place: Workplace) async throws {
        guard target.isCluster, let folder = source.folder, FileManager.default.fileExists(atPath: folder.attachments) else { return }
        guard FileManager.default.fileExists(atPath: folder.keys) else {
            return place.console.complain("\(folder.path) 里没有密钥，附件没有放进数据库。请放回密钥文件，再运行一次同一条命令")
        }
        let house = House(lines: place.lines, keyring: try Keyring.load(from: folder.path)), progress = ProgressReport(place.console)
        let store = AttachmentStore(Counter(database: there, house: house, clock: SystemClock()), folder: folder.attachments, keeping: .database)
        let count = try await store.gather { progress.tell("附件放进数据库", $0, $1) }
        place.console.line("附件已放进数据库，这次 \(count) 份文件；原来的文件夹没有动")
    }

    private static func move(_ here: any Database, _ source: StorePlace, _ there: any Database, _ target: StorePlace, at place: Workplace) async throws {
        let clock = ContinuousClock(), began = clock.now, console = place.console, progress = ProgressReport(console)
        var move = Relocation(from: .init(here, at: source.shown), to: .init(there, at: target.shown), migrations: House.migrations(of: place.lines), clock: SystemClock())
        move.tell = { progress.tell($0.told($1, $2)) }
        let report = try await move.run()
        let taken = Int(began.duration(to: clock.now).components.seconds)
        console.line("已搬到 \(target.shown)：\(report.digest.tables.count) 张表，\(report.digest.rows) 行（这次搬了 \(report.copied) 行），用时 \(taken) 秒")
        console.line("两边逐行核对相符，摘要 \(report.digest.overall)")
        console.line("日志链完好：\(report.journal.blocks) 块，链首 \(report.journal.head)")
        console.line("\(source.shown) 已停用，只能查看。请把配置里的数据库改为 \(target.shown) 再启动；密钥仍在原来的数据目录")
    }
}

extension Relocation.Stage {
    /// Copying by the twentieth, so that each is told once.
    fileprivate func told(_ done: Int, _ total: Int?) -> String {
        switch self {
        case .copying(let table): "复制 \(total.map { $0 > 0 ? done * 20 / $0 * 5 : 100 } ?? 0)%（\(table)）"
        case .rebuilding: "建索引和外键 \(total.map { $0 > 0 ? done * 5 / $0 * 20 : 100 } ?? 0)%"
        case .verifying: "逐行核对"
        }
    }
}
