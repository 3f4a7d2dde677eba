/// 文书。One A4 page handed to a person: 告知书, 受理通知书. The decision stands in its first sentence.
public struct PrintSheet: Hashable, Sendable {
    public let unit: String
    public let title: String
    /// E.g. 示民低决〔2024〕123号.
    public let number: String
    /// Who it is addressed to.
    public let addressee: String
    /// Paragraphs; the first is the decision.
    public let body: [String]
    /// What the paragraphs speak of, as a table: members, months.
    public let particulars: TableView?
    public let arithmetic: ArithmeticView?
    /// The articles it rests on, numbered on the sheet; tables point to them with `mark`.
    public let basis: [String]
    /// How to object, where, and until when; empty on a sheet that decides nothing.
    public let objection: String
    /// Who signs what, e.g. 被送达人签名（盖章）.
    public let signatures: [String]
    public let date: String
    /// By which the sheet is found again.
    public let traceCode: String

    public init(
        unit: String, title: String, number: String, addressee: String, body: [String], particulars: TableView? = nil, arithmetic: ArithmeticView? = nil,
        basis: [String], objection: String, signatures: [String], date: String, traceCode: String
    ) {
        self.unit = unit
        self.title = title
        self.number = number
        self.addressee = addressee
        self.body = body
        self.particulars = particulars
        self.arithmetic = arithmetic
        self.basis = basis
        self.objection = objection
        self.signatures = signatures
        self.date = date
        self.traceCode = traceCode
    }
}

/// 打印页。One sheet, or many printed in bulk, each beginning on its own page. Its markup is the whole document.
public struct PrintDocument: Part, Hashable {
    public let site: Site
    public let title: String
    public let back: LinkView
    public let content: Markup

    public init(site: Site, title: String, back: LinkView, sheets: [PrintSheet]) {
        self.init(site: site, title: title, back: back, content: "\(each: sheets)")
    }

    /// - Parameter content: one sheet or more, already drawn.
    public init(site: Site, title: String, back: LinkView, content: Markup) {
        self.site = site
        self.title = title
        self.back = back
        self.content = content
    }

    public var markup: Markup {
        site.document(
            title: title, room: "sheets",
            body: """
                <main id="content" tabindex="-1">
                <div class="sheet-tools"><h1>\(title)</h1><p class="links">\(back)\
                <button class="button primary" type="button" data-print hidden>打印</button></p></div>
                \(content)
                </main>
                """)
    }
}

extension PrintSheet {
    /// 〔1〕：how the tables of a sheet point to its articles, counted from zero.
    public static func mark(_ index: Int) -> String { "〔\(index + 1)〕" }
}

extension PrintSheet: Part {
    public var markup: Markup {
        """
        <article class="sheet" aria-label="\(title) \(number)">
        <header><p class="unit">\(unit)</p><h2>\(title)</h2><p class="number">\(number)</p></header>
        <p class="addressee">\(addressee)：</p>
        \(each: body, { "<p>\($0)</p>" })
        \(particulars)\(arithmetic)
        \(if: !basis.isEmpty, "<section class=\"grounds\"><h3>依据</h3><ul>\(each: basis.enumerated(), { "<li>\(Self.mark($0.offset)) \($0.element)</li>" })</ul></section>")
        \(if: !objection.isEmpty, "<section class=\"objection\"><h3>如有异议</h3><p>\(objection)</p></section>")
        <div class="closing">
        <div class="signatures">\(each: signatures, { "<p>\($0)：<span class=\"rule\"></span></p>" })\(if: !signatures.isEmpty, "<p>日期：<span class=\"rule\"></span></p>")</div>
        <div class="seal"><p>\(unit)（盖章）</p><p>\(date)</p></div>
        </div>
        <footer><span>\(unit) · \(title)</span><span class="code">查验码 \(traceCode)</span></footer>
        </article>
        """
    }
}
