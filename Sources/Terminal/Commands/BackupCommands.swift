import ArgumentParser
import Commons
import Foundation
import Kernel
import Storage
import Values

/// `minzheng backup`: while the house is served.
struct Backup: Errand {
    static let configuration = CommandConfiguration(commandName: "backup", abstract: "备份：服务照常运行；核对备份；列出备份")

    @Option(name: .long, help: "备份目录；每次备份在其中新建一个文件夹，附件只存新增的") var to: String?
    @Option(name: .long, help: "只保留最近几份，多余的删去") var keep: Int?
    @Option(name: .long, help: "核对一份备份：恢复到临时目录，检查数据、日志链、行数、附件") var verify: String?
    @Option(name: .long, help: "列出备份目录里的备份") var list: String?
    @OptionGroup var options: PlaceOptions

    func validate() throws {
        guard [to, verify, list].compactMap(\.self).count == 1 else { throw ValidationError("请写 --to、--verify 或 --list 三者之一") }
        if let keep { guard keep >= 1, to != nil else { throw ValidationError("--keep 应为 1 以上的整数，与 --to 同用") } }
    }

    func run(at place: Workplace) async throws {
        if let to { return try await make(BackupFolder(to), at: place) }
        if let verify { return try await check(verify, at: place) }
        if let list { try show(BackupFolder(list), on: place.console) }
    }

    // MARK: Making one

    private func make(_ folder: BackupFolder, at place: Workplace) async throws {
        let progress = ProgressReport(place.console), console = place.console
        do {
            let report = try await options.withOffice(at: place, .untouched) { office in
                try await office.backUp(to: folder) { progress.tell("复制数据库", $0, $1) }
            }
            let manifest = report.manifest
            console.line("已备份到 \(folder.folder(report.name))")
            console.line("数据库 \(shownBytes(Int64(manifest.database.bytes)))，附件 \(manifest.attachments) 份（新增 \(report.newAttachments) 份），日志 \(manifest.journal.blocks) 块")
            console.line("链首：\(manifest.journal.head)")
            console.line("恢复时需要密钥 \(manifest.keys.keys.sorted().joined(separator: "、"))。密钥不在备份里，请用 minzheng keys export 另存一份，分开保管")
            if let keep { try folder.keepNewest(keep).forEach { console.line("已删去旧备份 \($0)") } }
            guard report.missing.isEmpty else {
                throw Refusal.absent("备份已完成，但有 \(report.missing.count) 份附件的文件在数据目录里找不到，请从较早的备份中找回")
            }
        } catch StorageError.full {
            throw Refusal.busy("备份没有完成：\(folder.path) 所在的磁盘满了。已写入的部分已清除，原来的备份和数据不受影响。请清出空间或换一个目录再试")
        }
    }

    // MARK: Looking at some

    private func check(_ path: String, at place: Workplace) async throws {
        let backup = try CheckingBackup(place.lines, path), console = place.console
        let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("minzheng-verify-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: scratch) }
        let keys = DataFolder(try options.configuration(at: place).data).keys, hasKeys = FileManager.default.fileExists(atPath: keys)
        try DataFolder(scratch).create()
        try backup.restore(into: DataFolder(scratch))
        if hasKeys { try FileManager.default.copyItem(atPath: keys, toPath: scratch + "/keys") }
        let faults = try await backup.faults(in: DataFolder(scratch))
        console.line("备份 \(backup.name)，\(backup.manifest.madeAt.shown)：\(backup.manifest.rows.count) 张表，附件 \(backup.list.entries.count) 份，日志 \(backup.manifest.journal.blocks) 块")
        guard faults.isEmpty else {
            faults.forEach(console.complain)
            throw Refusal.invalid("这份备份有 \(faults.count) 处不符，不能依靠它恢复，请立即另做一份")
        }
        console.line("已在临时目录恢复并核对：数据、日志链、行数、附件摘要都相符" + (hasKeys ? "，抽查的密文都能打开" : "。数据目录里没有密钥文件，没有抽查密文"))
    }

    private func show(_ folder: BackupFolder, on console: Console) throws {
        let names = try folder.names()
        guard !names.isEmpty else { return console.line("\(folder.path) 里还没有备份") }
        let rows = try names.map { name -> [String] in
            let text = FileManager.default.contents(atPath: "\(folder.folder(name))/\(BackupManifest.filename)") ?? Data()
            let manifest = try BackupManifest(parsing: String(decoding: text, as: UTF8.self))
            return [name, manifest.madeAt.shown, shownBytes(Int64(manifest.database.bytes)), "\(manifest.attachments)", manifest.keys.keys.sorted().joined(separator: " ")]
        }
        console.write(TextTable([.init("备份"), .init("时间"), .init("数据库", isNumber: true), .init("附件", isNumber: true), .init("密钥")], rows).text)
    }
}

/// `minzheng restore`: into an empty data folder, never over another.
struct Restore: Errand {
    static let configuration = CommandConfiguration(commandName: "restore", abstract: "恢复：把一份备份放进空的数据目录；配置了 PostgreSQL 的，再搬进空的数据库")

    @Option(name: .long, help: "一份备份，或备份目录（取最近一份）") var from: String
    @OptionGroup var options: PlaceOptions

    /// With `database` in the configuration the rows go on into the cluster, which must be empty.
    func run(at place: Workplace) async throws {
        try await restore(at: place)
        let configuration = try options.configuration(at: place)
        guard configuration.database != nil else { return }
        let data = DataFolder(configuration.data)
        try await MoveStore.move(from: StorePlace(data.path), to: StorePlace(configuration), at: place)
        // What is in the cluster then need not stand in the folder, too: the backup still has it. Without keys the attachments are not in yet.
        guard FileManager.default.fileExists(atPath: data.keys) else { return }
        for ending in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: data.database + ending) {
            try FileManager.default.removeItem(atPath: data.database + ending)
        }
    }

    private func restore(at place: Workplace) async throws {
        let backup = try CheckingBackup(place.lines, from), data = DataFolder(try options.configuration(at: place).data)
        try backup.restore(into: data)
        let faults = try await backup.faults(in: data)
        guard faults.isEmpty else {
            faults.forEach(place.console.complain)
            throw Refusal.invalid("已恢复，但有 \(faults.count) 处不符，请先不要启用，另用一份备份再恢复一次")
        }
        place.console.line("已恢复 \(backup.name)（\(backup.manifest.madeAt.shown)）到 \(data.path)，数据和日志链核对无误")
        guard !FileManager.default.fileExists(atPath: data.keys) else { return place.console.line("密钥已在，运行 minzheng doctor 后即可启动") }
        place.console.line("还需要密钥 \(backup.manifest.keys.keys.sorted().joined(separator: "、"))：请运行 minzheng keys import --from 封存件 --data \(data.path)，再运行 minzheng doctor")
    }
}

extension BackupFolder {
    /// Removes all but the newest, and the attachments that only they held.
    /// - Returns: what was removed.
    func keepNewest(_ count: Int) throws -> [String] {
        let names = try names(), old = names.dropLast(count)
        guard !old.isEmpty else { return [] }
        var held: Set<String> = []
        for name in names.suffix(count) {
            let text = FileManager.default.contents(atPath: "\(folder(name))/\(AttachmentList.filename)") ?? Data()
            held.formUnion(try AttachmentList(parsing: String(decoding: text, as: UTF8.self)).entries.map(\.digest))
        }
        for name in old { try remove(name) }
        for file in FileManager.default.enumerator(atPath: attachments)?.compactMap({ $0 as? String }) ?? [] {
            let digest = String(file.split(separator: "/").last ?? "")
            if digest.count == 64, !held.contains(digest) { try FileManager.default.removeItem(atPath: "\(attachments)/\(file)") }
        }
        return Array(old)
    }
}
