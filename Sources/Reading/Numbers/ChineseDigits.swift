/// 汉字数字。两百三十, 十二, 三千, 一百零五, 二零二三.
enum ChineseDigits {
    static let powers: [Unicode.Scalar: Int] = ["十": 1, "百": 2, "千": 3, "万": 4, "亿": 8]
    private static let digits: [Unicode.Scalar: Int64] = [
        "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    ]

    static func isNumeral(_ mark: Unicode.Scalar) -> Bool { digits[mark] != nil || powers[mark] != nil }
    static func digit(_ mark: Unicode.Scalar) -> Int64? { digits[mark] }

    /// nil when the characters do not follow each other as in a number (一老, 百千).
    static func value(_ marks: ArraySlice<Unicode.Scalar>) -> Figure? {
        if marks.count > 1, marks.allSatisfy({ digits[$0] != nil }) { return spelled(marks) }
        var whole: Int64 = 0, total: Int64 = 0, section: Int64 = 0, digit: Int64?, last: Int64 = .max
        for mark in marks {
            if let value = digits[mark] {
                guard digit == nil || digit == 0 else { return nil }
                digit = value
            } else if let power = powers[mark] {
                let unit: Int64 = (0 ..< power).reduce(1) { value, _ in value * 10 }
                if unit >= 10_000 {
                    section += digit ?? (section == 0 && total == 0 ? 1 : 0)
                    if power == 8 { (whole, total) = (whole + (total + section) * unit, 0) } else { total += section * unit }
                    (section, last) = (0, .max)
                } else {
                    guard unit < last else { return nil }
                    section += (digit ?? 1) * unit
                    last = unit
                }
                digit = nil
            }
        }
        return Figure(whole + total + section + (digit ?? 0))
    }

    /// 二零二三: digits one after another, as years are written. At least four, or one is guessing at 一二 and 三五.
    private static func spelled(_ marks: ArraySlice<Unicode.Scalar>) -> Figure? {
        guard marks.count == 4 else { return nil }
        return Figure(marks.reduce(0) { $0 * 10 + (digits[$1] ?? 0) })
    }
}
