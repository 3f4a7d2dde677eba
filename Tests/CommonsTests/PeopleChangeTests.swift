@testable import Commons
import Kernel
import Testing
import Values

/// 改档案：一般项当场改，重要项另一人复核，关键项凭材料由区县审核；每一版都留着。
@Suite struct PeopleChangeTests {
    @Test("一般项：当场改，留旧版；没有改动的不收；清空要说")
    func contactsChangeAtOnce() async throws {
        let office = try await Office()
        let id = try await office.register("测试张三", number(born: 1950))
        #expect(try await office.refusal { try await office.submit("people.edit-person", ["person": id]) } == .invalid)
        try await office.submit("people.edit-person", ["person": id, "phone": "19900000022", "address": "甲路1号", "living_in": nextTownship.code])
        #expect(try await office.refusal { try await office.submit("people.edit-person", ["person": id, "phone": "19900000022", "address": "甲路1号"]) } == .invalid)
        try await office.submit("people.edit-person", ["person": id, "emptied": "address"], as: neighbour)
        let person = try await office.file(id)
        #expect(person.address == nil && person.phone != nil && person.version == 3 && person.livingIn == nextTownship)
        #expect(try await office.count("SELECT count(*) FROM person_version") == 2)
        try await office.submit("people.edit-person", ["person": id, "living_in": township.code])
        #expect(try await office.file(id).livingIn == nil)
        #expect(try await office.refusal { try await office.submit("people.edit-person", ["person": id, "address": "乙路"], as: neighbour) } == .forbidden)
    }

    @Test("表单不露电话，只带住址")
    func theFormDoesNotShowThePhone() async throws {
        let office = try await Office()
        let id = try await office.register("测试张三", number(born: 1950))
        try await office.submit("people.edit-person", ["person": id, "phone": "19900000022", "address": "甲路1号"])
        let known = try await office.counter.read(as: clerk) { try EditPerson.known(id, at: $0) }
        #expect(known.text("address") == "甲路1号" && known.text("phone") == nil)
        #expect(try await office.refusal { _ = try await office.counter.read(as: neighbour) { try EditPerson.known(id, at: $0) } } == .forbidden)
    }

    struct Decider: Sendable { let actor: Actor, kind: Refusal.Kind? }

    @Test("重要项：申请人自己不行，经办不行，外乡不行，镇街审核以上行", arguments: [
        Decider(actor: clerk, kind: .forbidden), Decider(actor: neighbourReviewer, kind: .forbidden), Decider(actor: leader, kind: .forbidden),
        Decider(actor: townReviewer, kind: nil), Decider(actor: reviewer, kind: nil), Decider(actor: approver, kind: nil),
    ])
    func essentialsNeedASecondPerson(_ decider: Decider) async throws {
        let office = try await Office()
        let id = try await office.register("测试张三", number(born: 1950))
        let change = try await office.submit("people.request-correction", ["person": id, "name": "测试张山", "reason": "户口簿上是山"]).outcome.subject
        #expect(try await office.file(id).name.text == "测试张三")
        #expect(try await office.refusal { try await office.submit("people.approve-change", ["change": change], as: decider.actor) } == decider.kind)
        #expect(try await office.file(id).name.text == (decider.kind == nil ? "测试张山" : "测试张三"))
    }

    @Test("自己申请、自己又有审核岗位：也不行；撤回只限本人")
    func nobodyApprovesHisOwn() async throws {
        let office = try await Office()
        let id = try await office.register("测试张三", number(born: 1950))
        let change = try await office.submit("people.request-correction", ["person": id, "name": "测试张山", "reason": "户口簿上是山"], as: townReviewer).outcome.subject
        #expect(try await office.refusal { try await office.submit("people.approve-change", ["change": change], as: townReviewer) } == .forbidden)
        #expect(try await office.refusal { try await office.submit("people.withdraw-change", ["change": change], as: clerk) } == .forbidden)
        #expect(try await office.refusal { try await office.submit("people.request-correction", ["person": id, "name": "测试张珊", "reason": "又一件"]) } == .conflict)
        try await office.submit("people.withdraw-change", ["change": change], as: townReviewer)
        #expect(try await office.refusal { try await office.submit("people.approve-change", ["change": change], as: reviewer) } == .outOfOrder)
        #expect(try await office.file(id).name.text == "测试张三")
    }

    @Test("不通过要写理由，档案不变", arguments: [("", Refusal.Kind.invalid), ("与户口簿不符，请补户口簿首页", nil)])
    func refusalsSayWhy(_ answer: String, _ kind: Refusal.Kind?) async throws {
        let office = try await Office()
        let id = try await office.register("测试张三", number(born: 1950))
        let change = try await office.submit("people.request-correction", ["person": id, "name": "测试张山", "reason": "户口簿上是山"]).outcome.subject
        #expect(try await office.refusal { try await office.submit("people.refuse-change", ["change": change, "answer": answer], as: townReviewer) } == kind)
        #expect(try await office.file(id).version == 1)
    }

    @Test("更正不能与身份号码打架；没有改动的不收", arguments: [
        (["born_on": "1950-01-02"], Refusal.Kind.invalid), (["sex": "2"], .invalid), (["name": "测试张三"], .invalid), ([:], .invalid), (["moves_to": "000181001001"], nil),
    ])
    func correctionsAgreeWithTheNumber(_ values: [String: String], _ kind: Refusal.Kind?) async throws {
        let office = try await Office()
        let id = try await office.register("测试张三", number(born: 1950))
        let given = ["person": id, "reason": "核对"].merging(values) { $1 }
        #expect(try await office.refusal { try await office.submit("people.request-correction", given) } == kind)
    }

    @Test("申请后又改过这几项：冲突；改过别的：不碍事")
    func overtakenRequestsAreTold() async throws {
        let office = try await Office()
        let id = try await office.register("测试张三", number(born: 1950))
        let change = try await office.submit("people.request-correction", ["person": id, "name": "测试张山", "reason": "户口簿上是山"]).outcome.subject
        try await office.submit("people.edit-person", ["person": id, "address": "甲路1号"])
        let second = try await office.counter.read(as: .house) { try $0.standing(ID<Person>(typed: id)) }
        #expect(second.version == 2)
        try await office.submit("people.approve-change", ["change": change], as: townReviewer)
        let corrected = try await office.file(id)
        #expect(corrected.name.text == "测试张山" && corrected.address == "甲路1号")

        let later = try await office.submit("people.request-correction", ["person": id, "name": "测试张珊", "reason": "再改"]).outcome.subject
        try await office.database.write { try $0.run("UPDATE person SET name = '测试张杉' , version = version + 1 WHERE id = \(id)") }
        #expect(try await office.refusal { try await office.submit("people.approve-change", ["change": later], as: townReviewer) } == .conflict)
    }

    @Test("关键项：要材料，要区县；号码后补，性别生日随之更正")
    func numbersAreLinkedLater() async throws {
        let office = try await Office()
        let id = try await office.stranger("测试王五", ["sex": "2", "born_on": "1981-05-05", "birth_estimated": "1", "document_kind": "unidentified", "document_no": ""])
        let values = ["person": id, "resident_id": number(born: 1980), "reason": "公安机关已查明"]
        #expect(try await office.refusal { try await office.submit("people.request-number", values) } == .invalid)
        let change = try await office.submit("people.request-number", values.merging(["attachment": office.paper()]) { $1 }).outcome.subject
        for (actor, kind) in [(townReviewer, Refusal.Kind.forbidden), (clerk, .forbidden), (secondReviewer, nil)] as [(Actor, Refusal.Kind?)] {
            #expect(try await office.refusal { try await office.submit("people.approve-change", ["change": change], as: actor) } == kind)
        }
        let person = try await office.file(id)
        #expect(person.sex == .male && person.bornOn == day(1980, 1, 1) && !person.isBirthEstimated && person.documentKind == nil)
        #expect(try await office.counter.read(as: clerk) { try $0.person(with: ResidentID(typed: number(born: 1980)))?.id.text } == id)
    }

    @Test("号码已是别人的：不再登记，请合并；外乡的不说姓名")
    func aTakenNumberOffersMerging() async throws {
        let office = try await Office()
        _ = try await office.register("测试张三", number(born: 1980))
        let id = try await office.stranger("测试王五", ["born_on": "1990-01-01"]), paper = try await office.paper()
        let values = ["person": id, "resident_id": number(born: 1980), "reason": "补登", "attachment": paper]
        let told = try await office.told { try await office.submit("people.request-number", values) }
        #expect(told?.kind == .conflict && told?.message.contains("测试张三") == true && told?.message.contains("合并") == true)
        let far = try await office.stranger("测试赵六", ["born_on": "1990-01-01"], as: neighbour)
        let theirs = try await office.paper(by: neighbour)
        let hidden = try await office.told { try await office.submit("people.request-number", values.merging(["person": far, "attachment": theirs]) { $1 }, as: neighbour) }
        #expect(hidden?.kind == .conflict && hidden?.message.contains("测试张三") == false)
    }

    @Test("更正号码：改登其他证件即撤销原号码；旧号不再查得到", arguments: [
        (["resident_id": "", "document_kind": "passport", "document_no": "E7654321"], nil), (["document_kind": "passport"], Refusal.Kind.invalid),
        (["resident_id": number(born: 1950)], .invalid), (["resident_id": number(born: 1951), "document_kind": "passport", "document_no": "E7654321"], .invalid),
        (["resident_id": number(born: 1951)], nil),
    ] as [([String: String], Refusal.Kind?)])
    func numbersAreCorrected(_ values: [String: String], _ kind: Refusal.Kind?) async throws {
        let office = try await Office()
        let id = try await office.register("测试张三", number(born: 1950)), paper = try await office.paper()
        let given = ["person": id, "reason": "原号错登", "attachment": paper].merging(values) { $1 }
        let refusal = try await office.told { try await office.submit("people.request-number", given) }
        #expect(refusal?.kind == kind)
        guard kind == nil else { return }
        let change: String? = try await office.database.read { try $0.value("SELECT id FROM person_change") }
        try await office.submit("people.approve-change", ["change": change ?? ""], as: reviewer)
        #expect(try await office.counter.read(as: clerk) { try $0.person(with: ResidentID(typed: number(born: 1950))) } == nil)
    }

    @Test("死亡：先登记先停，区县凭材料核实；不通过即撤销")
    func deathsAreVerified() async throws {
        let office = try await Office()
        let id = try await office.register("测试张三", number(born: 1950))
        try await office.submit("people.record-death", ["person": id, "died_on": "2024-06-01"])
        let change = try await office.database.read { try $0.value("SELECT id FROM person_change WHERE kind = 'death'") ?? "" }
        #expect(try await office.refusal { try await office.submit("people.approve-change", ["change": change], as: reviewer) } == .invalid)
        #expect(try await office.refusal { try await office.submit("people.withdraw-change", ["change": change]) } == .outOfOrder)
        #expect(try await office.page("people", "persons/{id}", ["id": id]).text.contains("待核实"))
        try await office.submit("people.approve-change", ["change": change, "attachment": office.paper(by: reviewer)], as: reviewer)
        #expect(try await !office.page("people", "persons/{id}", ["id": id]).text.contains("待核实"))

        let other = try await office.register("测试李四", number(born: 1951))
        try await office.submit("people.record-death", ["person": other, "died_on": "2024-06-01"])
        let wrong = try await office.database.read { try $0.value("SELECT id FROM person_change WHERE person_id = \(other)") ?? "" }
        try await office.submit("people.refuse-change", ["change": wrong, "answer": "本人到场，在世"], as: reviewer)
        #expect(try await office.file(other).diedOn == nil)
    }

    @Test("撤销死亡：要材料，要区县；没有登记死亡的不用撤")
    func deathsAreRevoked() async throws {
        let office = try await Office()
        let id = try await office.register("测试张三", number(born: 1950)), paper = try await office.paper()
        let values = ["person": id, "reason": "本人到场", "attachment": paper]
        #expect(try await office.refusal { try await office.submit("people.revoke-death", values) } == .outOfOrder)
        try await office.submit("people.record-death", ["person": id, "died_on": "2024-06-01"])
        let change = try await office.submit("people.revoke-death", values).outcome.subject
        #expect(try await office.file(id).diedOn != nil)
        #expect(try await office.refusal { try await office.submit("people.approve-change", ["change": change], as: townReviewer) } == .forbidden)
        try await office.submit("people.approve-change", ["change": change], as: approver)
        #expect(try await office.file(id).diedOn == nil)
        #expect(try await office.count("SELECT count(*) FROM case_file WHERE process = 'person-change' AND closed_on IS NULL") == 0)
    }

    @Test("变更页：前后对照，号码遮蔽；外乡看不到")
    func thePageShowsBeforeAndAfter() async throws {
        let office = try await Office()
        let id = try await office.register("测试张三", number(born: 1950))
        let change = try await office.submit("people.request-number", ["person": id, "resident_id": number(born: 1951), "reason": "原号错登", "attachment": office.paper()]).outcome.subject
        let page = try await office.page("people", "changes/{id}", ["id": change], as: reviewer)
        #expect(page.text.contains("原号错登") && page.text.contains("证明.pdf") && !page.text.contains(number(born: 1950)) && !page.text.contains(number(born: 1951)))
        #expect(page.acts.map(\.title) == ["通过变更", "不通过变更"])
        #expect(try await office.page("people", "changes/{id}", ["id": change]).acts.map(\.title) == ["撤回变更申请"])
        #expect(try await office.refusal { _ = try await office.page("people", "changes/{id}", ["id": change], as: neighbour) } == .forbidden)
        let rest: [String] = try await office.database.read { try $0.all("SELECT coalesce(resident_id, '') || coalesce(reason, '') FROM person_change") { try $0.read(0) } }
        #expect(rest.allSatisfy { !$0.contains(number(born: 1951)) && !$0.contains("错登") })
    }

    @Test("待办：重要项到镇街审核，关键项只到区县")
    func tasksReachTheRightDesk() async throws {
        let office = try await Office()
        let id = try await office.register("测试张三", number(born: 1950))
        try await office.submit("people.request-correction", ["person": id, "name": "测试张山", "reason": "户口簿上是山"])
        try await office.submit("people.record-death", ["person": id, "died_on": "2024-06-01"])
        for (actor, count) in [(townReviewer, 1), (reviewer, 2), (clerk, 0), (neighbourReviewer, 0)] {
            #expect(try await office.counter.read(as: actor) { try $0.tasks(.all, limit: 10).count } == count, "\(actor.name)")
        }
    }
}
