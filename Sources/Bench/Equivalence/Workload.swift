import Commons
import Demo
import Kernel
import Storage
import Values

/// 随机的一段工作。Acts drawn by dice: mostly right ones, some wrong, some done twice; and what pages and lists then show.
struct Workload {
    let counter: Counter
    let clock: VirtualClock
    let imports: ImportRoom?
    var dice: Dice
    private(set) var answers: [String] = []
    private(set) var acts = 0
    /// Whom and what the acts so far have made.
    var people: [(id: String, number: String)] = []
    var households: [String] = []
    var merges: [String] = []
    var changes: [String] = []
    private var actors: [String: Actor] = [:]
    private var last: (submission: Submission, actor: Actor)?

    init(_ counter: Counter, _ clock: VirtualClock, seed: UInt64, imports: ImportRoom?) {
        (self.counter, self.clock, self.imports) = (counter, clock, imports)
        dice = Dice(seed: seed &* 31 &+ 7)
    }

    mutating func run(_ steps: Int, _ tell: @Sendable (String, Int, Int) -> Void) async throws {
        let accounts = Accounts(counter)
        for name in ["shequ", "jingban", "jiedaoshenhe", "shenhe", "shenpi", "diming", "anquan"] { actors[name] = try await accounts.actor(named: name) }
        let sealer = Sealer(database: counter.database, clock: clock)
        for step in 1 ... max(steps, 1) where step <= steps {
            try await self.step()
            if step % 40 == 0 { try await sealer.sealWaiting() }
            if step % 100 == 0 || step == steps { try await readBack() }
            if step % 10 == 0 || step == steps { tell("办理", step, steps) }
        }
    }

    private mutating func step() async throws {
        switch dice.below(100) {
        case 0 ..< 30: await register()
        case 30 ..< 40: await edit()
        case 40 ..< 50: await settle()
        case 50 ..< 60: await correct()
        case 60 ..< 72: await merge()
        case 72 ..< 77: await die()
        case 77 ..< 82: await name()
        case 82 ..< 86: await draft()
        case 86 ..< 90: await look()
        case 90 ..< 93: await enter()
        case 93 ..< 98: await again()
        default: try await bring()
        }
    }

    // MARK: Answers

    /// One act. What the office says no to is an answer like another; what is our fault is told by its kind.
    @discardableResult
    mutating func act(_ permission: String, _ values: RawFields, by name: String) async -> Outcome? {
        guard let actor = actors[name] else { return nil }
        let submission = Submission(permission, id: .make(at: clock.now()), values: values)
        last = (submission, actor)
        return await submit(submission, as: actor)?.outcome
    }

    private mutating func submit(_ submission: Submission, as actor: Actor) async -> Receipt? {
        acts += 1
        return await answered(submission.permission) { [counter] in
            let receipt = try await counter.submit(submission, as: actor)
            return (receipt, "\(receipt.outcome.subject) \(receipt.outcome.message) \(receipt.outcome.link ?? "-") \(receipt.isRepeat)")
        }
    }

    @discardableResult
    mutating func answered<T: Sendable>(_ what: String, _ work: @Sendable () async throws -> (T, String)) async -> T? {
        do {
            let (outcome, text) = try await work()
            answers.append("\(what)：\(text)")
            return outcome
        } catch let refusal as Refusal {
            answers.append("\(what)：拒绝 \(refusal.kind.rawValue) \(refusal.message) \(refusal.problems.map { "\($0.path) \($0.message)" })")
        } catch {
            answers.append("\(what)：出错 \(type(of: error))")
        }
        return nil
    }

    func actor(_ name: String) -> Actor { actors[name] ?? .house }

    /// The same act once more: as it was, or with something else under its id.
    private mutating func again() async {
        guard let (latest, actor) = last else { return }
        var submission = latest
        if dice.chance(30) { submission.values["reason"] = .typed("换了内容") }
        _ = await submit(submission, as: actor)
    }

    /// Every list of every line, as its pages show it: whole, searched, and sorted by its first column backwards.
    private mutating func readBack() async throws {
        let name = people.isEmpty ? "测" : String(["测", "试", "样例", "示"][dice.below(4)])
        for line in counter.house.lines {
            for listing in line.listings {
                var requests = [ListingRequest(limit: 100)]
                if listing.filters.contains(where: { $0.name == "q" }) { requests.append(ListingRequest(filters: ["q": name], limit: 100)) }
                if let first = listing.sort.first { requests.append(ListingRequest(limit: 100, sort: "-\(first.column)")) }
                for request in requests { await read(line, listing, request) }
            }
        }
    }

    private mutating func read(_ line: Line, _ listing: Listing, _ request: ListingRequest) async {
        await answered("看 \(line.name).\(listing.name) \(request.filters) \(request.sort ?? "")") { [counter] in
            try await counter.read(as: .house) { reader in
                let page = try reader.page(listing, request), totals = try reader.totals(listing, request)
                var rows = page.rows.map { $0.cells.joined(separator: "|") } + [page.next ?? ""]
                // What is found by words comes in the order in which the engine finds it.
                if request.filters["q"] != nil { rows = rows.dropLast().sorted() }
                return ((), rows.joined(separator: "\n") + "\(totals.map(\.1))")
            }
        }
    }
}
