import Kernel
import Storage
import Values

/// 核校台账。
let checkListing = Listing(
    "checks", "数字核校", of: FigureCheckListed.self, sorted: [.descending(.checkedAt), .ascending(Term<ID<FigureCheck>>.id)], filters: [.within(.region)], totals: [.count("份")],
    emptyText: "核校过的文稿会出现在这里；点“数字核校”粘贴一份，或上传文稿", link: { "/planning/checks/\($0.text("id") ?? "")" }
) { query in
    """
    SELECT id, title, year, matched, contradicted, asked, unsupported, checked_by_name, checked_at, region FROM figure_check WHERE \(query.within("region"))
    """
}

struct FigureCheckListed: Shaped {
    let id: ID<FigureCheck>, title: String, year: Int, matched: Int, contradicted: Int, asked: Int, unsupported: Int
    let checkedByName: String, checkedAt: Instant, region: RegionCode

    static let shape = Shape<FigureCheckListed> {
        Field(.checkTitle, \.title)
        Field(.checkYear, \.year)
        Field(.matchedCount, \.matched)
        Field(.contradictedCount, \.contradicted)
        Field(.askedCount, \.asked)
        Field(.unsupportedCount, \.unsupported)
        Field(.checkedByName, \.checkedByName)
        Field(.checkedAt, \.checkedAt)
        Field(.region, \.region)
        Field(.id, \.id)
    }

    init(from reading: Reading<FigureCheckListed>) throws(Refusal) {
        id = try reading(.id)
        title = try reading(.checkTitle)
        year = try reading(.checkYear)
        matched = try reading(.matchedCount)
        contradicted = try reading(.contradictedCount)
        asked = try reading(.askedCount)
        unsupported = try reading(.unsupportedCount)
        checkedByName = try reading(.checkedByName)
        checkedAt = try reading(.checkedAt)
        region = try reading(.region)
    }
}

/// 核校结果台账：for download, and for other programs.
let checkRowListing = Listing(
    "check-rows", "核校结果", of: FigureCheckRowListed.self, sorted: [.ascending(.checkOfRow), .ascending(.rowNumber), .ascending(Term<ID<FigureCheckRow>>.id)],
    filters: [.equals(.checkNumber), .equals(.verdict)], totals: [.count("个数")], emptyText: "核校的每个数会出现在这里", link: { "/planning/checks/\($0.text("check_id") ?? "")" }
) { query in
    "SELECT id, check_id, number, line, phrase, stated, verdict, known, message, region FROM figure_check_row WHERE \(query.within("region"))"
}

struct FigureCheckRowListed: Shaped {
    let id: ID<FigureCheckRow>, check: ID<FigureCheck>, number: Int, line: Int, phrase: String, stated: String, verdict: Verdict, known: String?, message: String
    let region: RegionCode

    static let shape = Shape<FigureCheckRowListed> {
        Field(.rowNumber, \.number)
        Field(.textLine, \.line)
        Field(.phrase, \.phrase)
        Field(.stated, \.stated)
        Field(.verdict, \.verdict)
        Field(.knownValue, \.known)
        Field(.checkMessage, \.message)
        Field(.region, \.region)
        Field(.checkOfRow, \.check)
        Field(.id, \.id)
    }

    init(from reading: Reading<FigureCheckRowListed>) throws(Refusal) {
        id = try reading(.id)
        check = try reading(.checkOfRow)
        number = try reading(.rowNumber)
        line = try reading(.textLine)
        phrase = try reading(.phrase)
        stated = try reading(.stated)
        verdict = try reading(.verdict)
        known = try reading(.knownValue)
        message = try reading(.checkMessage)
        region = try reading(.region)
    }
}
