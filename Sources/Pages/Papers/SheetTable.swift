extension Sheet {
    /// 文书中的表。A caption, columns and rows; on a further page its head stands again.
    public struct Table: Hashable, Sendable {
        public let caption: String
        public let columns: [Column]
        public let rows: [Row]
        /// 核算: a table that adds up, its last line a total.
        public let isReckoning: Bool

        public init(_ caption: String, columns: [Column], rows: [Row], isReckoning: Bool = false) {
            self.caption = caption
            self.columns = columns
            self.rows = rows
            self.isReckoning = isReckoning
        }

        /// Rows of plain text.
        public init(_ caption: String, columns: [Column], texts: [[String]]) {
            self.init(caption, columns: columns, rows: texts.map { Row($0.map { Cell($0) }) })
        }
    }

    public struct Column: Hashable, Sendable {
        public let title: String
        public let kind: ColumnView.Kind
        /// How wide beside the others; nil is as wide as what stands in it asks for.
        public let share: Int?

        public init(_ title: String, _ kind: ColumnView.Kind = .text, share: Int? = nil) {
            self.title = title
            self.kind = kind
            self.share = share
        }

        /// Figures stand at the right, so that their places meet.
        public var isAtRight: Bool { kind == .number || kind == .money }
    }

    public struct Row: Hashable, Sendable {
        public let cells: [Cell]
        public let isTotal: Bool

        public init(_ cells: [Cell], isTotal: Bool = false) {
            self.cells = cells
            self.isTotal = isTotal
        }
    }

    public struct Cell: Hashable, Sendable {
        public let text: String
        /// How it came about, smaller: 735.00 元 × 3 人.
        public let note: String

        public init(_ text: String, note: String = "") {
            self.text = text
            self.note = note
        }
    }
}

extension Sheet.Table {
    /// 核算过程, as it stands on a page of the desk.
    public init(_ view: ArithmeticView) {
        self.init(view.caption, columns: [.init("项目", share: 7), .init("数值", .money, share: 3), .init("依据", share: 3)], rows: view.lines.map {
            Sheet.Row([.init($0.item, note: $0.detail), .init($0.value), .init($0.basis)], isTotal: $0.isTotal)
        }, isReckoning: true)
    }
}
