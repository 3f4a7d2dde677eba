import Kernel
import Storage
import Values

/// 办理区划变更。From its day on the tree is other than it was, and everything that stood in an ended code stands in the one that follows.
///
/// Every placed record of every line follows, users and cases, closed ones too, so that nobody loses sight of his own. Rulings don't:
/// they were made for a place of their day, and what holds in the new one is for an authority to say. The journal, the record of
/// readings, former residences and the changes themselves keep the code under which they were written.
extension Desk {
    /// Enters a change; it is done at once, or on its day when that lies ahead.
    func arrange(_ change: RegionChange) throws -> Outcome {
        try insert(change)
        let link = "/people/regions?region=\(change.scope.code)"
        guard change.on > today else { return Outcome(change.id, try carryOut(change).sentence(change), link: link) }
        try rehearse(change)
        try enqueue(regionChangeJob.name, title: "\(change.on.shown)\(change.kind.label)区划", input: change.id.text, on: change.on)
        return Outcome(change.id, "已登记，到\(change.on.shown)自动办理；在那之前可以取消", link: link)
    }

    /// What is wrong is said when the change is entered, not on its day.
    private func rehearse(_ change: RegionChange) throws {
        do {
            try connection.savepoint {
                _ = try carryOut(change)
                throw Rehearsed()
            }
        } catch is Rehearsed {}
    }

    private struct Rehearsed: Error {}

    func carryOut(_ change: RegionChange) throws -> Followed {
        let parts = change.parts.sorted { ($0.successor ?? $0.code ?? .country).code.utf8.count < ($1.successor ?? $1.code ?? .country).code.utf8.count }
        try requireSound(parts)
        for part in parts { try apply(part, of: change) }
        for code in parts.filter({ $0.isHandover || $0.successor == nil }).compactMap(\.code) { try requireNoOrphans(below: code, on: change.on) }
        let followed = try moveEverything(change)
        try update(change.done(at: now))
        return followed
    }

    private func requireSound(_ parts: [RegionPart]) throws {
        let ending = Set(parts.filter { $0.isHandover || $0.successor == nil }.compactMap(\.code))
        for part in parts {
            if let successor = part.successor, part.code != successor, ending.contains(successor) {
                throw Refusal.invalid("\(successor.shown) 在这次变更中撤销，不能同时接续别的区划，请分两次办理").at(["parts", part.key, "successor"])
            }
            if let code = part.code, parts.filter({ $0.code == code }).count > 1 {
                throw Refusal.invalid("\(code.shown) 写了两次，请核对").at(["parts", part.key, "code"])
            }
        }
    }

    private func apply(_ part: RegionPart, of change: RegionChange) throws {
        do {
            switch (part.code, part.successor) {
            case (nil, let new?): try open(new, try required(part.name), on: change.on)
            case (let old?, nil): try requireEmpty(old); try close(old, on: change.on)
            case (let old?, let new?) where old == new: try close(old, on: change.on); try open(old, try required(part.name), on: change.on, isKnown: true)
            case (let old?, let new?): try handOver(old, to: new, part.name, of: change)
            case (nil, nil): throw Refusal.invalid("请填写原代码或新代码")
            }
            if change.kind == .split, part.code == nil, let new = part.successor { try noteSuccessor(of: try splitCode(change), new, on: change.on) }
        } catch let refusal as Refusal where change.kind.isTable { throw refusal.at(["parts", part.key]) }
    }

    private func required(_ name: String?) throws(Refusal) -> String {
        guard let name else { throw .invalid("请填写新名称") }
        return name
    }

    /// The code a split takes from: the one that ends, or else the one the change was entered for.
    private func splitCode(_ change: RegionChange) throws -> RegionCode {
        change.parts.first(where: \.isHandover)?.code ?? change.scope
    }

    private func handOver(_ old: RegionCode, to new: RegionCode, _ name: String?, of change: RegionChange) throws {
        guard old.level == new.level else { throw Refusal.invalid("\(old.shown) 是\(old.level.label)，\(new.shown) 是\(new.level.label)，级别不同，不能接续") }
        let before = try living(old, on: change.on)
        try close(old, on: change.on)
        if try region(new, on: change.on) == nil {
            let named = change.parts.first { $0.successor == new && $0.name != nil }?.name
            try open(new, named ?? before.name, on: change.on)
        }
        try noteSuccessor(of: old, new, on: change.on)
    }

    private func noteSuccessor(of old: RegionCode, _ new: RegionCode, on day: CivilDate) throws {
        try connection.run("""
            INSERT INTO region_successor (code, successor, changed_on) VALUES (\(old), \(new), \(day)) ON CONFLICT (code, successor) DO NOTHING
            """)
    }

    // MARK: The tree

    /// - Parameter isKnown: the code held until now under another name.
    private func open(_ code: RegionCode, _ name: String, on day: CivilDate, isKnown: Bool = false) throws {
        try enter(RegionEntry(code, name, from: day, isRenamed: isKnown))
    }

    private func close(_ code: RegionCode, on day: CivilDate) throws {
        let region = try living(code, on: day, orOn: day.adding(days: -1))
        guard region.until == nil else { throw Refusal.conflict("\(region.name)（\(code.shown)）到\(region.until.map { $0.adding(days: -1).shown } ?? "")已经撤销或更名，请核对日期") }
        guard region.from < day else { throw Refusal.invalid("变更日期须晚于\(region.name)（\(code.shown)）的起始日期\(region.from.shown)；登记错了名称的，请办理「更正区划名称」") }
        try update(Region(id: region.id, code: region.code, name: region.name, from: region.from, until: day))
    }

    private func requireNoOrphans(below code: RegionCode, on day: CivilDate) throws {
        let orphans = try all(Region.self, where: """
            \(Reader.within("code", code)) AND code <> \(code) AND from_on <= \(day) AND (until_on IS NULL OR until_on > \(day)) ORDER BY code LIMIT 4
            """)
        guard let first = orphans.first else { return }
        throw Refusal.conflict("\(code.shown) 撤销后，下面的\(first.name)（\(first.code.shown)）\(orphans.count > 1 ? "等" : "")没有去处，请一并列明它们的新代码")
    }

    // MARK: What follows

    /// Everything at an ended code stands at the one that follows, in one statement a table.
    private func moveEverything(_ change: RegionChange) throws -> Followed {
        let old = change.parts.filter(\.isHandover).compactMap(\.code)
        guard !old.isEmpty else { return Followed(users: change.kind == .split ? try accounts(at: change.scope) : 0) }
        let users = try old.reduce(0) { try $0 + accounts(at: $1) }, rulings = try old.reduce(0) { try $0 + standingRulings(at: $1, on: change.on) }
        var rows = 0
        for (table, column) in placedColumns {
            rows += try connection.run("""
                UPDATE \(table) SET \(column) = (SELECT p.successor FROM region_change_part AS p WHERE p.parent_id = \(change.id) AND p.code = \(table).\(column))
                WHERE \(column) IN (SELECT p.code FROM region_change_part AS p WHERE p.parent_id = \(change.id) AND p.successor <> p.code)
                """)
            for code in old { try requireNothingLeft(in: table, column, below: code) }
        }
        return Followed(rows: rows, users: users, rulings: rulings)
    }

    /// Rows at codes nobody registered would be lost to everyone below the county.
    private func requireNothingLeft(in table: Statement, _ column: Statement, below code: RegionCode) throws {
        let end = code.scopePrefix + ":"
        guard let stray: RegionCode = try connection.value("SELECT \(column) FROM \(table) WHERE \(column) >= \(code.scopePrefix) AND \(column) < \(end) LIMIT 1") else { return }
        throw Refusal.conflict("有人员或办件登记在没有登记或早已撤销的区划 \(stray.shown) 下，请先登记这个区划，再在变更中列明它的新代码")
    }

    private func accounts(at code: RegionCode) throws -> Int {
        try connection.value("SELECT count(*) FROM user_account WHERE region = \(code) AND disabled_on IS NULL") ?? 0
    }

    private func standingRulings(at code: RegionCode, on day: CivilDate) throws -> Int {
        try connection.value("SELECT count(*) FROM ruling WHERE region = \(code) AND published_at IS NOT NULL AND (until_on IS NULL OR until_on > \(day))") ?? 0
    }

    private func requireEmpty(_ code: RegionCode) throws {
        for (table, column) in placedColumns {
            guard try connection.value("SELECT count(*) FROM \(table) WHERE \(column) = \(code)") == 0 else {
                throw Refusal.conflict("\(code.shown) 还有人员、家庭、账号或办件登记，不能直接撤销。请办理「撤并区划」，写明由哪个代码接续")
            }
        }
    }

    /// Each column that says where a placed record belongs, and where cases do.
    private var placedColumns: [(table: Statement, column: Statement)] {
        let records = house.lines.flatMap(\.records).filter { $0.isPlaced && $0.table != Ruling.table }
        return [("case_file", "region")] + records.flatMap { record in
            record.outline.fields.filter { $0.nature == .region }.map { (Statement(name: record.table), Statement(name: $0.name)) }
        }
    }
}

/// What followed a change.
struct Followed {
    var rows = 0
    var users = 0
    var rulings = 0

    func sentence(_ change: RegionChange) -> String {
        var sentence = "区划已\(change.kind.label)，自\(change.on.shown)起"
        if rows > 0 { sentence += "；人员、家庭、账号和办件共 \(rows) 条随新代码" }
        if change.kind == .split { sentence += "；人员和家庭留在原代码，请办理「划转家庭」" + (users > 0 ? "；有 \(users) 个账号仍管原代码，请安全管理员核对" : "") }
        if rulings > 0 { sentence += "；原代码下有 \(rulings) 条规则没有随转，请政策员按新代码重新起草发布" }
        return sentence
    }
}
