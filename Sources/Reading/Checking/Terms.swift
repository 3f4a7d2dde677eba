/// 标准期限。低保标准600元: by the month or by the year is not said; told once for a text.
enum Terms {
    private static let once = ["一次性", "每次", "每例", "每件", "每餐", "一餐", "收费", "认定", "门槛"]

    static func findings(_ text: CheckedText) -> [Finding] {
        let bare = text.reading.quantities.filter { quantity in
            quantity.unit == "元" && quantity.kind == .standard && quantity.value != nil && quantity.comparison == .exactly
                && (quantity.indicator.hasSuffix("标准") || quantity.indicator.hasSuffix("养育费") || quantity.indicator.hasSuffix("生活费"))
                && !once.contains(where: { quantity.indicator.contains($0) })
        }
        guard let first = bare.first else { return [] }
        let names = bare.prefix(3).map { "“\($0.indicator)”\($0.spoken)" }.joined(separator: "、")
        return [Finding(check: .term, weight: .note, message: "\(names)\(bare.count > 3 ? "等 \(bare.count) 项标准" : "")没有写明按月还是按年，请补上",
                        places: [first.place] + bare.dropFirst().map(\.place))]
    }
}
