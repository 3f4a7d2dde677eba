/// 核算过程。A small table that adds up on screen: 项目, 数值, 依据. Each number with the document it comes from.
public struct ArithmeticView: Hashable, Sendable {
    public let caption: String
    public let lines: [Line]

    public struct Line: Hashable, Sendable {
        public let item: String
        /// How it was reckoned, below the item: 735.00 元 × 3 人.
        public let detail: String
        public let value: String
        public let basis: String
        public let isTotal: Bool

        public init(_ item: String, _ value: String, detail: String = "", basis: String = "", isTotal: Bool = false) {
            self.item = item
            self.detail = detail
            self.value = value
            self.basis = basis
            self.isTotal = isTotal
        }
    }

    public init(_ caption: String, _ lines: [Line]) {
        self.caption = caption
        self.lines = lines
    }
}

extension ArithmeticView: Part {
    public var markup: Markup {
        """
        <div class="arithmetic-box"><table class="arithmetic">
        <caption>\(caption)</caption>
        <thead><tr><th scope="col">项目</th><th scope="col" class="money">数值</th><th scope="col">依据</th></tr></thead>
        <tbody>
        \(each: lines, row)</tbody>
        </table></div>
        """
    }

    private func row(_ line: Line) -> Markup {
        """
        <tr\(attribute: "class", line.isTotal ? "total" : nil)><th scope="row">\(line.item)\(if: !line.detail.isEmpty, "<span class=\"note\">\(line.detail)</span>")</th>\
        <td class="money">\(line.value)</td><td class="basis">\(line.basis)</td></tr>

        """
    }
}
