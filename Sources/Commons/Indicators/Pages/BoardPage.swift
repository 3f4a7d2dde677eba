import Kernel
import Pages
import Storage
import Values

/// 指标看板：small multiples on one grid, by area; each leads to its definition, its history and its rows.
let boardPage = Page("board", "指标看板", inMenu: true, isOverview: true) { visit in
    let asked = IndicatorAsked(visit), reader = visit.reader, book = try reader.indicatorBook()
    let area = visit.text("area").flatMap { book.areas.contains($0) ? $0 : nil }, isWhole = visit.text("empty") == "1"
    let board = try IndicatorBoard(book, area: area, isWhole: isWhole, page: visit.text("page").flatMap(Int.init) ?? 1, asked, reader)
    let filters = FiltersView(
        action: "/indicators/board", sentence: "\(try reader.placeName(asked.place))，\(asked.period.shown)，\(area ?? "全部领域")，\(board.counted)",
        fields: [FieldView(["area"], "领域", .choice([Choice(code: "", label: "全部")] + book.areas.map { Choice(code: $0, label: $0) }), value: area ?? "", required: false)]
            + asked.fields(try reader.placeChoices(around: asked.place)),
        clearHref: visit.query.isEmpty ? nil : "/indicators/board")
    let links = [LinkView("指标目录", href: "/indicators/catalogue"), LinkView("填报的数", href: "/indicators/entries"), LinkView("各月合计", href: "/indicators/monthly")]
    let mine = reader.indicatorActs
    return Page.Body("指标看板", acts: mine) {
        """
        \(filters)<p class="links">\(each: links, { "\($0) " })\(board.others)</p>
        \(board.empty)<div class="board">\(each: board.sections, { "<section><h2>\($0.area)</h2>\($0.figures)</section>" })</div>
        \(board.pager)
        <p class="note">\(board.counting)</p>
        """
    }
}

/// 看板上的数。Sixty at a time.
struct IndicatorBoard: Sendable {
    static let size = 60

    let sections: [(area: String, figures: FiguresView)]
    let counted: String
    let counting: String
    let others: LinkView?
    let pager: PagerView?
    let empty: EmptyView?

    init(_ book: IndicatorBook, area: String?, isWhole: Bool, page: Int, _ asked: IndicatorAsked, _ reader: Reader) throws {
        let wanted = Self.ordered(book, area)
        let figures = try reader.figures(of: wanted, in: asked.place, through: max(asked.period.through, asked.history.through))
        let known = try isWhole ? wanted : wanted.filter { try figures.hasAny($0, asked) }
        let first = max(min(page, (known.count - 1) / Self.size + 1) - 1, 0) * Self.size, shown = known.dropFirst(first).prefix(Self.size)
        let targets = try reader.indicatorTargets(in: asked.place, year: asked.period.through.year)
        let drawn = try shown.map { (area: $0.area, figure: try figures.figure(of: $0, asked, target: targets[$0.code])) }
        sections = book.areas.compactMap { area in
            let own = drawn.filter { $0.area == area }.map(\.figure)
            return own.isEmpty ? nil : (area, FiguresView(own))
        }
        counted = "\(known.count) 项指标"
        let silent = wanted.count - known.count, base = asked.address("/indicators/board", area.map { ("area", $0) })
        others = silent > 0 ? LinkView("还有 \(silent) 项这两年没有数，一并列出", href: base + "&empty=1") : nil
        let more = first + shown.count < known.count, number = first / Self.size + 1, tail = isWhole ? "&empty=1" : ""
        pager = known.count > Self.size ? PagerView(previousHref: first > 0 ? "\(base)&page=\(number - 1)\(tail)" : nil, nextHref: more ? "\(base)&page=\(number + 1)\(tail)" : nil,
                                                    position: "第 \(first + 1)–\(first + shown.count) 项，共 \(known.count) 项") : nil
        empty = known.isEmpty ? EmptyView("这里还没有数", "登记、办理之后，由系统计算的指标会在几秒内出现；手工填报的，填报之后出现。") : nil
        counting = figures.countedAt.map { "系统计算的指标计至 \($0.shown)，由日志封存之后的登记重数得出；手工填报的以填报时刻为准。" } ?? "系统计算的指标正在第一次计数，请稍后刷新。"
    }

    /// By area, each with what the system counts first.
    private static func ordered(_ book: IndicatorBook, _ area: String?) -> [Indicator] {
        book.areas.filter { area == nil || $0 == area }.flatMap { area in
            let own = book.all.filter { $0.area == area }
            return own.filter { !$0.isManual } + own.filter(\.isManual)
        }
    }
}

extension IndicatorFigures {
    /// Whether there is anything to show in the months of the chart or the span.
    fileprivate func hasAny(_ indicator: Indicator, _ asked: IndicatorAsked) throws -> Bool {
        if let amount = try value(of: indicator, over: asked.period).amount, amount != 0 { return true }
        return try asked.history.months.contains { try value(of: indicator, over: .month($0)).amount ?? 0 != 0 }
    }

    fileprivate func figure(of indicator: Indicator, _ asked: IndicatorAsked, target: IndicatorAim?) throws -> FiguresView.Figure {
        let value = try value(of: indicator, over: asked.period)
        var notes: [String] = indicator.isManual ? ["手工填报"] : []
        if let asOf = value.asOf, asOf != asked.period.through { notes.append("截至\(asOf.shown)") }
        if indicator.nature == .flow, value.amount != nil, !value.missing.isEmpty { notes.append("缺 \(value.missing.count) 个月") }
        if let target { notes.append("\(asked.period.through.year)年目标 \(target.shown)\(target.standing.map { "：\($0)" } ?? "")") }
        let isPercent = value.unit.name == "%"
        return FiguresView.Figure(indicator.name, href: asked.address(indicator.link), amount: value.amount.map { value.unit.number($0) + (isPercent ? "%" : "") } ?? "暂无数据",
                                  unit: value.amount == nil || isPercent ? "" : value.unit.name, changes: try changes(of: indicator, value, asked),
                                  note: notes.isEmpty ? nil : notes.joined(separator: "，"), trend: try trend(of: indicator, asked.history, target: target?.amount))
    }
}

extension Reader {
    /// What this reader may add or report.
    var indicatorActs: [PageAct] {
        let shown = [AddManualIndicator.name, EnterAmount.name]
        return (house.line(indicatorsName)?.actions ?? []).filter { shown.contains($0.name) && $0.roles.contains(actor.role) }.reversed().enumerated().map {
            PageAct($1.title, "/indicators/do/\($1.name)", primary: $0 == 0)
        }
    }

    /// What this reader may do with one indicator in a place: report, or say that it is reported no more.
    func acts(on indicator: Indicator, in place: RegionCode) throws -> [PageAct] {
        guard indicator.isManual else { return [] }
        let terms = "?indicator=\(indicator.code)" + (actor.covers(place) ? "&region=\(place.code)" : ""), mayKeep = CloseSeries.roles.contains(actor.role) && actor.covers(place)
        if let closing = try closing(of: indicator.code, in: place) {
            let mend = EnterAmount.roles.contains(actor.role) ? [PageAct("更正以前的数", "/indicators/do/\(EnterAmount.name)\(terms)")] : []
            return mend + (mayKeep && closing.region == place ? [PageAct(ReopenSeries.title, "/indicators/do/\(ReopenSeries.name)\(terms)", primary: true)] : [])
        }
        let enter = EnterAmount.roles.contains(actor.role) ? [PageAct(EnterAmount.title, "/indicators/do/\(EnterAmount.name)\(terms)", primary: true)] : []
        return enter + (mayKeep ? [PageAct("停报", "/indicators/do/\(CloseSeries.name)\(terms)")] : [])
    }
}
