import Kernel
import Storage
import Values

/// 查看原文。Opens somebody's numbers to one person for ten minutes; who, when, what for and why stand in the journal before.
struct RevealIdentifiers: Action {
    let person: ID<Person>
    let purpose: RevealPurpose
    let reason: String

    static let title = "查看号码原文"
    static let guidance = "公民身份号码、证件号码和电话平时遮蔽。查看会记入日志和查阅记录，本人可以查询；打开后 10 分钟内有效，只限本人。"
    static let roles: Set<Role> = Set<Role>.caseworkers.union([.finance, .auditor])
    static let subject = Subject<RevealIdentifiers>.person(\.person)
    static let shape = Shape<RevealIdentifiers> {
        Field(.person, \.person)
        Field(.revealPurpose, \.purpose)
        Field(.revealReason, \.reason)
    }

    /// Seconds for which what was opened stays open.
    static let openFor = 600.0

    init(from reading: Reading<RevealIdentifiers>) throws(Refusal) {
        person = try reading(.person)
        purpose = try reading(.revealPurpose)
        reason = try reading(.revealReason)
    }

    func perform(at desk: Desk) throws -> Outcome {
        guard reason.count >= 5 else { throw Refusal.invalid("请写明查看的理由，至少 5 个字").at(["reason"]) }
        guard !Self.holdsNumber(reason) else { throw Refusal.invalid("理由里不要写证件、电话号码").at(["reason"]) }
        let person = try desk.standing(person)
        try desk.insert(Reveal(id: desk.makeID(), act: desk.act, person: person.id, actor: desk.actor.user, purpose: purpose, at: desk.now,
                               until: desk.now.adding(seconds: Self.openFor)))
        try desk.note(AccessNote(.reveal, "people.\(Self.name)", subject: person.id.text, detail: "\(purpose.label)：\(reason)"))
        return Outcome(person.id, "已记入日志和查阅记录（\(purpose.label)）。下一步：用完请离开本页，10 分钟后自动遮蔽", link: "/people/revealed/\(desk.act.text)")
    }

    /// Seven digits in a row are a phone or more.
    static func holdsNumber(_ text: String) -> Bool {
        var run = 0
        for character in text {
            run = character.isNumber ? run + 1 : 0
            if run >= 7 { return true }
        }
        return false
    }
}

/// 查看目的。
enum RevealPurpose: String, CodeList {
    case identity, contact, payment, correction, inspection

    var label: String {
        switch self {
        case .identity: "核对身份"
        case .contact: "联系本人或家属"
        case .payment: "核对发放"
        case .correction: "更正档案"
        case .inspection: "审计检查"
        }
    }
}

/// 查看原文的记录。
struct Reveal: Record {
    let id: ID<Reveal>
    let act: ID<JournalEntry>
    let person: ID<Person>
    let actor: ID<Actor>
    let purpose: RevealPurpose
    let at: Instant
    let until: Instant

    static let table = "person_reveal"
    static let title = "查看原文的记录"
    static let shape = Shape<Reveal> {
        Field(.id, \.id)
        Field(.revealAct, \.act)
        Field(.personID, \.person)
        Field(.revealedTo, \.actor)
        Field(.revealPurpose, \.purpose)
        Field(.revealedAt, \.at)
        Field(.revealedUntil, \.until)
    }

    init(id: ID<Reveal>, act: ID<JournalEntry>, person: ID<Person>, actor: ID<Actor>, purpose: RevealPurpose, at: Instant, until: Instant) {
        self.id = id
        self.act = act
        self.person = person
        self.actor = actor
        self.purpose = purpose
        self.at = at
        self.until = until
    }

    init(from reading: Reading<Reveal>) throws(Refusal) {
        id = try reading(.id)
        act = try reading(.revealAct)
        person = try reading(.personID)
        actor = try reading(.revealedTo)
        purpose = try reading(.revealPurpose)
        at = try reading(.revealedAt)
        until = try reading(.revealedUntil)
    }
}

/// 打开的号码。What a reveal shows, of every file that is this person's.
struct Revealed: Shaped {
    let name: PersonName
    let numbers: [RevealedNumber]
    let until: Instant

    static let shape = Shape<Revealed> {
        Field(.personName, \.name)
        Each(.revealedNumbers, \.numbers)
        Field(.revealedUntil, \.until)
    }

    init(name: PersonName, numbers: [RevealedNumber], until: Instant) {
        self.name = name
        self.numbers = numbers
        self.until = until
    }

    init(from reading: Reading<Revealed>) throws(Refusal) {
        name = try reading(.personName)
        numbers = try reading(.revealedNumbers)
        until = try reading(.revealedUntil)
    }
}

struct RevealedNumber: Entry {
    let key: String
    let label: String
    let text: String

    static let shape = Shape<RevealedNumber> {
        Field(.numberLabel, \.label)
        Field(.numberText, \.text)
    }

    init(key: String, label: String, text: String) {
        self.key = key
        self.label = label
        self.text = text
    }

    init(from reading: Reading<RevealedNumber>) throws(Refusal) {
        key = reading.key
        label = try reading(.numberLabel)
        text = try reading(.numberText)
    }
}

extension Reader {
    /// What an act of revealing opened, for whoever did it, while it is open.
    /// - Throws: `.absent` for everybody else and afterwards.
    func revealed(by act: ID<JournalEntry>) throws -> Revealed {
        let reveal = try first(Reveal.self, where: "act = \(act) AND actor = \(actor.user) AND at <= \(now) AND until_at > \(now)")
        guard let reveal else { throw Refusal.absent("号码已经遮蔽：打开后只显示 10 分钟，且只限办理人本人。仍需查看的，请重新办理「\(RevealIdentifiers.title)」") }
        let person = try person(inScope: reveal.person)
        let files = try identities(of: person.id).map { $0 == person.id ? person : try find($0) }
        let numbers = try files.enumerated().flatMap { number, file in
            let suffix = number == 0 ? "" : "（并入的档案）"
            return [try file.residentID.map { ("公民身份号码\(suffix)", try open($0).typed) },
                    try file.documentNumber.map { ("\(file.documentKind?.label ?? "证件号码")\(suffix)", try open($0).typed) },
                    try file.phone.map { ("联系电话\(suffix)", try open($0).typed) }].compactMap { $0 }
        }
        return Revealed(name: person.name, numbers: numbers.enumerated().map { RevealedNumber(key: "n\($0 + 1)", label: $1.0, text: $1.1) }, until: reveal.until)
    }
}

/// 取号码原文。For machines: the answer of the page to the same actor, for the same ten minutes.
struct RevealedIdentifiers: Inquiry {
    let act: ID<JournalEntry>

    typealias Answer = Revealed
    static let title = "取号码原文"
    static let guidance = "先办理「查看号码原文」，再凭它的办理编号取。"
    static let roles = RevealIdentifiers.roles
    static let shape = Shape<RevealedIdentifiers> { Field(.revealAct, \.act) }

    init(from reading: Reading<RevealedIdentifiers>) throws(Refusal) { act = try reading(.revealAct) }

    func answer(at reader: Reader) throws -> Revealed { try reader.revealed(by: act) }
}

extension Term where Value == RevealPurpose {
    static var revealPurpose: Term<RevealPurpose> { Term("purpose", "查看目的") }
}
extension Term where Value == String {
    static var revealReason: Term<String> { Term("reason", "查看理由", hint: "至少 5 个字，如：电话通知领取审核结果；不要写号码") }
    static var numberLabel: Term<String> { Term("label", "名称") }
    static var numberText: Term<String> { Term("text", "号码") }
}
extension Term where Value == ID<JournalEntry> {
    static var revealAct: Term<ID<JournalEntry>> { Term("act", "办理编号") }
}
extension Term where Value == ID<Actor> {
    static var revealedTo: Term<ID<Actor>> { Term("actor", "查看人") }
}
extension Term where Value == Instant {
    static var revealedAt: Term<Instant> { Term("at", "查看时刻") }
    static var revealedUntil: Term<Instant> { Term("until_at", "显示到") }
}
extension Term where Value == [RevealedNumber] {
    static var revealedNumbers: Term<[RevealedNumber]> { Term("numbers", "号码") }
}
