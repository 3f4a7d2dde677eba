/// 公文。A document of the office as a value, laid out as GB/T 9704-2012 asks: summaries, plans, reports.
///
/// It holds text ready to show. `markup` draws it for the screen; Documents writes the same value as Word (docx) and as PDF.
public struct OfficialPaper: Hashable, Sendable {
    public let title: String
    /// 发文字号，e.g. 示民发〔2024〕12号; empty where there is none yet.
    public let number: String
    /// 主送机关; empty on a paper addressed to nobody.
    public let addressee: String
    public let blocks: [Block]
    /// 发文机关署名.
    public let unit: String
    /// 成文日期.
    public let date: String
    /// 附件，each on a page of its own.
    public let annexes: [Annex]
    /// What stands small at the foot of the text: by which code the paper is found again.
    public let footer: String

    public init(title: String, number: String = "", addressee: String = "", blocks: [Block], unit: String, date: String, annexes: [Annex] = [], footer: String = "") {
        self.title = title
        self.number = number
        self.addressee = addressee
        self.blocks = blocks
        self.unit = unit
        self.date = date
        self.annexes = annexes
        self.footer = footer
    }

    /// 结构层次。一、 in 黑体,（一）in 楷体, 1. and（1）in 仿宋.
    public enum Level: Int, Hashable, Sendable, CaseIterable { case first = 1, second, third, fourth }

    public enum Block: Hashable, Sendable {
        /// A heading; its number comes from its place, so that what is left out leaves no gap.
        case heading(Level, String)
        case paragraph([Run])
        case table(Sheet.Table)
    }

    /// 一段文字。
    public struct Run: Hashable, Sendable {
        public enum Style: Hashable, Sendable { case plain, strong, mark }
        public let text: String
        public let style: Style
        /// Where it leads on the screen; paper knows no links.
        public let href: String?

        public init(_ text: String, _ style: Style = .plain, href: String? = nil) {
            self.text = text
            self.style = style
            self.href = href
        }
    }

    public struct Annex: Hashable, Sendable {
        public let title: String
        public let blocks: [Block]

        public init(_ title: String, _ blocks: [Block]) {
            self.title = title
            self.blocks = blocks
        }
    }
}

extension OfficialPaper.Block {
    public static func paragraph(_ text: String) -> OfficialPaper.Block { .paragraph([.init(text)]) }
}

/// How the levels are numbered, counted anew under each heading above.
public struct HeadingNumbers: Sendable {
    private var counts = [0, 0, 0, 0]

    public init() {}

    /// 一、（一）1.（1）: the number of the next heading of that level.
    public mutating func next(_ level: OfficialPaper.Level) -> String {
        let place = level.rawValue - 1
        counts[place] += 1
        for deeper in counts.indices where deeper > place { counts[deeper] = 0 }
        let count = counts[place], chinese = Sheet.sectionNumber(count - 1)
        return switch level {
        case .first: "\(chinese)、"
        case .second: "（\(chinese)）"
        case .third: "\(count)."
        case .fourth: "（\(count)）"
        }
    }
}

extension OfficialPaper {
    /// Blocks with the numbers of their headings.
    public static func numbered(_ blocks: [Block]) -> [(number: String, block: Block)] {
        var numbers = HeadingNumbers()
        return blocks.map { block in
            guard case .heading(let level, _) = block else { return ("", block) }
            return (numbers.next(level), block)
        }
    }

    /// 附件：1.… : the lines under the text that name the annexes.
    public var annexLines: [String] {
        guard annexes.count > 1 else { return annexes.map { "附件：\($0.title)" } }
        return annexes.enumerated().map { ($0.offset == 0 ? "附件：" : "　　　") + "\($0.offset + 1).\($0.element.title)" }
    }

    public func annexMark(_ index: Int) -> String { annexes.count > 1 ? "附件\(index + 1)" : "附件" }

    /// The words alone, a paragraph a line: what the paper says to whoever reads it by machine.
    public var plainText: String {
        let head = [title, number].filter { !$0.isEmpty } + (addressee.isEmpty ? [] : ["\(addressee)："])
        let tail = annexLines + [unit, date, footer].filter { !$0.isEmpty }
        let annexed = annexes.enumerated().flatMap { [annexMark($0.offset), $0.element.title] + Self.lines($0.element.blocks) }
        return (head + Self.lines(blocks) + tail + annexed).joined(separator: "\n")
    }

    private static func lines(_ blocks: [Block]) -> [String] {
        numbered(blocks).flatMap { number, block -> [String] in
            switch block {
            case .heading(_, let text): [number + text]
            case .paragraph(let runs): [runs.map(\.text).joined()]
            case .table(let table):
                (table.caption.isEmpty ? [] : [table.caption]) + [table.columns.map(\.title)].map { $0.joined(separator: "\t") }
                    + table.rows.map { $0.cells.map(\.text).joined(separator: "\t") }
            }
        }
    }
}
