import Commons
import Kernel
import Storage
import Values

/// What keeps the data safe: room, files, keys, copies.
extension Office {
    /// Acts need little; a copy, an import or a year of pictures need much.
    func roomCheck() -> Check {
        guard let room = room(at: configuration.data) else { return Check("磁盘空间", .warning, "读不到 \(configuration.data) 所在磁盘的空间") }
        let text = "剩余 \(shownBytes(room.free))，共 \(shownBytes(room.total))"
        if room.free < 256 << 20 { return Check("磁盘空间", .fault, text + "。快满了，请立即清出空间，否则办件会被拒绝") }
        return Check("磁盘空间", room.free < 2 << 30 ? .warning : .sound, room.free < 2 << 30 ? text + "，请尽早清出空间" : text)
    }

    /// Every document that came with an act is there, and is the one the journal speaks of.
    func attachmentCheck() async throws -> Check {
        let shelf = attachments.shelf
        let (carried, exchanged) = try await database.read { (try $0.carriedHashes(), try $0.exchangedAttachments()) }
        let present = try await attachments.names(), lost = carried.filter { !present.contains($0) }
        guard lost.isEmpty else { return Check("附件", .fault, "有 \(lost.count) 份附件的文件不在了，请从备份中找回 \(shelf.folder)") }
        guard exchanged.isEmpty else { return Check("附件", .fault, exchanged.prefix(3).joined(separator: "；")) }
        return Check("附件", .sound, "\(carried.count) 份，都在，摘要与日志相符")
    }

    /// Keys that are needed and absent, and old ones still in use.
    func sealedCheck() async throws -> Check {
        let counts = try await Resealing(counter, attachments.shelf).survey(), keys = house.keyring.keys
        if let plain = counts[Resealing.unsealed] { return Check("密文", .fault, "有 \(plain) 处应当密存的内容不是密文，请联系开发人员") }
        let lost = counts.filter { entry in !keys.contains { $0.id == entry.key } }
        guard lost.isEmpty else { return Check("密文", .fault, "有 \(lost.values.reduce(0, +)) 条的密钥（\(lost.keys.sorted().joined(separator: "、"))）不在密钥文件里，请导入") }
        let old = keys.filter { !$0.isCurrent }, left = old.reduce(0) { $0 + (counts[$1.id] ?? 0) }
        guard left == 0 else { return Check("密文", .warning, "还有 \(left) 条在旧密钥下，请运行 minzheng keys rotate --resume") }
        return Check("密文", .sound, "共 \(counts.values.reduce(0, +)) 条，都在现用密钥下" + (old.isEmpty ? "" : "；旧密钥 \(old.map(\.id).joined(separator: "、")) 可以停用"))
    }

    func backupCheck() async throws -> Check {
        let last = try await database.read(LastBackup.at), isDemo = try await demoMark() != nil
        guard LastBackup.isOld(last, now: counter.clock.now()) else { return Check("备份", .sound, "最近一次在\(last?.shown ?? "")") }
        let text = last.map { "最近一次在\($0.shown)，已超过一天" } ?? "还没有做过"
        return Check("备份", isDemo ? .sound : .warning, isDemo ? text : text + "。请运行 minzheng backup --to 备份目录，并设为每天自动运行")
    }

    /// The readings are written by the server; none for days, while people act, says that it doesn't.
    func accessCheck() async throws -> Check {
        let (count, last, acted) = try await database.read { connection -> (Int, Instant?, Instant?) in
            (try connection.value("SELECT count(*) FROM access_record") ?? 0, try connection.value("SELECT max(at) FROM access_record"),
             try connection.value("SELECT max(at) FROM journal"))
        }
        let isBehind = if let acted { (last ?? acted.adding(seconds: -1_000_000)).adding(seconds: 3 * 86_400) < acted } else { false }
        let text = "共 \(count) 条" + (last.map { "，最近一条在\($0.shown)" } ?? "")
        return Check("查阅记录", isBehind && count > 0 ? .warning : .sound, isBehind && count > 0 ? text + "。三天没有新的查阅记录而办件未停，请检查服务日志" : text)
    }

    /// A standard may be published by the month or by the year; a region with neither can decide nothing that needs one.
    func standardChecks() async throws -> [Check] {
        let today = counter.clock.now().date
        var checks: [Check] = []
        for region in try await homeRegions() {
            for pair in house.alternatives {
                let lines = try await policyLines(pair, on: today, in: region), variants = Set(lines.map(\.variant))
                let silent = variants.filter { variant in lines.filter { $0.variant == variant }.allSatisfy { $0.value == nil } }.sorted()
                guard !silent.isEmpty else { continue }
                let kinds = silent.filter { !$0.isEmpty }.joined(separator: "、")
                let titles = pair.map { "「\($0.title)」" }.joined(separator: "和") + (kinds.isEmpty ? "" : "（\(kinds)）")
                checks.append(Check("规则", .warning, "区域 \(region.shown) 今天的\(titles)都没有发布，用到它的办件会停下来"))
            }
        }
        return checks
    }
}

extension House {
    /// Policies that say the same by the month and by the year: `minimum-living-standard` and `minimum-living-standard-yearly`.
    var alternatives: [[AnyPolicy]] {
        policies.compactMap { policy in
            guard policy.name.hasSuffix("-yearly") else { return nil }
            let stem = String(policy.name.dropLast(7))
            guard let monthly = self.policy(stem) else { return nil }
            return [monthly, policy]
        }
    }
}
