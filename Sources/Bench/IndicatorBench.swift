import Commons
import Kernel
import Storage
import Values

/// 压测：指标。The board of sixty indicators over twenty-four months, the counting of everything, a fold after one act, and the proof.
public struct IndicatorBench: Sendable {
    let counter: Counter

    public init(_ counter: Counter) { self.counter = counter }

    public struct Result: Sendable {
        public var people = 0, indicators = 0, totals = 0
        /// Seconds.
        public var board: [Double] = [], recount = 0.0, fold = 0.0, verify = 0.0
        /// Bytes of the page.
        public var bytes = 0
        /// The same sixty figures of one month without totals: each counted from its register.
        public var peer = 0.0

        /// One indicator of each of so many places: read together, and one by one.
        public var places = 0, together = 0.0, oneByOne = 0.0

        public var boardMedian: Double { board.sorted()[board.count / 2] }
        public var boardWorst: Double { board.max() ?? 0 }
    }

    public func run(rounds: Int, progress: @escaping @Sendable (String) -> Void = { _ in }) async throws -> Result {
        var result = Result()
        let clock = ContinuousClock(), folding = IndicatorFolding(counter)
        result.people = try await counter.database.read { try $0.value("SELECT count(*) FROM person") ?? 0 }
        progress("从头重数")
        result.recount = try await clock.measure { try await folding.recount() }.seconds
        progress("看板")
        for _ in 0 ..< max(rounds, 1) {
            let start = clock.now
            result.bytes = try await board()
            result.board.append((clock.now - start).seconds)
        }
        progress("一件之后结转")
        try await act()
        result.fold = try await clock.measure { _ = try await folding.foldWaiting() }.seconds
        progress("核对")
        let start = clock.now, verdict = try await IndicatorCheck.verify(counter)
        result.verify = (clock.now - start).seconds
        guard verdict.isSound else { throw Refusal.conflict(verdict.faults.first ?? "") }
        result.totals = verdict.totals
        result.indicators = counter.house.offers(Indicator.self).count
        progress("一个指标的各区域")
        try await places(&result)
        progress("对照")
        result.peer = try await clock.measure { try await scan() }.seconds
        return result
    }

    /// The first page of the board as the leader sees it: read, reckoned and drawn.
    private func board() async throws -> Int {
        guard let page = counter.house.line("indicators")?.pages.first(where: { $0.path == "board" }) else { throw Refusal.absent("没有指标看板") }
        return try await counter.glance(as: InventedElders.staff(.leader, 9), since: nil) { reader in
            try page.body(Visit(reader: reader, parameters: [:], query: [:])).render().bytes.count
        }
    }

    /// The table of places on the page of one indicator, up to its three hundred.
    private func places(_ result: inout Result) async throws {
        let places = try await counter.database.read { connection in
            try connection.all("SELECT DISTINCT code FROM region ORDER BY code") { try $0.read(0) as RegionCode }
        }.filter { RegionCode.demonstration.contains($0) && $0 != .demonstration }.prefix(300)
        let wanted = Array(places), leader = try InventedElders.staff(.leader, 9), clock = ContinuousClock()
        result.places = wanted.count
        result.together = try await clock.measure {
            _ = try await counter.read(as: leader) { reader in
                try reader.values(of: try reader.indicatorBook().indicator("people.aged-60-share"), over: .month(reader.today.monthOf.previous), in: wanted,
                                  within: .demonstration).count
            }
        }.seconds
        result.oneByOne = try await clock.measure {
            _ = try await counter.read(as: leader) { reader in
                let indicator = try reader.indicatorBook().indicator("people.aged-60-share")
                return try wanted.map { try reader.value(of: indicator, over: .month(reader.today.monthOf.previous), in: $0).shown }.count
            }
        }.seconds
    }

    /// One person more in one community.
    private func act() async throws {
        let region: RegionCode? = try await counter.database.read { try $0.value("SELECT region FROM person LIMIT 1") }
        let clerk = Actor(user: .make(at: counter.clock.now()), name: "压测", role: .townshipClerk, region: region ?? .demonstration)
        let values: RawFields = [
            "name": .typed("压测某"), "document_kind": .typed("other"), "document_no": .typed("YC\(Int(counter.clock.now().secondsSince1970))"), "sex": .typed("1"),
            "born_on": .typed("1990-01-01"), "region": .typed((region ?? .demonstration).code), "distinct_reason": .typed("压测"),
        ]
        _ = try await counter.submit(Submission("people.register-person", id: .make(at: counter.clock.now()), values: values), as: clerk)
        try await Sealer(database: counter.database, clock: counter.clock).sealWaiting()
    }

    /// What one figure of one month costs without totals: the register grouped once.
    private func scan() async throws {
        _ = try await counter.database.read { connection in
            try connection.all("SELECT region, sex, count(*) FROM person WHERE merged_into IS NULL AND born_on <= '2024-12-31' GROUP BY region, sex") { _ in true }.count
        }
    }
}

extension Duration {
    fileprivate var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
