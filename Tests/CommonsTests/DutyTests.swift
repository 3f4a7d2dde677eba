@testable import Commons
import Cryptography
import Kernel
import Storage
import Testing
import Values

/// 授权、代办、待办认领和紧急查看。
@Suite struct DutyTests {
    /// An office with accounts, and everybody in it as an actor by username.
    private struct Staffed {
        let office: Office
        let accounts: Accounts

        static let hash = Task { try await PasswordHash.make("correct-horse-1") }
        static let posts = [
            ("jia", "township-clerk", "000181001"), ("yi", "township-clerk", "000181001"), ("bing", "township-reviewer", "000181001"),
            ("ding", "county-reviewer", "000181"), ("wai", "township-clerk", "000181002"), ("ju", "leader", "000181"),
        ]

        init() async throws {
            office = try await Office()
            accounts = Accounts(office.counter)
            for (username, role, region) in Self.posts { try await add("\(username)00", role, region) }
        }

        func add(_ username: String, _ role: String, _ region: String = "000181", as actor: Actor = security) async throws {
            try await office.submit("users.add-user", ["username": username, "name": "测试\(username.prefix(2) == "ji" ? "甲" : "乙")", "role": role, "region": region,
                                                       "password_hash": try await Self.hash.value], as: actor)
        }

        func actor(_ username: String) async throws -> Actor { try await accounts.actor(named: "\(username)00") }

        /// Signs in and chooses a duty.
        func acting(_ username: String) async throws -> Actor {
            let session = try await accounts.signIn("\(username)00", "correct-horse-1"), duty = try #require(session.duties.first)
            try await office.submit("users.switch-duty", ["own_session": session.id.text, "duty": duty.id.text], as: session.actor)
            return try #require(try await accounts.session(session.token)).actor
        }

        func delegate(_ from: String, to: String, last: String = "2024-06-25", more: [String: String] = [:], as actor: Actor? = nil) async throws {
            var sender = try await self.actor(from)
            if let actor { sender = actor }
            let values = ["delegate": "\(to)00", "from_on": "2024-06-20", "last_on": last, "reason": "外出开会，请同事代办"]
            try await office.submit("users.delegate-duty", values.merging(more) { $1 }, as: sender)
        }
    }

    // MARK: 代办

    @Test("代办：名字带着代谁，岗位区域随原岗位，本人身份不变；到期次日自动结束")
    func dutiesAreActedIn() async throws {
        let staff = try await Staffed()
        try await staff.delegate("bing", to: "jia")
        let own = try await staff.actor("jia"), acting = try await staff.acting("jia")
        #expect(acting.user == own.user && acting.role == .townshipReviewer && acting.region == township && acting.isDeputy && acting.name.contains("（代"))
        #expect(try await staff.office.refusal { try await staff.delegate("jia", to: "yi", as: acting) } == .forbidden)
        staff.office.clock.set(day(2024, 6, 25))
        #expect(try await staff.accounts.signIn("jia00", "correct-horse-1").duties.count == 1)
        staff.office.clock.set(day(2024, 6, 26))
        #expect(try await staff.accounts.signIn("jia00", "correct-horse-1").duties.isEmpty)
    }

    @Test("代办不破经办与审批分离：自己办的件，换了身份也不能复核")
    func deputiesDontReviewThemselves() async throws {
        let staff = try await Staffed()
        let move = Move(CheckErrand.self, from: [Stage.done], to: Stage.closed, differsFrom: [DoErrand.self])
        let own = try await staff.actor("jia"), id = try await staff.office.submit("errands.open-errand", ["region": township.code, "what": "买米"], as: own).outcome.subject
        try await staff.office.submit("errands.do-errand", ["errand": id], as: own)
        try await staff.delegate("ding", to: "jia")
        let acting = try await staff.acting("jia"), other = try await staff.actor("ding")
        func isBlocked(_ actor: Actor) async throws -> Bool {
            try await staff.office.counter.read(as: actor) { try $0.hasDoneEarlier(move, on: try #require(try $0.caseFile(id: id)), "errands") }
        }
        #expect(try await isBlocked(acting))
        #expect(try await !isBlocked(other))
    }

    @Test("不能委托的：三员之间、外区、自己、过了期的、下属的委托给自己", arguments: [
        ("jia", "anquan", "2024-06-25", Refusal.Kind.forbidden), ("jia", "wai", "2024-06-25", .invalid), ("jia", "jia", "2024-06-25", .invalid),
        ("jia", "yi", "2024-06-19", .invalid), ("jia", "yi", "2025-06-25", .invalid), ("jia", "meiyou", "2024-06-25", .invalid),
    ])
    func someDelegationsAreRefused(_ from: String, _ to: String, _ last: String, _ kind: Refusal.Kind) async throws {
        let staff = try await Staffed()
        try await staff.add("anquan00", "security-administrator")
        #expect(try await staff.office.refusal { try await staff.delegate(from, to: to, last: last) } == kind)
    }

    @Test("上级可以替下属委托，不能委托给自己；平级不能替人委托")
    func superiorsDelegateForOthers() async throws {
        let staff = try await Staffed(), owner = try await staff.actor("jia"), chief = try await staff.actor("bing"), peer = try await staff.actor("yi")
        let whose = ["user": owner.user.text]
        #expect(try await staff.office.refusal { try await staff.delegate("jia", to: "yi", more: whose, as: peer) } == .forbidden)
        #expect(try await staff.office.refusal { try await staff.delegate("jia", to: "bing", more: whose, as: chief) } == .forbidden)
        try await staff.delegate("jia", to: "yi", more: whose, as: chief)
        #expect(try await staff.office.page("desk", "workbench", as: owner).text.contains("代办"))
    }

    @Test("兼任：安全管理员授予，三员不能兼任也不能被兼任，不能给自己")
    func additionalDuties() async throws {
        let staff = try await Staffed(), user = try await staff.actor("jia")
        let values = ["user": user.user.text, "role": "policy-officer", "region": "000181", "from_on": "2024-06-20", "reason": "人手不足"]
        #expect(try await staff.office.refusal { try await staff.office.submit("users.grant-duty", values.merging(["role": "auditor"]) { $1 }, as: security) } == .invalid)
        #expect(try await staff.office.refusal { try await staff.office.submit("users.grant-duty", values, as: leader) } == .forbidden)
        try await staff.office.submit("users.grant-duty", values, as: security)
        #expect(try await staff.acting("jia").role == .policyOfficer)
        // A duty that asks for two-factor asks it of whoever acts in it.
        let other = try await staff.actor("yi")
        try await staff.office.submit("users.grant-duty", values.merging(["user": other.user.text, "role": "finance"]) { $1 }, as: security)
        await #expect(throws: Refusal.self) { _ = try await staff.acting("yi") }
        try await staff.office.submit("users.disable-user", ["user": other.user.text], as: security)
        try await staff.office.submit("users.disable-user", ["user": user.user.text], as: security)
        let running: Int? = try await staff.office.database.read { try $0.value("SELECT count(*) FROM duty WHERE ended_at IS NULL") }
        #expect(running == 0)
    }

    // MARK: 三员

    @Test("三员的账号由两人办：提请的人和本人都不能确认，确认后才启用")
    func administratorsNeedTwo() async throws {
        let staff = try await Staffed()
        try await staff.add("anquan00", "security-administrator")
        let chief = try await staff.actor("anquan")
        try await staff.add("shenji00", "auditor", as: .house.at(.securityAdministrator))
        let auditor = try await staff.actor("shenji")
        try await staff.add("xitong00", "system-administrator", as: chief)
        await #expect(throws: Refusal.self) { _ = try await staff.actor("xitong") }
        let proposal = try await staff.office.counter.read(as: auditor) { try #require(try $0.proposalsToDecide().first).id.text }
        let decision = ["proposal": proposal, "agrees": "1"]
        #expect(try await staff.office.refusal { try await staff.office.submit("users.decide-proposal", decision, as: chief) } == .forbidden)
        #expect(try await staff.office.page("desk", "workbench", as: auditor).text.contains("三员变更等您确认"))
        try await staff.office.submit("users.decide-proposal", decision, as: auditor)
        #expect(try await staff.actor("xitong").role == .systemAdministrator)
        #expect(try await staff.office.refusal { try await staff.office.submit("users.decide-proposal", decision, as: auditor) } == .outOfOrder)
        let change = ["user": auditor.user.text, "name": "测试丙", "role": "finance", "region": "000181", "reason": "调岗"]
        try await staff.office.submit("users.change-user", change, as: chief)
        #expect(try await staff.actor("shenji").role == .auditor)
        let own = change.merging(["user": chief.user.text]) { $1 }
        #expect(try await staff.office.refusal { try await staff.office.submit("users.change-user", own, as: chief) } == .forbidden)
    }

    @Test("调整岗位：会话结束；停用后可重新启用；来访群众不能开账号")
    func accountsAreChanged() async throws {
        let staff = try await Staffed(), user = try await staff.actor("jia"), session = try await staff.accounts.signIn("jia00", "correct-horse-1")
        try await staff.office.submit("users.change-user", ["user": user.user.text, "name": "测试甲", "role": "finance", "region": "000181", "reason": "调岗"], as: security)
        #expect(try await staff.accounts.session(session.token) == nil)
        #expect(try await staff.actor("jia").role == .finance)
        try await staff.office.submit("users.disable-user", ["user": user.user.text], as: security)
        try await staff.office.submit("users.enable-user", ["user": user.user.text, "reason": "返岗"], as: security)
        _ = try await staff.accounts.signIn("jia00", "correct-horse-1")
        #expect(try await staff.office.refusal { try await staff.add("fangke", "visitor") } == .invalid)
    }

    // MARK: 待办

    @Test("领取、退回、移交：我的在前，同岗位看得见是谁的；停用的人名下的件提醒上级移交")
    func tasksAreTaken() async throws {
        let staff = try await Staffed(), first = try await staff.actor("jia"), second = try await staff.actor("yi"), chief = try await staff.actor("bing")
        var ids: [String] = []
        for what in ["买米", "买面"] { ids.append(try await staff.office.submit("errands.open-errand", ["region": township.code, "what": what, "within_days": "2"], as: first).outcome.subject) }
        func tasks(_ actor: Actor, _ holder: TaskHolder = .all) async throws -> [String] {
            try await staff.office.counter.read(as: actor) { try $0.tasks(.all, of: holder, limit: 9).map(\.file.title) }
        }
        try await staff.office.submit("desk.take-task", ["case_id": ids[1]], as: first)
        #expect(try await tasks(first) == ["买面", "买米"])
        #expect(try await tasks(first, .mine) == ["买面"])
        #expect(try await tasks(second, .free) == ["买米"])
        #expect(try await tasks(second) == ["买米", "买面"])
        #expect(try await staff.office.refusal { try await staff.office.submit("desk.take-task", ["case_id": ids[1]], as: second) } == .conflict)
        let handing = ["case_id": ids[1], "receiver": "yi00", "reason": "休假"]
        #expect(try await staff.office.refusal { try await staff.office.submit("desk.hand-over-task", handing, as: second) } == .forbidden)
        try await staff.office.submit("desk.hand-over-task", handing, as: first)
        try await staff.office.submit("desk.return-task", ["case_id": ids[1]], as: second)
        for id in ids { try await staff.office.submit("desk.take-task", ["case_id": id], as: first) }
        try await staff.office.submit("users.disable-user", ["user": first.user.text], as: security)
        #expect(try await staff.office.page("desk", "workbench", as: chief).text.contains("名下还有 2 件待办"))
        let all = ["user": first.user.text, "receiver": "yi00", "reason": "离职"]
        #expect(try await staff.office.refusal { try await staff.office.submit("desk.hand-over-all-tasks", all, as: second) } == .forbidden)
        #expect(try await staff.office.refusal { try await staff.office.submit("desk.hand-over-all-tasks", all.merging(["receiver": "wai00"]) { $1 }, as: chief) } == .invalid)
        try await staff.office.submit("desk.hand-over-all-tasks", all, as: chief)
        #expect(try await tasks(second, .mine) == ["买米", "买面"])
        #expect(try await !staff.office.page("desk", "workbench", as: chief).text.contains("名下还有"))
    }

    // MARK: 紧急查看

    @Test("紧急查看：理由够长、只限辖区外、两小时；当即告诉安全管理员和审计，本人不能复核")
    func emergencies() async throws {
        let staff = try await Staffed(), viewer = try await staff.actor("wai")
        let person = try await staff.office.register("测试张三丰", number(born: 1950))
        func open(_ reason: String, as actor: Actor) async throws -> Receipt {
            try await staff.office.submit("users.open-emergency-view", ["record": "/people/persons/\(person)", "reason": reason], as: actor)
        }
        #expect(try await staff.office.refusal { _ = try await open("急事急事急事急事急", as: viewer) } == .invalid)
        #expect(try await staff.office.refusal { _ = try await open("老人走失，联系不上所属街道", as: clerk) } == .outOfOrder)
        let receipt = try await open("老人走失，联系不上所属街道", as: viewer)
        #expect(receipt.outcome.link == "/people/persons/\(person)")
        let view = try await staff.office.counter.read(as: viewer) { try #require(try $0.emergencyView(of: person)) }
        #expect(view.reader(viewer).region == township)
        #expect(try await staff.office.page("people", "persons/{id}", ["id": person], as: view.reader(viewer)).title == "测试张三丰")
        let late = Counter(staff.office.counter, clock: VirtualClock(view.untilAt))
        #expect(try await late.read(as: viewer) { try $0.emergencyView(of: person) == nil })
        for supervisor in [auditor, security] { #expect(try await staff.office.page("desk", "workbench", as: supervisor).text.contains("1 次紧急查看等待复核")) }
        let review = ["emergency_view": view.id.text, "finding": "justified", "words": "已核实派出所协查单"]
        #expect(try await staff.office.refusal { try await staff.office.submit("users.review-emergency-view", review, as: leader) } == .forbidden)
        try await staff.office.submit("users.review-emergency-view", review, as: auditor)
        #expect(try await !staff.office.page("desk", "workbench", as: security).text.contains("等待复核"))
    }

    // MARK: 为什么

    @Test("为什么：权限、件、档案各有结论和依据；别人的只有管理员能问", arguments: [
        ("people.persons", "能", "授权"), ("users.add-user", "不能", "不包括镇街经办"), ("PT2024-000001", "能", "现在可以「办理跑腿」"), ("乱写", "不能", "没有找到"),
    ])
    func whyIsTold(_ what: String, _ verdict: String, _ word: String) async throws {
        let staff = try await Staffed(), user = try await staff.actor("jia")
        try await staff.office.submit("errands.open-errand", ["region": township.code, "what": "买米"], as: user)
        let inquiry = try staff.office.counter.house.inquiry("users", "why-access")
        let answer = try await staff.office.counter.ask(inquiry, ["what": .typed(what)], as: user)
        #expect(answer.text("verdict") == verdict)
        #expect(answer.rows("reasons").contains { $0.fields.text("sentence")?.contains(word) == true }, "\(answer.rows("reasons"))")
        let other: RawFields = ["username": .typed("yi00"), "what": .typed(what)]
        #expect(try await staff.office.refusal { _ = try await staff.office.counter.ask(inquiry, other, as: user) } == .forbidden)
        _ = try await staff.office.counter.ask(inquiry, other, as: security)
    }
}

extension Actor {
    /// The machine's own administrator, as at the command line.
    fileprivate func at(_ role: Role) -> Actor { Actor(user: user, name: name, role: role, region: region) }
}
