import Commons
import Kernel
import Pages
import Reading
import Storage
import Testing
import Values
@testable import Planning

@Suite("总结：起草、修改、批准、冻结、重算")
struct SummaryStoryTests {
    @Test("初稿逐句由数字写成，没有数据的写在最后")
    func draft() async throws {
        let office = try await SummaryOffice(), id = try await office.draft(), text = try await office.paper(id, isMarked: false).plainText
        for sentence in ["示范市民政局2024年工作总结", "试验新增户数1010户，比上年同期增长1%", "试验资金发放额11656.26万元，比上年同期增长16.6%", "截至12月底，试验床位1349张，比上年末下降3.6%", "试验保障标准为735元/人/月",
                         "以下指标本期没有数据，本稿不写数字：试验空缺件数"] {
            #expect(text.contains(sentence), "\(sentence)\n\(text)")
        }
        #expect(!text.contains("〔"))
        let standing = try await office.standing(id)
        #expect(standing.figures.count == 7 && standing.figures.allSatisfy { $0.state == .bound } && standing.loose.isEmpty)
        #expect(Set(standing.figures.map(\.figure.code)).count == 7)
    }

    @Test("改了文字数还绑着；改了数标为已改动；生记号、重记号不收；没有来历的数列出来")
    func edits() async throws {
        let office = try await SummaryOffice(), id = try await office.draft(), line = try #require(try await office.standing(id).lines.first { $0.text.contains("1010户") })
        func edit(_ text: String) async throws { try await office.act("edit-summary-line", ["line": line.id.text, "text": text], as: writer) }
        try await edit("全年" + line.text)
        #expect(try await office.standing(id).figures.allSatisfy { $0.state == .bound })
        try await edit(line.text.replacing("1010户", with: "1110户"))
        let over = try await office.standing(id).figures.filter { $0.state == .typedOver }
        #expect(over.map(\.figure.shown) == ["1010户"] && over[0].typed.contains("1110户"))
        #expect(try await office.paper(id).plainText.contains("已改动，系统数为1010户"))
        #expect(await office.refusal { try await edit(line.text + "另有5件〔99〕") }?.problems.first?.path == ["text"])
        #expect(await office.refusal { try await edit(line.text + "〔1〕") }?.message.contains("两次") == true)
        try await edit(line.text + "走访困难家庭20户。")
        #expect(try await office.standing(id).loose.count == 1)
        try await office.act("edit-summary-line", ["line": line.id.text, "remove": "1"], as: writer)
        #expect(try await office.standing(id).figures.contains { $0.state == .dropped })
    }

    @Test("起草、修改、审核的人都不能批准；批准后不能再改")
    func approval() async throws {
        let office = try await SummaryOffice(), id = try await office.draft()
        #expect(await office.refusal { try await office.act("approve-summary", ["summary": id], as: head) }?.kind == .outOfOrder)
        try await office.act("review-summary", ["summary": id], as: head)
        #expect(await office.refusal { try await office.act("approve-summary", ["summary": id], as: head) }?.kind == .forbidden)
        #expect(await office.refusal { try await office.act("approve-summary", ["summary": id], as: writer) }?.kind == .forbidden)
        try await office.act("return-summary", ["summary": id, "reason": "再核一遍"], as: checker)
        let other = try await office.approved(), line = try #require(try await office.standing(other).lines.last)
        #expect(await office.refusal { try await office.act("edit-summary-line", ["line": line.id.text, "text": "改"], as: writer) }?.kind == .outOfOrder)
    }

    @Test("冻结后重算：没变的都相同；迟报的数看得出原来、现在和原因；库里改字查得出")
    func verification() async throws {
        let office = try await SummaryOffice(), id = try await office.approved()
        let first = try await office.verification(id)
        #expect(first.differences.isEmpty && first.isIntact == true && first.conclusion.contains("都相同"))
        office.clock.set(CivilDate(written: 2025, 2, 1))
        try await office.enter("shed.households", 1_020, "2024-01", "2024-12")
        let later = try await office.verification(id)
        #expect(Set(later.differences.map(\.figure.role)) == [.value, .growth])
        let value = try #require(later.differences.first { $0.figure.role == .value })
        #expect(value.figure.shown == "1010户" && value.nowShown == "1020户" && value.why.contains("更正"))
        #expect(later.isIntact == true)
        #expect(try await office.page("summaries/{id}/verify", ["id": id]).contains("1020户"))
        try await office.database.write { try $0.run("UPDATE summary_line SET text = replace(text, '1010户', '1910户') WHERE summary_id = \(id)") }
        #expect(try await office.verification(id).isIntact == false)
    }

    @Test("增长改成下降：存得下，看得见，送不出去，批不了；批准以后在库里改的，重算时说得出")
    func turned() async throws {
        let office = try await SummaryOffice(), id = try await office.draft(), line = try #require(try await office.standing(id).lines.first { $0.text.contains("比上年同期增长16.6%") })
        let saved = try await office.act("edit-summary-line", ["line": line.id.text, "text": line.text.replacing("增长16.6%", with: "下降16.6%")], as: writer)
        #expect(saved.message.contains("方向写反了：「试验资金发放额」是增长，不是下降"))
        #expect(try await office.page("summaries/{id}", ["id": id]).contains("1 处写法与数字不符"))
        #expect(try await office.paper(id).plainText.contains("写法与数字不符"))
        #expect(await office.refusal { try await office.act("review-summary", ["summary": id], as: checker) }?.message.contains("方向写反") == true)
        try await office.act("edit-summary-line", ["line": line.id.text, "text": line.text], as: writer)
        try await office.act("review-summary", ["summary": id], as: checker)
        let swap = "UPDATE summary_line SET text = replace(text, '增长16.6%', '下降16.6%') WHERE summary_id = \(id)" as Statement
        try await office.database.write { try $0.run(swap) }
        #expect(await office.refusal { try await office.act("approve-summary", ["summary": id], as: head) }?.message.contains("方向写反") == true)
        let approved = try await office.approved()
        #expect(try await office.verification(approved).isSound)
        try await office.database.write { try $0.run("UPDATE summary_line SET text = replace(text, '增长16.6%', '下降16.6%') WHERE summary_id = \(approved)") }
        let told = try await office.verification(approved)
        #expect(!told.isSound && told.differences.isEmpty && told.conclusion.contains("方向写反"))
        #expect(try await office.page("summaries/{id}/verify", ["id": approved]).contains("写法不符"))
    }

    @Test("文字和摘要一起改过的，与批准日志不符；日志里没有批准的也说得出；旧版批准的说明只能比库里的摘要")
    func anchored() async throws {
        let office = try await SummaryOffice(), id = try await office.approved()
        #expect(try await office.verification(id).seal == .intact)
        try await office.database.write { try $0.run("UPDATE summary_line SET text = replace(text, '试验新增户数', '试验新增总户数') WHERE summary_id = \(id)") }
        #expect(try await office.verification(id).seal == .altered)
        let digest = try await office.standing(id).digest()
        try await office.database.write { try $0.run("UPDATE work_summary SET frozen_hash = \(digest) WHERE id = \(id)") }
        let exchanged = try await office.verification(id)
        #expect(exchanged.seal == .exchanged && exchanged.isIntact == false && exchanged.conclusion.contains("一起改过"))
        #expect(SummarySeal("a", kept: nil, message: nil) == .open && SummarySeal("a", kept: "a", message: nil) == .unrecorded)
        #expect(SummarySeal("a", kept: "a", message: "已批准") == .unanchored && SummarySeal("a", kept: "a", message: "已批准。\(SummarySeal.words("a"))") == .intact)
    }

    @Test("改前的文字都留着：谁、什么时候、改成什么；可以恢复，删去的也可以")
    func history() async throws {
        let office = try await SummaryOffice(), id = try await office.draft(), summary = try #require(ID<WorkSummary>(rawValue: id))
        let line = try #require(try await office.standing(id).lines.first { $0.text.contains("1010户") })
        func past() async throws -> [SummaryLinePast] { try await office.counter.read(as: writer) { try $0.past(of: summary) } }
        func edit(_ values: [String: String]) async throws { try await office.act("edit-summary-line", ["line": line.id.text].merging(values) { $1 }, as: writer) }
        try await edit(["text": line.text])
        #expect(try await past().isEmpty)
        try await edit(["text": "全年" + line.text])
        office.clock.set(CivilDate(written: 2025, 1, 11))
        try await edit(["text": "本年" + line.text])
        #expect(try await past().map(\.text) == ["全年" + line.text, line.text])
        #expect(try await past().allSatisfy { $0.changedByName == writer.name && $0.change == .edited })
        let page = try await office.page("summaries/{id}", ["id": id])
        for words in ["修改记录", "恢复成这样", "2025年1月11日", writer.name] { #expect(page.contains(words), "\(words)") }
        office.clock.set(CivilDate(written: 2025, 1, 12))
        try await edit(["remove": "1"])
        #expect(try await office.standing(id).lines.allSatisfy { $0.id != line.id })
        let first = try #require(try await past().last)
        try await office.act("restore-summary-line", ["past": first.id.text], as: writer)
        #expect(try await office.standing(id).lines.first { $0.id == line.id }.map { [$0.text, "\($0.isEdited)", "\($0.position)"] } == [line.text, "false", "\(line.position)"])
        #expect(await office.refusal { try await office.act("restore-summary-line", ["past": first.id.text], as: writer) }?.kind == .outOfOrder)
        let removed = try #require(try await past().first { $0.change == .removed })
        try await office.act("restore-summary-line", ["past": removed.id.text], as: writer)
        #expect(try await past().count == 4)
        #expect(await office.refusal { try await office.act("restore-summary-line", ["past": first.id.text], as: stranger) }?.kind == .forbidden)
        try await office.act("review-summary", ["summary": id], as: checker)
        #expect(await office.refusal { try await office.act("restore-summary-line", ["past": first.id.text], as: writer) }?.kind == .outOfOrder)
    }

    @Test("一个记号只留一处：抄到别的段落不收，库里抄的也标为已改动")
    func oneplace() async throws {
        let office = try await SummaryOffice(), id = try await office.draft(), lines = try await office.standing(id).lines, last = try #require(lines.last)
        #expect(await office.refusal { try await office.act("edit-summary-line", ["line": last.id.text, "text": "又有9999户〔1〕。"], as: writer) }?.message.contains("已在第") == true)
        try await office.database.write { try $0.run("UPDATE summary_line SET text = '又有9999户〔1〕。' WHERE id = \(last.id)") }
        #expect(try await office.standing(id).figures.first { $0.figure.number == 1 }?.state == .typedOver)
    }

    @Test("追溯页：本区域的人看得到口径和期间；下级只看批准过的；外市看不到；乱码说明去哪里找")
    func trace() async throws {
        let office = try await SummaryOffice(), id = try await office.draft()
        let code = try #require(try await office.standing(id).figures.first { $0.figure.indicator == "shed.households" }?.figure.code)
        let page = try await office.page("trace/{code}", ["code": code])
        for word in ["试验新增户数", "当年新增的户", "2024年", "1010户", "手工填报", "示范市"] { #expect(page.contains(word), "\(word)") }
        #expect(await office.refusal { _ = try await office.page("trace/{code}", ["code": code], as: town) }?.kind == .forbidden)
        try await office.act("review-summary", ["summary": id], as: checker)
        try await office.act("approve-summary", ["summary": id], as: head)
        #expect(try await office.page("trace/{code}", ["code": code.lowercased()], as: town).contains("试验新增户数"))
        #expect(await office.refusal { _ = try await office.page("trace/{code}", ["code": code], as: stranger) }?.kind == .forbidden)
        #expect(await office.refusal { _ = try await office.page("trace/{code}", ["code": "ZZZZZZZZ"]) }?.kind == .absent)
    }

    @Test("半年总结只数上半年，比上年末；还没到的年份不写")
    func halfYear() async throws {
        let office = try await SummaryOffice(on: CivilDate(written: 2024, 7, 5))
        try await office.enter("shed.beds", 1_410, "2024-06", "2024-06")
        let text = try await office.paper(try await office.draft(kind: "half-year"), isMarked: false).plainText
        #expect(text.contains("2024年上半年工作总结") && text.contains("截至6月底，试验床位1410张，比上年末增长0.7%"))
        #expect(!text.contains("1010户"))
        #expect(await office.refusal { _ = try await office.draft(2026) }?.problems.first?.path == ["year"])
    }

    @Test("网页、文本上的数相同：每个数和它的记号都在")
    func faces() async throws {
        let office = try await SummaryOffice(), id = try await office.approved(), paper = try await office.paper(id), page = try await office.page("summaries/{id}", ["id": id])
        for entry in try await office.standing(id).figures {
            #expect(paper.plainText.contains(entry.figure.shown + SummaryText.mark(entry.figure.number)))
            #expect(page.contains(entry.figure.shown) && page.contains(entry.figure.link))
        }
    }
}

@Suite("改过的总结逐个查得出")
struct TamperingTests {
    private enum Tampering: CaseIterable {
        case digit, unit, doubled

        func apply(to shown: String) -> String {
            switch self {
            case .digit:
                guard let place = shown.lastIndex(where: { $0.isNumber }), let digit = shown[place].wholeNumberValue else { return shown }
                return shown.replacingCharacters(in: place ... place, with: "\((digit + 1) % 10)")
            case .unit: return shown.hasSuffix("户") ? shown.replacing("户", with: "人") : shown.hasSuffix("%") ? shown.replacing("%", with: "个百分点") : shown.hasSuffix("万元") ? shown.replacing("万元", with: "元")
                : shown.hasSuffix("张") ? shown.replacing("张", with: "人") : shown.replacing("元/人/月", with: "元/人/年")
            case .doubled:
                let number = shown.prefix { $0.isNumber || $0 == "." }, decimals = number.split(separator: ".").dropFirst().first?.count ?? 0
                let whole = (Int64(number.filter(\.isNumber)) ?? 0) * 2
                return WrittenAmount.decimal(UInt64(whole), decimals) + shown.dropFirst(number.count)
            }
        }
    }

    @Test("带记号的：改一位数、换单位、翻一倍、改百分比，每个数都指得出，别的数仍相符")
    func marked() async throws {
        let office = try await SummaryOffice(), id = try await office.approved(), text = try await office.paper(id).plainText
        let clean = try await office.check(text)
        #expect(clean.count >= 7 && clean.allSatisfy { $0.judgement.verdict == .matched }, "\(clean.filter { $0.judgement.verdict != .matched })")
        for entry in try await office.standing(id).figures {
            let bound = entry.figure.shown + SummaryText.mark(entry.figure.number)
            for tampering in Tampering.allCases {
                let changed = tampering.apply(to: entry.figure.shown), results = try await office.check(text.replacing(bound, with: changed + SummaryText.mark(entry.figure.number)))
                let wrong = results.filter { $0.judgement.verdict == .contradicted }
                #expect(wrong.count == 1 && wrong.first?.judgement.message.contains(entry.figure.shown) == true, "\(entry.figure.shown) → \(changed)：\(wrong.map(\.judgement.message))")
            }
        }
        let turned = try await office.check(text.replacing("比上年末下降", with: "比上年末增长"))
        #expect(turned.contains { $0.judgement.verdict == .contradicted && $0.judgement.message.contains("方向写反") })
    }

    @Test("去了记号的：凭指标也查得出数和百分比", arguments: [
        ("试验新增户数1010户", "试验新增户数1011户", "1010户"), ("试验新增户数1010户", "试验新增户数2020户", "1010户"), ("11656.26万元", "11656.27万元", "11656.26万元"),
        ("增长16.6%", "增长17.6%", "增长16.6%"), ("下降3.6%", "增长3.6%", "下降3.6%"), ("735元/人/月", "753元/人/月", "735元/人/月"), ("试验床位1349张", "试验床位1394张", "1349张"),
    ])
    func unmarked(_ right: String, _ wrong: String, _ told: String) async throws {
        let office = try await SummaryOffice(), id = try await office.approved()
        let text = try await office.paper(id, isMarked: false).plainText.split(separator: "\n").filter { !$0.contains("查验码") }.joined(separator: "\n")
        #expect(text.contains(right))
        #expect(try await office.check(text).allSatisfy { $0.judgement.verdict == .matched })
        let results = try await office.check(text.replacing(right, with: wrong))
        #expect(results.contains { $0.judgement.verdict == .contradicted && $0.judgement.message.contains(told) }, "\(results.map(\.judgement.message))")
    }

    @Test("一千个数以内全核，多出的说明没有核；期间太长的不核；截至哪个月按那个月的标准")
    func bounds() async throws {
        let office = try await SummaryOffice()
        func text(_ count: Int) -> String { "2024年工作总结\n" + (0 ..< count).map { "试验第\($0 % 7)类事项\($0 + 3)户，" }.joined() + "完。" }
        let whole = try await office.act("check-draft", ["region": "000181", "title": "满", "year": "2024", "text": text(DraftChecker.atMost)], as: writer)
        #expect(whole.message.contains("共 \(DraftChecker.atMost) 个数") && !whole.message.contains("只核校前"))
        let over = try await office.act("check-draft", ["region": "000181", "title": "多", "year": "2024", "text": text(DraftChecker.atMost + 5)], as: writer)
        #expect(over.message.contains("只核校前 1000 个数，后面还有 5 个没有核"))
        #expect(try await office.page("checks/{id}", ["id": over.subject]).contains("只核校前 1000 个数"))
        #expect(await office.refusal { try await office.act("check-draft", ["region": "000181", "title": "长", "year": "2024", "text": text(40_000)], as: writer) }?.message.contains("60000") == true)
        let long = try await office.check("2024年工作总结\n自1990年1月至2024年12月试验新增户数1011户。")
        #expect(long.first?.judgement.message.contains("超过二十年") == true, "\(long)")
        try await office.enter("shed.rate", 70_000, "2024-03", "2024-03")
        let dated = try await office.check("2024年工作总结\n截至6月底，试验保障标准为700元/人/月。试验保障标准为735元/人/月。")
        #expect(dated.map(\.judgement.verdict) == [.matched, .matched], "\(dated.map(\.judgement.message))")
        let both = try await office.check("2024年工作总结\n截至6月底试验床位1400张，自7月起试验保障标准为735元/人/月。")
        #expect(both.last?.judgement.verdict == .matched, "\(both.map(\.judgement.message))")
    }

    @Test("核校留存，可以再打开；空文稿、没有数的文稿说清楚")
    func kept() async throws {
        let office = try await SummaryOffice()
        let outcome = try await office.act("check-draft", ["region": "000181", "title": "送审稿", "year": "2024", "text": "2024年工作总结\n试验新增户数1011户。试验床位1349张。\n另有一事3件。"], as: writer)
        #expect(outcome.message.contains("不符 1"))
        let page = try await office.page("checks/{id}", ["id": outcome.subject])
        for word in ["1011户", "应为", "1010户", "查无依据"] { #expect(page.contains(word), "\(word)") }
        #expect(await office.refusal { _ = try await office.page("checks/{id}", ["id": outcome.subject], as: stranger) }?.kind == .forbidden)
        #expect(await office.refusal { try await office.act("check-draft", ["region": "000181", "title": "空", "year": "2024", "text": "没有数字的话。"], as: writer) }?.problems.first?.path == ["text"])
        #expect(await office.refusal { try await office.act("check-draft", ["region": "000181", "title": "空", "year": "2024", "text": "  \n "], as: writer) } != nil)
    }
}
