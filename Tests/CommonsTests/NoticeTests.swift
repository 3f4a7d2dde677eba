@testable import Kernel
import Storage
import Testing
import Values
@testable import Commons

/// 公示送达。What may be said in public, when it hangs, and from which day remedies run.
struct NoticeTests {
    @Test("脱敏：姓氏加某某，复姓认得出，长短都一样", arguments: [
        ("张三", "张某某"), ("张三丰", "张某某"), ("欧阳修", "欧阳某某"), ("欧阳", "欧某某"), ("买买提·示例", "买某某"), ("司马光光", "司马某某"), ("示甲乙丙丁戊", "示某某"),
    ])
    func masks(_ name: String, _ masked: String) throws {
        #expect(NoticeMask.name(try PersonName(typed: name)) == masked)
    }

    @Test("脱敏：未满十八周岁不具名", arguments: [("2006-06-21", "未成年人"), ("2006-06-20", "示某某")])
    func minorsAreNotNamed(_ born: String, _ masked: String) throws {
        #expect(NoticeMask.name(try PersonName(typed: "示小童"), born: try CivilDate(typed: born), on: day(2024, 6, 20)) == masked)
        #expect(NoticeMask.size(4, minors: 1) == "4 人（未成年人 1 人）" && NoticeMask.size(2, minors: 0) == "2 人")
    }

    private func notice(_ id: ID<Notice> = .make(at: Instant(secondsSince1970: 1_718_000_000)), region code: String = "000181001001", withdrawn: CivilDate? = nil) throws -> Notice {
        let file = CaseFile(id: "01JTEST", process: "errand", number: "PT2024-000001", region: region(code), title: "示某户", state: "open", editionOn: day(2024, 6, 1),
                            openedOn: day(2024, 6, 1), closedOn: nil, version: 1)
        var notice = Notice(id, of: file, title: "公示", unit: "示范街道办事处", text: try LongText(typed: "申请人：示某某"), places: "公示栏",
                            from: day(2024, 6, 20), lastDay: day(2024, 6, 27), basis: Citation("跑腿办法"))
        notice.withdrawnOn = withdrawn
        return notice
    }

    @Test("状态随日子：前一天待张贴，当天公示中，末日仍在，次日期满", arguments: [
        (day(2024, 6, 19), NoticeState.waiting), (day(2024, 6, 20), .open), (day(2024, 6, 27), .open), (day(2024, 6, 28), .expired),
    ])
    func stateFollowsTheCalendar(_ on: CivilDate, _ state: NoticeState) throws {
        #expect(try notice().state(on: on) == state)
        #expect(try notice(withdrawn: day(2024, 6, 21)).state(on: on) == .withdrawn)
    }

    @Test("公示栏：末日还在，次日撤除；当地规定多挂三天的，再挂三天", arguments: [(day(2024, 6, 27), 0, 1), (day(2024, 6, 28), 0, 0), (day(2024, 6, 30), 3, 1), (day(2024, 7, 1), 3, 0)])
    func closedNoticesVanish(_ on: CivilDate, _ kept: Int, _ shown: Int) async throws {
        let office = try await Office(on: day(2024, 6, 20))
        let posted = try notice()
        try await office.insert(posted)
        if kept > 0 { try await office.rule("notice-retention", "\(kept)") }
        office.clock.set(on)
        let page = try await office.page("notices", "board", [:], ["region": "000181001001"], as: .visitor(in: .country))
        #expect(page.text.contains("申请人：示某某") == (shown == 1))
        let next = try await office.page("notices", "board", [:], ["region": "000181001002"], as: .visitor(in: .country))
        #expect(next.text.contains("现在没有正在公示的内容"))
    }

    @Test("送达之日：公告的过了天数才算", arguments: [
        (ServiceMethod.inPerson, day(2024, 6, 20)), (.left, day(2024, 6, 20)), (.post, day(2024, 6, 20)), (.electronic, day(2024, 6, 20)), (.published, day(2024, 7, 20)),
    ])
    func presumed(_ method: ServiceMethod, _ on: CivilDate) {
        #expect(presumedService(method, on: day(2024, 6, 20), publication: 30) == on)
    }

    @Test("公告送达的天数：2022 年起三十日，此前六十日", arguments: [(day(2021, 12, 31), 60), (day(2022, 1, 1), 30)])
    func publicationDaysByLaw(_ on: CivilDate, _ days: Int) {
        let rulings = noticeRulings.filter { $0.policy == "service-by-publication" && $0.from <= on && $0.until.map { on < $0 } ?? true }
        #expect(rulings.map(\.value) == ["\(days)"])
    }

    @Test("每种方式各要什么证明", arguments: [
        (["delivery": "left"], "witness"), (["delivery": "left", "witness": "示见证"], nil), (["delivery": "post"], "tracking"), (["delivery": "post", "tracking": "XA1"], nil),
        (["delivery": "electronic"], "consented"), (["delivery": "electronic", "consented": "否"], "consented"), (["delivery": "electronic", "consented": "是"], nil),
        (["delivery": "entrusted"], "note"), (["delivery": "published"], "note"), (["delivery": "in-person", "refused": "是"], "refused"), (["delivery": "in-person"], nil),
        (["delivery": "carrier-pigeon"], "delivery"), ([:], "delivery"),
    ] as [([String: String], String?)])
    func proofs(_ values: [String: String], _ fault: String?) {
        var raw = RawFields(values.mapValues { .typed($0) })
        raw["delivered_on"] = .typed("2024-06-20")
        do throws(Refusal) {
            _ = try ServiceFacts(from: Reading<RecordService>(raw))
            #expect(fault == nil)
        } catch { #expect(error.problems.map(\.path) == [[fault ?? ""]]) }
    }

    @Test("救济期限：从送达次日起算，末日遇休息日顺延", arguments: [
        //  送达                  途径                              末日
        (day(2024, 6, 20), RemedyTerm.review, day(2024, 8, 19)), (day(2024, 6, 20), .lawsuit, day(2024, 12, 20)), (day(2024, 6, 20), .lawsuitAfterReview, day(2024, 7, 5)),
        (day(2024, 6, 21), .lawsuitAfterReview, day(2024, 7, 8)),
    ])
    func remedies(_ served: CivilDate, _ term: RemedyTerm, _ last: CivilDate) {
        #expect(term.lastDay(after: served, .shipped) == last)
    }

    @Test("留证：公示期内、照片或见证人；期外和以后的日子不收", arguments: [("2024-06-19", false), ("2024-06-20", true), ("2024-06-25", true), ("2024-06-26", false)])
    func evidence(_ seen: String, _ isTaken: Bool) async throws {
        let office = try await Office(on: day(2024, 6, 20)), posted = try notice()
        try await office.insert(posted)
        office.clock.set(day(2024, 6, 25))
        let kind = try await office.refusal { try await office.submit("notices.record-evidence", ["notice": posted.id.text, "seen_on": seen, "place": "公示栏", "witness": "示见证"]) }
        #expect(kind == (isTaken ? nil : .invalid))
        let bare = try await office.refusal { try await office.submit("notices.record-evidence", ["notice": posted.id.text, "seen_on": seen, "place": "公示栏"]) }
        #expect(bare == .invalid)
    }

    @Test("异议：群众能提，不具名也行；期满、撤下的不收；姓名和联系方式密存", arguments: [(day(2024, 6, 27), true), (day(2024, 6, 28), false)])
    func objections(_ on: CivilDate, _ isTaken: Bool) async throws {
        let office = try await Office(on: day(2024, 6, 20)), posted = try notice()
        try await office.insert(posted)
        office.clock.set(on)
        let values = ["notice": posted.id.text, "content": "听说不实", "raised_by": "示提出人", "contact": "19900001234"]
        let kind = try await office.refusal { try await office.submit("notices.object-to-notice", values, as: .visitor(in: .country)) }
        #expect(kind == (isTaken ? nil : .outOfOrder))
        guard isTaken else { return }
        let row = try await office.database.read { try $0.first("SELECT raised_by, contact, id FROM notice_objection") { [try $0.read(0), try $0.read(1), try $0.read(2)] as [String] } }
        #expect(row?[0].contains("示提出人") == false && row?[1].contains("19900001234") == false)
        let id = row?[2] ?? ""
        let read = try await office.page("notices", "objections/{id}", ["id": id], as: leader)
        #expect(!read.text.contains("示提出人") && read.text.contains("保密"))
        #expect(try await office.page("notices", "objections/{id}", ["id": id], as: clerk).text.contains("示提出人"))
        let journal: [String] = try await office.database.read { try $0.all("SELECT message FROM journal") { try $0.read(0) } }
        #expect(journal.allSatisfy { !$0.contains("示提出人") && !$0.contains("听说不实") })
        try await office.submit("notices.answer-objection", ["objection": id, "upheld": "否", "finding": "查无此事"])
        #expect(try await office.database.read { try $0.value("SELECT state FROM case_file WHERE id = \(id)") } == "answered")
    }

    @Test("撤下：写明原因；期满的不用撤", arguments: [(day(2024, 6, 27), nil), (day(2024, 6, 28), Refusal.Kind.outOfOrder)])
    func withdrawing(_ on: CivilDate, _ kind: Refusal.Kind?) async throws {
        let office = try await Office(on: day(2024, 6, 20)), posted = try notice()
        try await office.insert(posted)
        office.clock.set(on)
        #expect(try await office.refusal { try await office.submit("notices.withdraw-notice", ["notice": posted.id.text, "withdrawal_reason": "金额有误"], as: reviewer) } == kind)
    }
}

extension Office {
    /// As a procedure would have posted it.
    func insert(_ notice: Notice) async throws {
        let columns = Notice.shape.fields.map(\.name), raw = notice.raw
        let row = columns.map { name -> StoredValue in if case .stored(let value)? = raw[name] { value } else { .null } }
        _ = try await database.write { try $0.insert(into: Notice.table, columns, rows: [row]) }
    }

    func rule(_ policy: String, _ value: String) async throws {
        let now = clock.now()
        _ = try await database.write { connection in
            try connection.run("""
                INSERT INTO ruling (id, policy, variant, region, from_on, value, cite, drafted_by, drafted_at, published_by, published_at)
                VALUES (\(ID<Ruling>.make(at: now)), \(policy), '-', \(RegionCode.country), '2012-12-12', \(value), '示例', '甲', \(now), '乙', \(now))
                """)
        }
    }
}
