import Values

extension Money {
    /// 大写金额，as receipts bear it beside the figures: 壹仟贰佰元零伍分. Amounts below zero have none.
    ///
    /// 《支付结算办法》附一：正确填写票据和结算凭证的基本规定。
    var written: String {
        let yuan = fen / 100, jiao = Int(fen / 10 % 10), cents = Int(fen % 10), digits = Self.digits
        guard fen > 0 else { return "零元整" }
        var text = yuan > 0 ? Self.written(yuan) + "元" : ""
        if jiao > 0 { text += digits[jiao] + "角" } else if cents > 0, yuan > 0 { text += "零" }
        return text + (cents > 0 ? digits[cents] + "分" : "整")
    }

    private static let digits = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"]

    /// A whole number, four digits at a time.
    private static func written(_ number: Int64) -> String {
        var text = "", rest = number, groups: [Int] = []
        while rest > 0 {
            groups.append(Int(rest % 10_000))
            rest /= 10_000
        }
        for (place, group) in groups.enumerated().reversed() {
            guard group > 0 else { continue }
            let isGap = !text.isEmpty && (group < 1000 || (place + 1 < groups.count && groups[place + 1] == 0))
            text += (isGap ? "零" : "") + written(group: group) + ["", "万", "亿", "万亿"][min(place, 3)]
        }
        return text
    }

    private static func written(group: Int) -> String {
        var text = "", isGap = false
        for (unit, name) in [(1000, "仟"), (100, "佰"), (10, "拾"), (1, "")] {
            let digit = group / unit % 10
            guard digit > 0 else { isGap = !text.isEmpty; continue }
            text += (isGap ? "零" : "") + digits[digit] + name
            isGap = false
        }
        return text
    }
}
