import Kernel
import Storage
import Values

/// 为什么能（不能）看、能（不能）办。The rules that decide, in plain sentences, for one user and one permission or record.
struct WhyAccess: Inquiry {
    let username: String?
    let what: String

    static let title = "为什么能（不能）看或办"
    static let guidance = "填权限（如 people.persons）、办件编号、内部编号或页面地址，逐条说明依据：岗位、授权、区域、办件状态、经办与审批分离、代办、紧急查看和遮盖。"
    static let shape = Shape<WhyAccess> {
        Field(.askedUsername, \.username)
        Field(.askedWhat, \.what)
    }

    init(from reading: Reading<WhyAccess>) throws(Refusal) {
        username = try reading(.askedUsername)
        what = try reading(.askedWhat)
    }

    func answer(at reader: Reader) throws -> WhyAnswer {
        let user = try user(reader), other = reader.seen(by: user.actor)
        var why = try Why(user: user, reader: other)
        try why.explain(what)
        return WhyAnswer(verdict: why.verdict, reasons: why.sentences.enumerated().map { WhySentence(key: "s\($0.offset + 1)", text: $0.element) })
    }

    /// Oneself, or for administrators anybody.
    private func user(_ reader: Reader) throws -> User {
        let own = try reader.first(User.self, where: "id = \(reader.actor.user)")
        guard let username, username != own?.username else { return try own ?? reader.ownAccount() }
        guard Set<Role>.administrators.contains(reader.actor.role) else { throw Refusal.forbidden("只能问自己的权限。别人的由安全管理员或审计查询").at(["username"]) }
        guard let user = try reader.first(User.self, where: "username = \(username)") else { throw Refusal.absent("没有用户「\(username)」").at(["username"]) }
        return user
    }
}

struct WhyAnswer: Shaped {
    let verdict: String
    let reasons: [WhySentence]

    static let shape = Shape<WhyAnswer> {
        Field(.whyVerdict, \.verdict)
        Each(.whyReasons, \.reasons)
    }

    init(verdict: String, reasons: [WhySentence]) {
        self.verdict = verdict
        self.reasons = reasons
    }

    init(from reading: Reading<WhyAnswer>) throws(Refusal) {
        verdict = try reading(.whyVerdict)
        reasons = try reading(.whyReasons)
    }
}

struct WhySentence: Entry {
    let key: String
    let text: String

    static let shape = Shape<WhySentence> { Field(.whySentence, \.text) }

    init(key: String, text: String) {
        self.key = key
        self.text = String(text.prefix(200))
    }

    init(from reading: Reading<WhySentence>) throws(Refusal) {
        key = reading.key
        text = try reading(.whySentence)
    }
}

/// The sentences about one user, as they are found.
struct Why {
    let user: User
    let reader: Reader
    private(set) var verdict = "不能"
    private(set) var sentences: [String] = []
    private let duties: [Duty]

    init(user: User, reader: Reader) throws {
        self.user = user
        self.reader = reader
        duties = try reader.liveDuties(of: user.id)
        sentences.append("岗位：\(user.name.shown)（\(user.username)）是\(user.role.label)，管辖\(try reader.placeName(user.region))及以下。")
        if let day = user.disabledOn { sentences.append("账号：\(day.shown)起停用，什么也不能看、不能办。") }
        for duty in duties { sentences.append("代办：还可以切换为\(try reader.title(of: duty))，\(duty.lasts)，管辖\(try reader.placeName(duty.region))及以下。") }
    }

    mutating func explain(_ what: String) throws {
        if let grant = Authority.matrix(reader.house.lines).first(where: { $0.permission == what || "/" + $0.permission == what }) {
            return explain(grant)
        }
        guard let found = try reader.foundRecord(what) else {
            return say("对象：没有找到「\(what.prefix(60))」这个权限、办件或档案，请核对。", may: false)
        }
        try explain(found)
    }

    private mutating func say(_ sentence: String, may: Bool? = nil) {
        sentences.append(sentence)
        if let may { verdict = may && user.disabledOn == nil ? "能" : "不能" }
    }

    // MARK: A permission

    private mutating func explain(_ grant: Authority.Grant) {
        let may = grant.roles.contains(user.role)
        say("授权：「\(grant.title)」给\(grant.roles.labels)，\(may ? "包括" : "不包括")\(user.role.label)。", may: may)
        if !may, let duty = duties.first(where: { grant.roles.contains($0.role) }) { say("代办：切换为\(duty.role.label)以后可以。") }
        say(grant.isScoped ? "区域：限本人区域及以下；具体一件能不能办，还要看办件的区域和状态，可以填办件编号再问。" : "区域：不限区域。")
        if !grant.masked.isEmpty { sayMasks() }
    }

    private mutating func sayMasks() {
        let masks = Identifier.allCases.map { "\($0.label)\(FieldMask.masking(of: $0, for: user.role).label)" }
        say("遮盖：\(user.role.label)看证号时，\(masks.joined(separator: "，"))。")
    }

    // MARK: A record

    private mutating func explain(_ found: FoundRecord) throws {
        let place = try reader.placeName(found.region), covers = reader.actor.covers(found.region), reads = Set<Role>.readers.contains(user.role)
        say("对象：\(found.title)，属于\(place)。")
        say("授权：业务档案给经办、审核审批和对数字负责的岗位看，\(reads ? "包括" : "不包括")\(user.role.label)。")
        say(covers ? "区域：在管辖范围内。" : "区域：不在管辖范围内。", may: covers && reads)
        if !covers, let duty = duties.first(where: { $0.region.contains(found.region) && Set<Role>.readers.contains($0.role) }) {
            say("代办：切换为\(duty.role.label)以后，区域在管辖范围内。")
        }
        if let view = try reader.emergencyView(of: found.id) {
            say("紧急查看：\(view.untilAt.shown)以前可以看（只能看，不能办）。", may: reads)
        } else if !covers, reads {
            say("紧急查看：确有急需的，可以写明理由开启，两小时自动关闭，逐次复核。")
        }
        if reads { sayMasks() }
        if let file = try reader.caseFile(id: found.id) { try explain(file) }
    }

    private mutating func explain(_ file: CaseFile) throws {
        let process = try reader.house.process(file.process), edition = try process.edition(on: file.editionOn)
        let standing = try reader.standing(of: file)
        say("状态：\(file.number) 现在是「\(standing.state)」\(standing.awaits.map { "，\($0)" } ?? "")。")
        let line = reader.house.lines.first { $0.processes.contains { $0.name == process.name } }
        for move in edition.moves(from: file.state) {
            guard let line, let action = line.action(move.action) else { continue }
            try explain(move, action, file, line)
        }
    }

    private mutating func explain(_ move: Move, _ action: AnyAction, _ file: CaseFile, _ line: Line) throws {
        guard move.roles.contains(user.role) else { return say("办理：「\(action.title)」由\(move.roles.labels)办理，不包括\(user.role.label)。") }
        guard reader.actor.covers(file.region) else { return say("办理：「\(action.title)」岗位合适，但不在管辖范围内。") }
        if try reader.hasDoneEarlier(move, on: file, line.name) { return say("分离：前面的步骤是本人办理的，「\(action.title)」须由另一人办理。") }
        say("办理：现在可以「\(action.title)」。")
    }
}

extension Term where Value == String {
    static var askedUsername: Term<String> { Term("username", "用户名", hint: "不填就是自己；别人的由管理员查询") }
    static var askedWhat: Term<String> { Term("what", "看什么或办什么", hint: "权限、办件编号、内部编号或页面地址") }
    static var whyVerdict: Term<String> { Term("verdict", "结论") }
    static var whySentence: Term<String> { Term("sentence", "依据") }
}
extension Term where Value == [WhySentence] {
    static var whyReasons: Term<[WhySentence]> { Term("reasons", "依据") }
}
