import Commons
import Demo
import Kernel
import Values

/// 各种办理。Each draws what it needs; values are invented, and some are wrong on purpose.
extension Workload {
    private static let places = ["000181001001", "000181001", "000181002", "000181"]
    private static let signs = Array("测试样例示范虚构假设演练甲乙丙丁戊己庚辛壬癸子丑寅卯𠮷㙍䶮")

    private mutating func personName() -> String { "测" + String((0 ... dice.below(2)).map { _ in dice.pick(Self.signs) }) }

    private mutating func number() -> String {
        let born = CivilDate(written: 1940, 1, 1).adding(days: dice.below(27_000)).typed.dropFirst(2).replacing("-", with: "")
        let digits = "000199\(born)\(String(String(1_000 + dice.below(900) + 100).suffix(3)))"
        return (try? ResidentID.upgrading(digits).typed) ?? digits
    }

    mutating func register() async {
        let number = dice.chance(8) ? people.last?.number ?? number() : dice.chance(4) ? "000199195001011111" : number()
        var values: RawFields = ["name": .typed(personName()), "resident_id": .typed(number), "region": .typed(dice.pick(Self.places))]
        if dice.chance(60) { values["phone"] = .typed("139000\(10_000 + dice.below(90_000))") }
        if dice.chance(70) { values["address"] = .typed("测试路\(1 + dice.below(300))号\"院\"\\\(dice.below(9))栋'") }
        if dice.chance(20) { values["distinct_reason"] = .typed("已核对，不是同一人") }
        guard let outcome = await act("people.register-person", values, by: dice.pick(["shequ", "jingban", "shenhe"])) else { return }
        people.append((outcome.subject, number))
    }

    mutating func edit() async {
        guard let person = anybody() else { return }
        var values: RawFields = ["person": .typed(person.id), "phone": .typed("138000\(10_000 + dice.below(90_000))")]
        if dice.chance(50) { values["address"] = .typed("新居\(dice.below(500))号") }
        await act("people.edit-person", values, by: dice.pick(["jingban", "shenhe", "shequ"]))
    }

    /// Households: founded, joined, moved, dissolved.
    mutating func settle() async {
        let joined = CivilDate(written: 2015, 1, 1).adding(days: dice.below(3_900)).typed
        guard let person = anybody() else { return }
        guard let household = households.last, dice.chance(60) else {
            let values: RawFields = ["resident_id": .typed(person.number), "from_on": .typed(joined), "region": .typed(dice.pick(Self.places)),
                                     "area": .typed(dice.pick(["urban", "rural"])), "address": .typed("新村 \(dice.below(99)) 号")]
            let founded = await act("people.register-household", values, by: "shenhe")
            if let founded { households.append(founded.subject) }
            return
        }
        var values: RawFields = ["household": .typed(household)]
        switch dice.below(8) {
        case 0:
            values["dissolved_on"] = .typed("2026-06-01")
            values["reason"] = .typed("全家迁往外地")
            await act("people.dissolve-household", values, by: "shenhe")
        case 1:
            values["moved_on"] = .typed("2026-06-0\(1 + dice.below(9))")
            values["region"] = .typed(dice.pick(Self.places))
            values["area"] = .typed("rural")
            values["address"] = .typed("老街 \(dice.below(99)) 号")
            values["is_registration_moved"] = .typed("1")
            await act("people.move-household", values, by: "shenhe")
        default:
            values["resident_id"] = .typed(person.number)
            values["relation"] = .typed(dice.pick(["10", "20", "30", "50", "99"]))
            values["from_on"] = .typed(joined)
            values["is_moving"] = .typed(dice.chance(50) ? "1" : "0")
            await act("people.add-member", values, by: dice.pick(["shenhe", "jingban"]))
        }
    }

    mutating func correct() async {
        if let change = changes.popLast(), dice.chance(70) {
            let way = dice.pick(["approve-change", "refuse-change", "withdraw-change"])
            await act("people.\(way)", ["change": .typed(change), "answer": .typed("已核对户口簿")], by: way == "withdraw-change" ? "shequ" : dice.pick(["jiedaoshenhe", "shenhe"]))
            return
        }
        guard let person = anybody() else { return }
        let asked = await act("people.request-correction", ["person": .typed(person.id), "name": .typed(personName()), "reason": .typed("户口簿上不是这个字")], by: "shequ")
        if let asked { changes.append(asked.subject) }
    }

    mutating func merge() async {
        if let merge = merges.last, dice.chance(60) {
            let way = dice.pick(["approve-merge", "approve-merge", "refuse-merge", "undo-merge"])
            let values: RawFields = way == "undo-merge" ? ["merge": .typed(merge), "reason": .typed("查明是两个人")] : ["merge": .typed(merge), "answer": .typed("已核对")]
            await act("people.\(way)", values, by: dice.pick(["jiedaoshenhe", "shenhe"]))
            if dice.chance(40) { merges.removeLast() }
            return
        }
        guard let kept = anybody(), let absorbed = anybody() else { return }
        let values: RawFields = ["kept": .typed(kept.id), "absorbed": .typed(absorbed.id), "reason": .typed("已见到本人和户口簿")]
        let asked = await act("people.propose-merge", values, by: dice.pick(["jingban", "shequ"]))
        if let asked { merges.append(asked.subject) }
    }

    mutating func die() async {
        guard let person = anybody() else { return }
        guard dice.chance(75) else {
            await act("people.revoke-death", ["person": .typed(person.id), "reason": .typed("录错了人")], by: "shenhe")
            return
        }
        await act("people.record-death", ["person": .typed(person.id), "died_on": .typed("2026-05-\(10 + dice.below(20))")], by: "shenhe")
    }

    mutating func name() async {
        let approved: RawFields = ["specific": .typed("测试\(dice.pick(Self.signs))\(dice.pick(Self.signs))"), "generic": .typed(dice.pick(["路", "街", "巷"])),
                                   "approver": .typed("county"), "is_proper": .typed("1"), "document": .typed("示例文〔2026〕\(1 + dice.below(900))号"),
                                   "approved_on": .typed("2026-06-01")]
        await act("place-names.name-place", ["class": .typed("street"), "region": .typed("00018100\(1 + dice.below(4))"),
                                             "position": .typed("113.\(100_000 + dice.below(800_000)),28.123456"), "approved_name": .group(approved),
                                             "meaning": .typed("取测试之意")], by: "diming")
    }

    mutating func draft() async {
        let actor = actor(dice.pick(["jingban", "shequ"])), subject = people.isEmpty ? "" : dice.pick(people.suffix(20).map(\.id))
        let values: RawFields = ["name": .typed(personName()), "address": .typed("草稿\(dice.below(1_000))")], isKept = dice.chance(80)
        await answered("草稿") { [counter] in
            let drafts = Drafts(counter)
            if isKept { try await drafts.save(values, of: "people.register-person", subject: subject, by: actor) }
            if !isKept { try await drafts.discard("people.register-person", subject: subject, by: actor) }
            return ((), isKept ? "存" : "弃")
        }
    }

    /// Reading is written down, too.
    mutating func look() async {
        let person = anybody()?.id ?? "-", actor = actor(dice.pick(["jingban", "shenhe"]))
        await answered("查阅") { [counter] in
            try await counter.access.write(AccessNote(.open, "people/persons/{id}", subject: person), by: actor, at: counter.clock.now())
            return ((), person)
        }
    }

    /// Signing in, rightly or not.
    mutating func enter() async {
        let name = dice.pick(["jingban", "shenhe", "nobody"]), password = dice.chance(60) ? DemoCity.password : "wrong-password-\(dice.below(9))"
        await answered("登录 \(name)") { [counter] in
            let session = try await Accounts(counter).signIn(name, password, from: Caller(address: "192.0.2.\(name.count)", device: "测试机"))
            return ((), session.actor.name)
        }
    }

    /// A table of a few people, some of its rows wrong; confirmed by somebody else.
    mutating func bring() async throws {
        guard let imports else { return }
        var text = "姓名,公民身份号码,联系电话,所属区域,住址\n", numbers: [String] = []
        for _ in 0 ..< 3 + dice.below(12) {
            numbers.append(dice.chance(5) ? "000199195001011111" : number())
            text += "\(personName()),\(numbers.last ?? ""),138000\(10_000 + dice.below(90_000)),000181001001,导入路\(dice.below(99))号\n"
        }
        let table = text, reviewer = actor("shenhe"), isPartial = dice.chance(50)
        let run = await answered("导入") { () -> (ID<ImportRun>, String) in
            let run = try await imports.take("people", as: reviewer) { writer in
                try writer.add(Array(table.utf8))
                return "测试.csv"
            }.run
            return (run, run.text)
        }
        guard let run else { return }
        let columns = try await counter.read(as: .house) { try $0.find(run) }.columns.map { RawRow(key: $0.key, fields: $0.raw) }
        await act("exchange.map-columns", ["import": .stored(run.stored), "columns": .rows(columns)], by: "shenhe")
        try await work(imports, run)
        await act("exchange.confirm-import", ["import": .stored(run.stored), "is_partial": .typed(isPartial ? "1" : "0")], by: "shenpi")
        try await work(imports, run)
    }

    private mutating func work(_ imports: ImportRoom, _ run: ID<ImportRun>) async throws {
        let runner = ImportRunner(imports)
        for _ in 0 ..< 50 where try await runner.runSlice() {}
        let found = try await counter.read(as: .house) { try $0.find(run) }
        await answered("导入进度") { ((), "\(found.state.rawValue) \(found.right) \(found.wrong) \(found.duplicate) \(found.entered) \(found.halted ?? "-")") }
    }

    private mutating func anybody() -> (id: String, number: String)? {
        people.isEmpty ? nil : dice.pick(Array(people.suffix(60)))
    }
}
