/// A paper in the usual order: text, particulars, reckoning, articles, how to object.
public typealias PrintSheet = Sheet

extension Sheet {
    /// - Parameters:
    ///   - body: paragraphs; the first is the decision.
    ///   - particulars: what the paragraphs speak of: members, months.
    ///   - basis: the articles it rests on, numbered on the paper; tables point to them with `mark`.
    ///   - objection: how to object, where, and until when; empty on a paper that decides nothing.
    public init(unit: String, title: String, number: String, addressee: String, body: [String], particulars: [Block] = [],
                basis: [String], objection: String, signatures: [String], date: String, receipt: Receipt? = nil, traceCode: String) {
        var blocks = body.map { Block.paragraph($0) } + particulars
        if !basis.isEmpty { blocks.append(.grounds(basis)) }
        if !objection.isEmpty { blocks.append(.remedies(objection)) }
        self.init(unit: unit, title: title, number: number, addressee: addressee, blocks: blocks, signatures: signatures, date: date,
                  receipt: receipt, traceCode: traceCode)
    }

    /// The same from the views of a page: what links there is only text on paper.
    public init(unit: String, title: String, number: String, addressee: String, body: [String], particulars: TableView? = nil, arithmetic: ArithmeticView?,
                basis: [String], objection: String, signatures: [String], date: String, traceCode: String) {
        self.init(unit: unit, title: title, number: number, addressee: addressee, body: body,
                  particulars: [particulars.map { Table($0) }, arithmetic.map { Table($0) }].compactMap(\.self).map { .table($0) },
                  basis: basis, objection: objection, signatures: signatures, date: date, traceCode: traceCode)
    }

    public init(unit: String, title: String, number: String, addressee: String, body: [String], particulars: TableView?,
                basis: [String], objection: String, signatures: [String], date: String, traceCode: String) {
        self.init(unit: unit, title: title, number: number, addressee: addressee, body: body, particulars: particulars, arithmetic: nil,
                  basis: basis, objection: objection, signatures: signatures, date: date, traceCode: traceCode)
    }
}

extension Sheet.Table {
    public init(_ view: TableView) {
        self.init(view.caption, columns: view.columns.map { .init($0.title, $0.kind) }, texts: view.rows.map { $0.cells.map(\.plain) })
    }
}

extension CellView {
    /// As it reads on paper.
    fileprivate var plain: String {
        switch self {
        case .text(let text), .money(let text), .link(let text, _): text
        case .tag(let tag): tag.text
        case .absent: "—"
        }
    }
}
