import Kernel
import Storage
import Values

/// A line as small as may be: an errand for a person, done by the clerk and checked by the reviewer.
let errands = Line("errands", "跑腿代办", actions: [OpenErrand.self, DoErrand.self, CheckErrand.self, DropErrand.self], processes: [errandProcess],
                   policies: [AnyPolicy(errandFee)], records: [Errand.self, HomeCall.self], timelines: [errandTimeline], migrations: [
                       Migration(owner: "errands", number: 1, why: "跑腿要有处可记", steps: [
                           .ddl("CREATE TABLE errand (id TEXT PRIMARY KEY, region TEXT NOT NULL, what TEXT NOT NULL, version BIGINT NOT NULL)"),
                           .ddl("CREATE TABLE home_call (id TEXT PRIMARY KEY, household_id TEXT NOT NULL, region TEXT NOT NULL)"),
                       ]),
                   ])

let errandFee = Policy<Money>("errand-fee", "跑腿补贴", unit: "元/次", variants: Distance.variants)

enum Distance: String, CodeList {
    case near, far
    var label: String { self == .near ? "近途" : "远途" }
}

enum Stage {
    static let open = State("open", "已登记", awaits: "等待办理")
    static let done = State("done", "已办理", awaits: "等待检查")
    static let closed = State("closed", "已办结", isFinal: true)
}

let wholeErrand = ClockRule("whole", "办理时限", .workingDays(5), basis: Citation("跑腿办法", article: "第三条"))

let errandProcess = Process("errand", "跑腿代办", series: "PT", path: "/errands/errands", editions: [
    Edition(from: day(2020, 1, 1), basis: Citation("跑腿办法"), initial: Stage.open, states: [Stage.open, Stage.done, Stage.closed], moves: [
        Move(DoErrand.self, from: [Stage.open], to: Stage.done),
        Move(CheckErrand.self, from: [Stage.done], to: Stage.closed),
        Move(DropErrand.self, from: [Stage.open, Stage.done], to: Stage.closed),
    ]),
])

/// What was run for a person: the errand's text is the person's id.
let errandTimeline = Timeline { subject, reader in
    try reader.all(Errand.self, where: "what = \(subject) ORDER BY id").map { TimelineEntry(on: $0.id.madeAt.date, title: "代办一次", detail: "", link: "/errands/errands/\($0.id.text)") }
}

struct Errand: Versioned, Placed {
    let id: ID<Errand>, region: RegionCode, what: String, version: Int

    static let table = "errand"
    static let title = "跑腿"
    static let shape = Shape<Errand> {
        Field(.id, \.id)
        Field(.region, \.region)
        Field(.what, \.what)
        Field(.version, \.version)
    }

    init(id: ID<Errand>, region: RegionCode, what: String) {
        self.id = id
        self.region = region
        self.what = what
        version = 1
    }

    init(from reading: Reading<Errand>) throws(Refusal) {
        id = try reading(.id)
        region = try reading(.region)
        what = try reading(.what)
        version = try reading(.version)
    }
}

struct OpenErrand: Action {
    let id: ID<Errand>, region: RegionCode, what: String, within: Int?

    static let title = "登记跑腿"
    static let roles: Set<Role> = [.townshipClerk]
    static let subject = Subject<OpenErrand>.new(in: \.region)
    static let shape = Shape<OpenErrand> {
        Field(.newErrand, \.id)
        Field(.region, \.region)
        Field(.what, \.what)
        Field(.withinDays, \.within)
    }

    init(from reading: Reading<OpenErrand>) throws(Refusal) {
        id = try reading(.newErrand)
        region = try reading(.region)
        what = try reading(.what)
        within = try reading(.withinDays)
    }

    func perform(at desk: Desk) throws -> Outcome {
        try desk.insert(Errand(id: id, region: region, what: what))
        let file = try desk.openCase(errandProcess, for: id, title: what, in: region)
        if let within { try desk.start(wholeErrand, on: file, span: .workingDays(within)) }
        return Outcome(id, "已登记，编号 \(file.number)")
    }
}

struct DoErrand: Action {
    let errand: ID<Errand>
    static let title = "办理跑腿"
    static let roles: Set<Role> = [.townshipClerk]
    static let subject = Subject<DoErrand>.opened(.errand, \.errand)
    static let shape = Shape<DoErrand> { Field(.errand, \.errand) }
    init(from reading: Reading<DoErrand>) throws(Refusal) { errand = try reading(.errand) }
    func perform(at desk: Desk) throws -> Outcome { Outcome(errand, "已办理") }
}

struct CheckErrand: Action {
    let errand: ID<Errand>
    static let title = "检查跑腿"
    static let roles: Set<Role> = [.countyReviewer]
    static let subject = Subject<CheckErrand>.opened(.errand, \.errand)
    static let shape = Shape<CheckErrand> { Field(.errand, \.errand) }
    init(from reading: Reading<CheckErrand>) throws(Refusal) { errand = try reading(.errand) }
    func perform(at desk: Desk) throws -> Outcome { Outcome(errand, "已检查") }
}

struct DropErrand: Action {
    let errand: ID<Errand>
    static let title = "撤回跑腿"
    static let roles: Set<Role> = [.townshipClerk, .countyReviewer]
    static let subject = Subject<DropErrand>.opened(.errand, \.errand)
    static let shape = Shape<DropErrand> { Field(.errand, \.errand) }
    init(from reading: Reading<DropErrand>) throws(Refusal) { errand = try reading(.errand) }
    func perform(at desk: Desk) throws -> Outcome { Outcome(errand, "已撤回") }
}

extension Term where Value == ID<Errand> {
    static var errand: Term<ID<Errand>> { Term("errand", "跑腿", .carried) }
    static var newErrand: Term<ID<Errand>> { Term("errand", "跑腿编号", .made) }
}
extension Term where Value == String {
    static var what: Term<String> { Term("what", "事由") }
}
extension Term where Value == Int {
    static var withinDays: Term<Int> { Term("within_days", "时限（工作日）") }
}
