import Kernel
import Storage
import Values

/// A small register with a process, rows inside rows and a sealed value: what the kernel's tests are told with.
let toys = Line("toys", "玩具借还", actions: [LendToy.self, ReturnToy.self, InspectToy.self, RenameToy.self, PauseLoan.self, ResumeLoan.self],
                inquiries: [CountParts.self], processes: [loanProcess], listings: [loans], policies: [AnyPolicy(loanDays)],
                shipped: [loanDays.ships(14, in: .country, from: day(2020, 1, 1), cite: "玩具借还办法第三条")],
                reactions: [Reaction(to: ToyReturned.self) { fact, desk in
                    try desk.connection.run("UPDATE loan SET note = 'reacted' WHERE id = \(fact.loan)")
                }],
                migrations: toyMigrations)

func day(_ year: Int, _ month: Int, _ day: Int) -> CivilDate {
    guard let date = try? CivilDate(year: year, month: month, day: day) else { return Instant(secondsSince1970: 0).date }
    return date
}

let loanDays = Policy<Int>("loan-days", "借期", unit: "天")

enum Lent {
    static let out = State("out", "借出", awaits: "等待归还")
    static let back = State("back", "已归还", awaits: "等待检查")
    static let closed = State("closed", "已办结", isFinal: true)
}

let wholeLoan = ClockRule("whole", "借期", .workingDays(5), basis: Citation("玩具借还办法", article: "第三条"))

let loanProcess = Process("loan", "玩具借还", series: "WJ", path: "/toys/loans", editions: [
    Edition(from: day(2020, 1, 1), basis: Citation("玩具借还办法"), initial: Lent.out, states: [Lent.out, Lent.back, Lent.closed], moves: [
        Move(ReturnToy.self, from: [Lent.out], to: Lent.back, stops: [wholeLoan]),
        Move(InspectToy.self, from: [Lent.back], to: Lent.closed, by: [.townshipReviewer, .townshipClerk], differsFrom: [ReturnToy.self]),
        Move(PauseLoan.self, from: [Lent.out], to: nil, pauses: [wholeLoan]),
        Move(ResumeLoan.self, from: [Lent.out], to: nil, resumes: [wholeLoan]),
    ]),
])

struct Screw: Entry {
    let key: String
    let size: Int
    static let shape = Shape<Screw> { Field(.size, \.size) }
    init(from reading: Reading<Screw>) throws(Refusal) { key = reading.key; size = try reading(.size) }
}

struct Part: Entry {
    let key: String
    let title: String
    let price: Amount?
    let screws: [Screw]

    static let shape = Shape<Part> {
        Field(.partTitle, \.title)
        Field(.price, \.price)
        Each(.screws, \.screws, table: "loan_part_screw")
    }

    init(from reading: Reading<Part>) throws(Refusal) {
        key = reading.key
        title = try reading(.partTitle)
        price = try reading(.price)
        screws = try reading(.screws)
    }
}

struct Loan: Versioned, Placed {
    let id: ID<Loan>
    let region: RegionCode
    let borrower: String
    let secret: Sealed<Phone>?
    let note: String?
    let parts: [Part]
    let version: Int

    static let table = "loan"
    static let title = "借条"
    static let shape = Shape<Loan> {
        Field(.id, \.id)
        Field(.region, \.region)
        Field(.borrower, \.borrower)
        Field(.secret, \.secret)
        Field(.note, \.note)
        Each(.parts, \.parts, table: "loan_part")
        Field(.version, \.version)
    }

    init(from reading: Reading<Loan>) throws(Refusal) {
        id = try reading(.id)
        region = try reading(.region)
        borrower = try reading(.borrower)
        secret = try reading(.secret)
        note = try reading(.note)
        parts = try reading(.parts)
        version = try reading(.version)
    }

    init(id: ID<Loan>, region: RegionCode, borrower: String, secret: Sealed<Phone>?, parts: [Part], version: Int = 1) {
        self.id = id
        self.region = region
        self.borrower = borrower
        self.secret = secret
        self.parts = parts
        self.version = version
        note = nil
    }
}

struct LendToy: Action {
    let loan: ID<Loan>
    let region: RegionCode
    let borrower: String
    let phone: Phone?
    let parts: [Part]

    static let title = "借出玩具"
    static let roles: Set<Role> = [.townshipClerk]
    static let subject = Subject<LendToy>.new(in: \.region)
    static let shape = Shape<LendToy> {
        Field(.newLoan, \.loan)
        Field(.region, \.region)
        Field(.borrower, \.borrower)
        Field(.loanPhone, \.phone)
        Each(.parts, \.parts)
    }

    init(from reading: Reading<LendToy>) throws(Refusal) {
        loan = try reading(.newLoan)
        region = try reading(.region)
        borrower = try reading(.borrower)
        phone = try reading(.loanPhone)
        parts = try reading(.parts)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let days = try desk.rulings(on: desk.today, in: region)(loanDays)
        try desk.insert(Loan(id: loan, region: region, borrower: borrower, secret: try phone.map(desk.seal), parts: parts))
        let file = try desk.openCase(loanProcess, for: loan, title: "\(borrower)借条", in: region)
        try desk.start(wholeLoan, on: file)
        if let phone { try desk.send(OutboxMessage(key: desk.act.text, recipient: phone.typed, body: try LongText(typed: "玩具已借出"))) }
        return Outcome(loan, "已借出，编号 \(file.number)，借期 \(days.value) 天")
    }
}

struct ReturnToy: Action {
    let loan: ID<Loan>
    static let title = "归还玩具"
    static let roles: Set<Role> = [.townshipClerk, .community]
    static let subject = Subject<ReturnToy>.opened(.loan, \.loan)
    static let shape = Shape<ReturnToy> { Field(.loan, \.loan) }
    init(from reading: Reading<ReturnToy>) throws(Refusal) { loan = try reading(.loan) }

    func perform(at desk: Desk) throws -> Outcome {
        desk.emit(ToyReturned(loan: loan))
        return Outcome(loan, "已归还")
    }
}

struct ToyReturned: Fact { let loan: ID<Loan> }

struct InspectToy: Action {
    let loan: ID<Loan>
    static let title = "检查玩具"
    static let roles: Set<Role> = [.townshipReviewer, .townshipClerk]
    static let subject = Subject<InspectToy>.opened(.loan, \.loan)
    static let shape = Shape<InspectToy> { Field(.loan, \.loan) }
    init(from reading: Reading<InspectToy>) throws(Refusal) { loan = try reading(.loan) }
    func perform(at desk: Desk) throws -> Outcome { Outcome(loan, "已检查") }
}

struct PauseLoan: Action {
    let loan: ID<Loan>
    static let title = "暂停计时"
    static let roles: Set<Role> = [.townshipClerk]
    static let subject = Subject<PauseLoan>.opened(.loan, \.loan)
    static let shape = Shape<PauseLoan> { Field(.loan, \.loan) }
    init(from reading: Reading<PauseLoan>) throws(Refusal) { loan = try reading(.loan) }
    func perform(at desk: Desk) throws -> Outcome { Outcome(loan, "已暂停") }
}

struct ResumeLoan: Action {
    let loan: ID<Loan>
    static let title = "恢复计时"
    static let roles: Set<Role> = [.townshipClerk]
    static let subject = Subject<ResumeLoan>.opened(.loan, \.loan)
    static let shape = Shape<ResumeLoan> { Field(.loan, \.loan) }
    init(from reading: Reading<ResumeLoan>) throws(Refusal) { loan = try reading(.loan) }
    func perform(at desk: Desk) throws -> Outcome { Outcome(loan, "已恢复") }
}

struct RenameToy: Action {
    let loan: ID<Loan>
    let borrower: String
    static let title = "更正借用人"
    static let roles: Set<Role> = [.townshipClerk]
    static let subject = Subject<RenameToy>.record(.loan, \.loan)
    static let shape = Shape<RenameToy> {
        Field(.loan, \.loan)
        Field(.borrower, \.borrower)
    }

    init(from reading: Reading<RenameToy>) throws(Refusal) {
        loan = try reading(.loan)
        borrower = try reading(.borrower)
        if borrower == "系统坏了" { throw .invalid("请填写真实姓名").at(["borrower"]) }
    }

    func perform(at desk: Desk) throws -> Outcome {
        let loan = try desk.find(loan)
        try desk.update(Loan(id: loan.id, region: loan.region, borrower: borrower, secret: loan.secret, parts: loan.parts, version: loan.version + 1))
        return Outcome(loan.id, "已更正")
    }
}

struct CountParts: Inquiry {
    let parts: [Part]
    static let title = "数零件"
    static let shape = Shape<CountParts> { Each(.parts, \.parts) }
    init(from reading: Reading<CountParts>) throws(Refusal) { parts = try reading(.parts) }
    func answer(at reader: Reader) throws -> PartCount { PartCount(count: parts.count) }
}

struct PartCount: Shaped {
    let count: Int
    static let shape = Shape<PartCount> { Field(.size, \.count) }
    init(count: Int) { self.count = count }
    init(from reading: Reading<PartCount>) throws(Refusal) { count = try reading(.size) }
}

struct LoanRow: Shaped {
    let id: ID<Loan>, borrower: String, region: RegionCode, version: Int
    static let shape = Shape<LoanRow> {
        Field(.borrower, \.borrower)
        Field(.region, \.region)
        Field(.version, \.version)
        Field(.id, \.id)
    }
    init(from reading: Reading<LoanRow>) throws(Refusal) {
        id = try reading(.id)
        borrower = try reading(.borrower)
        region = try reading(.region)
        version = try reading(.version)
    }
}

let loans = Listing("loans", "借条台账", of: LoanRow.self, sorted: [.descending(.borrower), .ascending(Term<ID<Loan>>.id)],
                    filters: [.equals(.borrower), .within(.region)], totals: [.count("张"), .sum(.version, "次")]) { query in
    "SELECT id, borrower, region, version FROM loan WHERE \(query.within("region"))"
}

extension Term where Value == ID<Loan> {
    static var loan: Term<ID<Loan>> { Term("loan", "借条", .carried) }
    static var newLoan: Term<ID<Loan>> { Term("loan", "借条编号", .made) }
}
extension Term where Value == String {
    static var borrower: Term<String> { Term("borrower", "借用人") }
    static var partTitle: Term<String> { Term("title", "零件名称") }
    static var note: Term<String> { Term("note", "备注") }
}
extension Term where Value == Int { static var size: Term<Int> { Term("size", "尺寸") } }
extension Term where Value == Amount { static var price: Term<Amount> { Term("price_fen", "价格") } }
extension Term where Value == Phone { static var loanPhone: Term<Phone> { Term("phone", "电话") } }
extension Term where Value == Sealed<Phone> { static var secret: Term<Sealed<Phone>> { Term("phone", "电话") } }
extension Term where Value == [Part] { static var parts: Term<[Part]> { Term("parts", "零件") } }
extension Term where Value == [Screw] { static var screws: Term<[Screw]> { Term("screws", "螺丝") } }

let toyMigrations = [Migration(owner: "toys", number: 1, why: "借条要有处可放", steps: [
    .ddl("""
        CREATE TABLE loan (id TEXT PRIMARY KEY, region TEXT NOT NULL, borrower TEXT NOT NULL, phone TEXT, note TEXT, version BIGINT NOT NULL)
        """),
    .ddl("""
        CREATE TABLE loan_part (parent_id TEXT NOT NULL, key TEXT NOT NULL, position BIGINT NOT NULL, title TEXT NOT NULL, price_fen BIGINT,
                                PRIMARY KEY (parent_id, key))
        """),
    .ddl("""
        CREATE TABLE loan_part_screw (parent_id TEXT NOT NULL, key TEXT NOT NULL, position BIGINT NOT NULL, size BIGINT NOT NULL, PRIMARY KEY (parent_id, key))
        """),
])]
