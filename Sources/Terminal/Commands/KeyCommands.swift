import ArgumentParser
import Commons
import Cryptography
import Foundation
import Kernel
import Values

/// `minzheng keys`.
struct KeyCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "密钥：一览、备好、轮换、停用、导出、导入", subcommands: [ListKeys.self, PrepareKey.self, RotateKeys.self, RetireKey.self, ExportKeys.self, ImportKeys.self])
}

/// How many values rest under each key.
struct ListKeys: Errand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "列出密钥，以及各有多少密文")

    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        let (keys, counts) = try await options.withOffice(at: place, .untouched) { office in
            (office.house.keyring.keys, try await Resealing(office.counter, office.attachments.shelf).survey())
        }
        let known = keys.map { [$0.id, $0.profile.label, $0.isCurrent ? "现用" : "", "\(counts[$0.id] ?? 0)"] }
        let strange = counts.filter { entry in !keys.contains { $0.id == entry.key } }.sorted { $0.key < $1.key }.map { [$0.key, "", "不在密钥文件里", "\($0.value)"] }
        place.console.write(TextTable([.init("密钥"), .init("算法"), .init("状态"), .init("密文", isNumber: true)], known + strange).text)
        guard strange.isEmpty else { throw Refusal.absent("有密文的密钥不在密钥文件里，打不开。请用 minzheng keys import 导入当时导出的密钥") }
    }
}

/// A key for tomorrow: several machines, each with a key file of its own, are given it before any of them uses it.
struct PrepareKey: Errand {
    static let configuration = CommandConfiguration(commandName: "prepare", abstract: "备好一个新密钥，先不启用；多台服务器各有密钥文件时，轮换之前先做这一步")

    @Option(name: .long, help: "新密钥的算法：international 或 national；不写则不变") var profile: String?
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        let folder = DataFolder(try options.configuration(at: place).data), keyring = try Keyring.load(from: folder.path)
        let key = try keyring.prepareKey(try CryptoProfile.chosen(profile))
        place.console.line("已备好 \(key)，现用的仍是 \(keyring.currentKey)")
        place.console.line("请把 \(folder.keys) 复制到每台服务器（权限 600），各节点的密钥指纹一致后，运行 minzheng keys rotate --to \(key)，再把 \(folder.keys) 复制一次")
    }
}

/// A new key, and everything under it; the house may be served meanwhile.
struct RotateKeys: Errand {
    static let configuration = CommandConfiguration(commandName: "rotate", abstract: "换用新密钥，并把已有密文换封；服务照常运行，中断后可再运行一次接着做")

    @Option(name: .long, help: "新密钥的算法：international 或 national；不写则不变") var profile: String?
    @Flag(name: .long, help: "不新增密钥，只把还没换封的做完") var resume = false
    @Option(name: .customLong("to"), help: "启用备好的密钥，不另做新的；见 keys prepare") var prepared: String?
    @OptionGroup var options: PlaceOptions

    /// Servers take up a new key within a second; what they seal meanwhile is met by the next round.
    static let pause = Duration.milliseconds(2_500), rounds = 10

    func run(at place: Workplace) async throws {
        let console = place.console, progress = ProgressReport(console)
        try await options.withOffice(at: place, .untouched) { office in
            let keyring = office.house.keyring, before = keyring.currentKey
            if let prepared {
                try keyring.use(prepared)
                console.line("现用密钥 \(before) → \(prepared)")
            } else if !resume {
                console.line("现用密钥 \(before) → \(try keyring.addKey(try CryptoProfile.chosen(profile)))")
            }
            let resealing = Resealing(office.counter, office.attachments.shelf), current = keyring.currentKey
            let expected = try await resealing.survey().filter { $0.key != current }.values.reduce(0, +)
            var total = 0
            for round in 1 ... Self.rounds {
                try await Task.sleep(for: round == 1 && resume ? .zero : Self.pause)
                let tally = try await resealing.run { progress.tell("换封", $1, round == 1 ? expected : $1) }
                total += tally.done
                guard tally.unreadable.isEmpty else {
                    let left = tally.unreadable.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value) 条" }.joined(separator: "，")
                    throw Refusal.absent("已换封 \(total) 条，另有打不开的：\(left)。原文保持不动，请核对密钥文件和备份")
                }
                if tally.done == 0, round > 1 || resume { break }
            }
            console.line("已换封 \(total) 条。运行 minzheng keys list 查看，旧密钥没有密文后可用 minzheng keys retire 停用")
            console.line("请重新导出密钥（minzheng keys export），并另做一份备份")
        }
    }

    func validate() throws {
        guard prepared == nil || (profile == nil && !resume) else { throw ValidationError("--to 启用备好的密钥，不能再写 --profile 或 --resume") }
    }
}

struct RetireKey: Errand {
    static let configuration = CommandConfiguration(commandName: "retire", abstract: "停用一个没有密文的旧密钥")

    @Argument(help: "密钥编号，见 minzheng keys list") var key: String
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        try await options.withOffice(at: place, .untouched) { office in
            let resealing = Resealing(office.counter, office.attachments.shelf)
            // Twice, with time for a server that only now hears of the newer key.
            for wait in [Duration.zero, RotateKeys.pause] {
                try await Task.sleep(for: wait)
                let left = try await resealing.survey()[key] ?? 0
                guard left == 0 else { throw Refusal.conflict("还有 \(left) 条密文在密钥 \(key) 下，不能停用。请先运行 minzheng keys rotate --resume") }
            }
            let open = try DataFolder(office.configuration.data).passingFiles(under: key)
            guard open.isEmpty else {
                throw Refusal.conflict("还有没办完的导入或打印件在密钥 \(key) 下（\(open.count) 个文件）。请把导入办完或取消；打印件一天后自动清理，之后再停用")
            }
            try office.house.keyring.retire(key)
            place.console.line("已停用 \(key)。停用之前的备份仍要用它恢复，请保管好当时导出的密钥")
        }
    }
}

struct ExportKeys: Errand {
    static let configuration = CommandConfiguration(commandName: "export", abstract: "导出密钥到一个须用口令打开的文件，与备份分开保管")

    @Option(name: .long, help: "写入的文件，不能已存在") var to: String
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        let folder = DataFolder(try options.configuration(at: place).data), keyring = try Keyring.load(from: folder.path)
        guard !FileManager.default.fileExists(atPath: to) else { throw Refusal.conflict("\(to) 已存在，请换一个文件名") }
        let first = try ExportKeys.passphrase("口令（至少 12 个字）：", place.console), again = try ExportKeys.passphrase("再输一次：", place.console)
        guard first == again else { throw Refusal.invalid("两次口令不一致，没有导出，请重新运行") }
        try writeWhole(Data(try keyring.exported(under: first).utf8), to: to)
        place.console.line("已导出 \(keyring.keys.count) 个密钥到 \(to)。没有口令就打不开：请把口令和文件分开保管，都不要放在备份旁边")
    }

    static func passphrase(_ prompt: String, _ console: Console) throws -> String {
        guard let text = console.readSecret(prompt), !text.isEmpty else { throw Refusal.invalid("没有读到口令，请重新运行") }
        return text
    }
}

struct ImportKeys: Errand {
    static let configuration = CommandConfiguration(commandName: "import", abstract: "从导出的文件导入密钥")

    @Option(name: .long, help: "导出的文件") var from: String
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        let folder = DataFolder(try options.configuration(at: place).data), text = String(decoding: try place.console.contents(of: from), as: UTF8.self)
        try folder.create()
        let passphrase = try ExportKeys.passphrase("口令：", place.console)
        let added = try Keyring.importing(text, passphrase: passphrase, into: folder.path)
        place.console.line(added > 0 ? "已导入 \(added) 个密钥到 \(folder.keys)" : "封存件里的密钥这里都有，没有改动")
    }
}

extension CryptoProfile {
    fileprivate static func chosen(_ text: String?) throws -> CryptoProfile? {
        guard let text else { return nil }
        guard let known = CryptoProfile(rawValue: text) else { throw Refusal.invalid("--profile 应为 international（国际算法）或 national（国密算法）") }
        return known
    }

    var label: String { self == .international ? "国际算法" : "国密算法" }
}

extension DataFolder {
    /// Files that come and go, uploads on their way in and printed papers, in which something rests under a key: these aren't sealed anew but waited for.
    func passingFiles(under key: String) throws -> [String] {
        let mark = Data(".\(key).".utf8)
        return try (FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []).filter { name in
            guard !name.hasPrefix("minzheng.sqlite"), name != "keys", !name.hasPrefix("attachments") else { return false }
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder), !isFolder.boolValue else { return false }
            let content = try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)"), options: .alwaysMapped)
            return content.range(of: mark) != nil
        }
    }
}
