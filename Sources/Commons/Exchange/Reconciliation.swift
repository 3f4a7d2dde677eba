import Kernel
import Storage
import Values

/// 须与发放名册核对的导入。What it brings is held against what was last paid before it may enter.
public protocol ReconciledImport: Importing {
    /// The importer of the roster.
    static var roster: String { get }
    /// The place of the amount (in fen) among the values of a row, ours and theirs.
    static var amountPlace: Int { get }
}

extension ReconciledImport {
    public static func admit(_ batch: ImportBatch, at desk: Desk) throws {
        let found = try desk.connection.first("SELECT differences, note FROM import_reconciliation WHERE import_id = \(batch.origin)") {
            (try $0.read(0) as Int, try $0.read(1) as String?)
        }
        guard let (differences, note) = found else { throw Refusal.outOfOrder("还没有与最近一次发放名册核对，请先办理核对") }
        guard differences == 0 || note != nil else { throw Refusal.outOfOrder("与发放名册有 \(differences) 处差异，请逐户核对改正，或在核对时写明原因") }
    }
}

/// 核对结果。Count and sum on both sides, and the rows that differ.
public struct Reconciliation: Sendable, Hashable {
    public struct Difference: Sendable, Hashable {
        public let kind: Kind, line: Int?, rosterLine: Int?, ours: Money?, theirs: Money?
    }

    public enum Kind: String, CodeList {
        case amount, missing, extra, count, sum

        public var label: String {
            switch self {
            case .amount: "金额不同"
            case .missing: "名册有、本表没有"
            case .extra: "本表有、名册没有"
            case .count: "户数不同"
            case .sum: "金额合计不同"
            }
        }
    }

    public let ourCount: Int, ourSum: Money, theirCount: Int, theirSum: Money
    public let differences: [Difference]
}

/// 与发放名册核对。Either a roster that was uploaded, or its count and sum.
struct ReconcileImport: Action {
    let run: ID<ImportRun>
    let roster: ID<ImportRun>?
    let count: Int?
    let sum: Amount?
    let note: String?

    static let title = "与发放名册核对"
    static let guidance = "选最近一次发放的名册逐户核对，或填名册的户数和金额合计。有差异的须逐户改正，确有原因的写明。"
    static let roles: Set<Role> = .importers
    static let subject = Subject<ReconcileImport>.record(.importRun, \.run)
    static let shape = Shape<ReconcileImport> {
        Field(.importRun, \.run)
        Field(.rosterImport, \.roster)
        Field(.rosterCount, \.count)
        Field(.rosterSum, \.sum)
        Field(.differenceNote, \.note)
    }

    init(from reading: Reading<ReconcileImport>) throws(Refusal) {
        run = try reading(.importRun)
        roster = try reading(.rosterImport)
        count = try reading(.rosterCount)
        sum = try reading(.rosterSum)
        note = try reading(.differenceNote)
    }

    func perform(at desk: Desk) throws -> Outcome {
        guard let found = desk.matter as? Reconciliation else { throw Refusal.invalid("请在导入的页面上核对，或用命令 minzheng import reconcile") }
        let run = try desk.find(run)
        guard run.state == .checked else { throw run.outOfOrder("核对") }
        try desk.forgetReconciliation(of: run)
        try desk.connection.run("""
            INSERT INTO import_reconciliation (import_id, roster_id, our_count, our_fen, their_count, their_fen, differences, note, reconciled_by, reconciled_at)
            VALUES (\(run.id), \(roster), \(found.ourCount), \(found.ourSum), \(found.theirCount), \(found.theirSum), \(found.differences.count), \(note),
                    \(desk.actor.name), \(desk.now))
            """)
        for (position, difference) in found.differences.enumerated() {
            try desk.connection.run("""
                INSERT INTO import_difference (import_id, position, kind, line, roster_line, our_fen, their_fen)
                VALUES (\(run.id), \(position), \(difference.kind), \(difference.line), \(difference.rosterLine), \(difference.ours), \(difference.theirs))
                """)
        }
        let told = found.differences.isEmpty ? "户数、金额都相符" : "有 \(found.differences.count) 处差异"
        return Outcome(run.id, "已核对：本表 \(found.ourCount) 户 \(found.ourSum.shown)，名册 \(found.theirCount) 户 \(found.theirSum.shown)，\(told)", link: run.link)
    }
}

extension ImportRoom {
    /// Holds a checked table against a roster or its totals, and enters what was found.
    @discardableResult
    public func reconcile(_ id: ID<ImportRun>, roster: ID<ImportRun>?, count: Int?, sum: Amount?, note: String?, as actor: Actor) async throws -> Receipt {
        let run = try await counter.read(as: actor) { try $0.find(id) }
        guard let importer = try importer(run.importer) as? any ReconciledImport.Type else { throw Refusal.invalid("这种导入不用与发放名册核对") }
        guard run.state == .checked else { throw run.outOfOrder("核对") }
        let ours = try await amounts(of: run, at: importer.amountPlace), found: Reconciliation
        if let roster {
            let theirs = try await counter.read(as: actor) { try $0.find(roster) }
            guard theirs.importer == importer.roster, theirs.state == .checked, theirs.wrong + theirs.duplicate == 0 else {
                throw Refusal.invalid("请选一张全部正确、已核对的发放名册").at(["roster"])
            }
            found = Reconciliation(ours, against: try await amounts(of: theirs, at: importer.amountPlace))
        } else {
            guard let count, let sum else { throw Refusal.invalid("请选一张发放名册，或填写名册的户数和金额合计").at(["count"]) }
            found = Reconciliation(ours, count: count, sum: sum.money)
        }
        let values: RawFields = ["import": .stored(id.stored), "roster": .stored(roster?.stored ?? .null), "count": .stored(count?.stored ?? .null),
                                 "sum_fen": .stored(sum?.stored ?? .null), "note": .stored(note?.stored ?? .null)]
        return try await counter.submit(Submission("exchange.\(ReconcileImport.name)", id: .make(at: counter.clock.now()), values: values), as: actor, bringing: found)
    }

    /// The amount of each row that may enter, by its key.
    private func amounts(of run: ImportRun, at place: Int) async throws -> [String: (line: Int, amount: Money)] {
        var amounts: [String: (line: Int, amount: Money)] = [:], after = 0
        return try await withStaging(run.id) { staging in
            while true {
                let rows = try await staging.acceptable(after: after, limit: 5_000)
                for row in rows { if let key = row.key, let fen = row.values[place].flatMap(Int64.init) { amounts[key] = (row.line, Money(fen: fen)) } }
                guard let last = rows.last else { return amounts }
                after = last.line
            }
        }
    }
}

extension Reconciliation {
    fileprivate init(_ ours: [String: (line: Int, amount: Money)], against theirs: [String: (line: Int, amount: Money)]) {
        var differences: [Difference] = []
        for (key, mine) in ours {
            guard let paid = theirs[key] else {
                differences.append(Difference(kind: .extra, line: mine.line, rosterLine: nil, ours: mine.amount, theirs: nil))
                continue
            }
            if paid.amount != mine.amount { differences.append(Difference(kind: .amount, line: mine.line, rosterLine: paid.line, ours: mine.amount, theirs: paid.amount)) }
        }
        for (key, paid) in theirs where ours[key] == nil { differences.append(Difference(kind: .missing, line: nil, rosterLine: paid.line, ours: nil, theirs: paid.amount)) }
        differences.sort { ($0.line ?? .max, $0.rosterLine ?? .max) < ($1.line ?? .max, $1.rosterLine ?? .max) }
        self.init(ourCount: ours.count, ourSum: ours.values.reduce(.zero) { $0 + $1.amount }, theirCount: theirs.count,
                  theirSum: theirs.values.reduce(.zero) { $0 + $1.amount }, differences: differences)
    }

    fileprivate init(_ ours: [String: (line: Int, amount: Money)], count: Int, sum: Money) {
        let total = ours.values.reduce(Money.zero) { $0 + $1.amount }
        var differences: [Difference] = []
        if ours.count != count { differences.append(Difference(kind: .count, line: nil, rosterLine: nil, ours: nil, theirs: nil)) }
        if total != sum { differences.append(Difference(kind: .sum, line: nil, rosterLine: nil, ours: total, theirs: sum)) }
        self.init(ourCount: ours.count, ourSum: total, theirCount: count, theirSum: sum, differences: differences)
    }
}

/// 与发放名册的差异。
let importDifferences = Listing("differences", "与发放名册的差异", of: DifferenceRow.self, sorted: [.ascending(.importOfRow), .ascending(.differencePosition)],
                                filters: [.equals(.importNumber), .equals(.differenceKind)], totals: [.count("处")], roles: .importReaders,
                                emptyText: "核对发现的差异会逐户列在这里", link: { "/exchange/imports/\($0.text("import_id") ?? "")" }) { query in
    """
    SELECT d.import_id AS import_id, d.position AS position, d.kind AS kind, d.line AS line, d.roster_line AS roster_line, d.our_fen AS our_fen, d.their_fen AS their_fen
    FROM import_difference AS d JOIN import_run AS r ON r.id = d.import_id WHERE \(query.within("r.region"))
    """
}

struct DifferenceRow: Shaped {
    let run: ID<ImportRun>, position: Int, kind: Reconciliation.Kind, line: Int?, rosterLine: Int?, ours: Money?, theirs: Money?

    static let shape = Shape<DifferenceRow> {
        Field(.differencePosition, \.position)
        Field(.differenceKind, \.kind)
        Field(.lineNumber, \.line)
        Field(.rosterLine, \.rosterLine)
        Field(.ourAmount, \.ours)
        Field(.theirAmount, \.theirs)
        Field(.importOfRow, \.run)
    }

    init(from reading: Reading<DifferenceRow>) throws(Refusal) {
        run = try reading(.importOfRow)
        position = try reading(.differencePosition)
        kind = try reading(.differenceKind)
        line = try reading(.lineNumber)
        rosterLine = try reading(.rosterLine)
        ours = try reading(.ourAmount)
        theirs = try reading(.theirAmount)
    }
}

extension Term where Value == ID<ImportRun> {
    static var rosterImport: Term<ID<ImportRun>> { Term("roster", "发放名册", hint: "名册的导入编号") }
}
extension Term where Value == Int {
    static var rosterCount: Term<Int> { Term("count", "名册户数") }
    static var rosterLine: Term<Int> { Term("roster_line", "名册行号") }
    static var differencePosition: Term<Int> { Term("position", "序号") }
}
extension Term where Value == Amount {
    static var rosterSum: Term<Amount> { Term("sum_fen", "名册金额合计") }
}
extension Term where Value == Money {
    static var ourAmount: Term<Money> { Term("our_fen", "本表金额") }
    static var theirAmount: Term<Money> { Term("their_fen", "名册金额") }
}
extension Term where Value == Reconciliation.Kind {
    static var differenceKind: Term<Reconciliation.Kind> { Term("kind", "差异") }
}
extension Term where Value == String {
    static var differenceNote: Term<String> { Term("note", "差异的原因", hint: "确有原因的差异才填，如上月新批、补发") }
}

extension Desk {
    /// What was reconciled holds for the columns and the roster of that moment only.
    func forgetReconciliation(of run: ImportRun) throws {
        try connection.run("DELETE FROM import_difference WHERE import_id = \(run.id)")
        try connection.run("DELETE FROM import_reconciliation WHERE import_id = \(run.id)")
    }
}
