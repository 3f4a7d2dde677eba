import Commons
import Kernel
import Storage
import Values

/// 数字核校。Checks every number of a draft and keeps what was found.
struct CheckDraft: Action {
    let check: ID<FigureCheck>
    let region: RegionCode
    let draftTitle: String
    let year: Int
    let text: DraftText

    static let title = "数字核校"
    static let guidance = "粘贴总结、汇报等文稿，系统逐个核对里面的数：相符、不符（给出应为多少）、请核对、查无依据；文中自相矛盾的也会指出。"
    static let roles = Set<Role>.readers.subtracting(.administrators)
    static let subject = Subject<CheckDraft>.new(in: \.region)
    static let shape = Shape<CheckDraft> {
        Field(.newCheck, \.check)
        Field(.region, \.region)
        Field(.checkTitle, \.draftTitle)
        Field(.checkYear, \.year)
        Field(.draftText, \.text)
    }

    init(from reading: Reading<CheckDraft>) throws(Refusal) {
        check = try reading(.newCheck)
        region = try reading(.region)
        draftTitle = try reading(.checkTitle)
        year = try reading(.checkYear)
        text = try reading(.draftText)
    }

    static func known(_ subject: String?, at reader: Reader) throws -> RawFields {
        RawFields(["region": .stored(reader.actor.region.stored)])
    }

    func perform(at desk: Desk) throws -> Outcome {
        guard (2000 ... 2099).contains(year) else { throw Refusal.invalid("年度应为 2000 至 2099，请核对").at(["year"]) }
        let (results, leftOut) = try DraftChecker(text.text, year: year, in: region, desk).results()
        guard !results.isEmpty else { throw Refusal.invalid("文中没有读到带单位的数，请确认粘贴的是总结或汇报的正文").at(["text"]) }
        let record = FigureCheck(id: check, region: region, title: draftTitle, year: year, text: text, results: results, leftOut: leftOut, by: desk.actor, at: desk.now)
        try desk.insert(record)
        for (index, result) in results.enumerated() { try desk.insert(FigureCheckRow(result, number: index + 1, of: record, id: desk.makeID())) }
        let findings = record.findings
        return Outcome(record.id, "共 \(results.count) 个数：相符 \(record.matched)，不符 \(record.contradicted)，请核对 \(record.asked)，查无依据 \(record.unsupported)；"
            + (findings.isEmpty ? "文中没有发现自相矛盾" : "文中有 \(findings.count) 处前后不合或待核")
            + (record.leftOutWords.map { "。\($0)" } ?? ""), link: record.link)
    }
}

extension FigureCheckRow {
    init(_ result: CheckedFigure, number: Int, of check: FigureCheck, id: ID<FigureCheckRow>) {
        let judgement = result.judgement
        self.init(id: id, check: check.id, region: check.region, number: number, line: result.line, startsAt: result.range.lowerBound, endsAt: result.range.upperBound,
                  phrase: result.phrase.isEmpty ? "（未指明）" : result.phrase, stated: result.stated.isEmpty ? "（空）" : result.stated, verdict: judgement.verdict,
                  known: judgement.known?.shown, link: judgement.known?.link, message: judgement.message.isEmpty ? "相符" : judgement.message)
    }
}
