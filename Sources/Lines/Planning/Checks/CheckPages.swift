import Commons
import Kernel
import Pages
import Reading
import Values

extension FigureCheck {
    /// What contradicts itself within the text, whatever the registers say.
    var findings: [Finding] { TextCheck.findings(in: DocumentReading(MarkedText(text.text).blanked)) }
}

extension Reader {
    /// A check that the reader may see: of his own region or below it.
    func figureCheck(_ id: ID<FigureCheck>) throws -> FigureCheck {
        let check = try find(id)
        guard actor.covers(check.region) || check.checkedBy == actor.user else { throw Refusal.forbidden("这次核校不属于您所在的区域") }
        return check
    }

    func rows(of check: ID<FigureCheck>) throws -> [FigureCheckRow] { try all(FigureCheckRow.self, where: "check_id = \(check) ORDER BY number") }
}

/// 核校结果页：the text with its marks, then each number with what it should be.
let checkPage = Page("checks/{id}", "核校结果") { visit in
    let reader = visit.reader, check = try reader.figureCheck(try visit.id())
    let view = CheckView(check: check, rows: try reader.rows(of: check.id))
    let acts = [PageAct("结果表（可下载）", "/planning/check-rows?check_id=\(check.id.text)"), PageAct("再核一份", "/planning/do/\(CheckDraft.name)")]
    return Page.Body("核校：\(check.title)", breadcrumbs: [("计划与总结", "/planning"), ("数字核校", "/planning/checks")], acts: acts) { view.markup }
}

struct CheckView: Sendable {
    let check: FigureCheck
    let rows: [FigureCheckRow]

    var markup: Markup {
        """
        \(RecordHeadView(facts: ["\(check.year) 年", "\(check.checkedByName) \(check.checkedAt.shown)", "共 \(rows.count) 个数"],
                         tags: [TagView("相符 \(check.matched)", .ok), TagView("不符 \(check.contradicted)", check.contradicted > 0 ? .stop : .plain),
                                TagView("请核对 \(check.asked)", check.asked > 0 ? .warn : .plain), TagView("查无依据 \(check.unsupported)")]))
        \(box)\(some: check.leftOutWords, { NoticeBoxView(.warn, "没有全部核完", $0).markup })
        \(if: !contradicted.isEmpty, PanelView("不符的数", table("wrong", contradicted).markup).markup)
        \(PanelView("文中的矛盾", findings))
        \(PanelView("原文", "\(key)<div class=\"checked\">\(text)</div>"))
        \(PanelView("逐个结果", table("all", rows).markup))
        """
    }

    private var contradicted: [FigureCheckRow] { rows.filter { $0.verdict == .contradicted } }

    private var box: NoticeBoxView {
        check.contradicted > 0 ? NoticeBoxView(.warn, "有 \(check.contradicted) 个数与系统不符", "点原文里的序号看应为多少。")
            : NoticeBoxView(.info, "没有不符的数", check.asked + check.unsupported > 0 ? "请核对和查无依据的数仍要人工落实。" : "")
    }

    private var findings: Markup {
        let found = check.findings
        let rows = found.map { finding in
            let tone: Tone = finding.weight == .fault ? .stop : finding.weight == .question ? .warn : .plain
            return TableRowView([.text("第 \(finding.places.first?.line ?? 0) 行"), .tag(TagView(finding.weight.label, tone)), .text(finding.check.label), .text(finding.message)])
        }
        return TableView(id: "findings", caption: "只凭文稿看出来的", columns: [.init("位置", .code), .init("程度"), .init("项目", .code), .init("说明")], rows: rows,
                         empty: EmptyView("没有发现", "合计、部分与总数、比率、日期、前后两处的数都没有矛盾。")).markup
    }

    private func table(_ id: String, _ rows: [FigureCheckRow]) -> TableView {
        TableView(id: id, caption: id == "all" ? "按文中的次序" : "应为多少", columns: [
            .init("序号", .number), .init("行", .number), .init("指标"), .init("文中写法", .number), .init("结论"), .init("系统数", .number), .init("说明"),
        ], rows: rows.map { row in
            let known: CellView = row.known.map { shown in row.link.map { .link(shown, href: $0) } ?? .text(shown) } ?? .absent
            let verdict = CellView.tag(TagView(row.verdict.label, row.verdict.tone))
            return TableRowView([.text("\(row.number)"), .text("\(row.line)"), .text(row.phrase), .text(row.stated), verdict, known, .text(row.message)])
        }, empty: EmptyView("没有", ""))
    }

    // MARK: The text

    private var key: Markup {
        "<p class=\"checked-key\">\(each: Verdict.allCases, { "<span class=\"\($0.tone.rawValue)\">\($0.sign) \($0.label)</span>" })</p>"
    }

    private var text: Markup {
        let scalars = Array(check.text.text.unicodeScalars)
        var lines: [Markup] = [], current: Markup = .empty, place = 0
        func add(until end: Int) {
            var start = place
            for index in place ..< max(place, end) where scalars[index] == "\n" {
                lines.append("\(current)\(Self.words(scalars[start ..< index]))")
                (current, start) = (.empty, index + 1)
            }
            current = "\(current)\(Self.words(scalars[start ..< max(start, end)]))"
            place = max(place, end)
        }
        for row in rows where row.startsAt >= place && row.endsAt <= scalars.count {
            add(until: row.startsAt)
            let words = Self.words(scalars[row.startsAt ..< row.endsAt]), verdict = row.verdict
            current = "\(current)<mark class=\"\(verdict.tone.rawValue)\" title=\"\(verdict.label)：\(row.message)\">\(words)<sup>\(verdict.sign)\(row.number)</sup></mark>"
            place = row.endsAt
        }
        add(until: scalars.count)
        return "\(each: lines + [current], { "<p>\($0)</p>\n" })"
    }

    private static func words(_ scalars: ArraySlice<Unicode.Scalar>) -> Markup {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return "\(String(view))"
    }
}

extension Verdict {
    var tone: Tone {
        switch self {
        case .matched: .ok
        case .contradicted: .stop
        case .question: .warn
        case .unsupported: .plain
        }
    }
}
