/// 文书。One paper of A4 handed to a person, as a value: 受理通知书, 告知书, 公示.
///
/// It holds text ready to show. `markup` draws it for the screen and the browser's printer; Documents draws the same value as a PDF.
public struct Sheet: Hashable, Sendable {
    /// 发文机关，above the title and under the text.
    public let unit: String
    public let title: String
    /// E.g. 示民低决〔2024〕123号.
    public let number: String
    /// Who it is addressed to; empty on a paper addressed to nobody.
    public let addressee: String
    /// In the order of reading; the first paragraph is the decision.
    public let blocks: [Block]
    /// Who signs what, e.g. 被送达人签名: a line for each, and one for the date.
    public let signatures: [String]
    public let date: String
    /// 送达回执，below the paper to be cut off and filed.
    public let receipt: Receipt?
    /// By which the paper is found again.
    public let traceCode: String

    public init(unit: String, title: String, number: String, addressee: String, blocks: [Block], signatures: [String] = [], date: String,
                receipt: Receipt? = nil, traceCode: String) {
        self.unit = unit
        self.title = title
        self.number = number
        self.addressee = addressee
        self.blocks = blocks
        self.signatures = signatures
        self.date = date
        self.receipt = receipt
        self.traceCode = traceCode
    }
}

extension Sheet {
    /// 一段。What a paper is made of.
    public indirect enum Block: Hashable, Sendable {
        case paragraph(String)
        /// Names and values, a line each.
        case facts([Fact])
        case table(Table)
        /// 一、二、三：a heading numbered by its place among the sections, and what stands under it.
        case section(String, [Block])
        /// 依据: the articles, marked 〔1〕〔2〕 so that tables can point to them.
        case grounds([String])
        /// 救济途径: how, where and until when to object.
        case remedies(String)
    }

    public struct Fact: Hashable, Sendable {
        public let label: String
        public let text: String

        public init(_ label: String, _ text: String) {
            self.label = label
            self.text = text
        }
    }

    /// 送达回执。What was delivered to whom, with room for place, manner, time and names.
    public struct Receipt: Hashable, Sendable {
        public let facts: [Fact]
        /// What is filled in by hand.
        public let blanks: [String]

        public init(_ facts: [Fact], blanks: [String] = ["送达地点", "送达方式", "送达时间", "受送达人签名（盖章）", "送达人签名", "备注"]) {
            self.facts = facts
            self.blanks = blanks
        }
    }

    /// 〔1〕：how the tables of a paper point to its articles, counted from zero.
    public static func mark(_ index: Int) -> String { "〔\(index + 1)〕" }

    /// 一、二、… 十一、: the number of a section, counted from zero.
    public static func sectionNumber(_ index: Int) -> String {
        let digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"], number = index + 1
        guard number < 100 else { return String(number) }
        let tens = number / 10
        return (tens == 0 ? "" : tens == 1 ? "十" : digits[tens] + "十") + digits[number % 10]
    }

    /// Its sections as they stand in it, each with its number.
    public var numberedBlocks: [(number: String, block: Block)] {
        var sections = 0
        return blocks.map { block in
            guard case .section = block else { return ("", block) }
            sections += 1
            return (Self.sectionNumber(sections - 1), block)
        }
    }
}

/// A paper in the usual order: text, particulars, reckoning, articles, how to object.
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
}
