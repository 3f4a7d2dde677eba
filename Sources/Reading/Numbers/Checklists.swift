/// 清单条数。How many things a named checklist holds, where the text fixes it: “八有”标准, 甲、乙、丙“三化”, “六位一体”, “10+N”(助餐、助洁…).
enum Checklists {
    /// Read at an opening quotation mark.
    static func read(_ marks: Marks, at place: Int, in sentence: Range<Int>) -> Amount? {
        guard marks[place] == "“", let close = marks[place ..< min(place + 9, sentence.upperBound)].firstIndex(of: "”"), close > place + 1 else { return nil }
        guard let numeral = Numeral.read(marks, at: place + 1, until: close), let value = numeral.value, Figure(1) < value, value < Figure(40) else { return nil }
        let rest = numeral.range.upperBound ..< close
        guard isChecklist(marks, rest, numeral, in: place ..< close + 1, of: sentence) else { return nil }
        return Amount(range: place ..< close + 1, value: value, unit: Unit(name: "项", sort: .things), origin: .checklist, script: numeral.script)
    }

    private static func isChecklist(_ marks: Marks, _ rest: Range<Int>, _ numeral: Numeral, in quote: Range<Int>, of sentence: Range<Int>) -> Bool {
        let isStandard = ["标准", "要求", "规范"].contains { marks.has($0, at: quote.upperBound) }
        switch marks.text(rest) {
        case "有", "统一": return isStandard || lists(marks, before: quote.lowerBound, in: sentence, numeral.value)
        case "化", "位一体", "清", "个一", "好", "真", "不", "定": return isStandard || lists(marks, before: quote.lowerBound, in: sentence, numeral.value)
        default: return marks[rest].elementsEqual(["N"]) && numeral.isLoose && marks.has("(", at: quote.upperBound)
        }
    }

    /// Whether as many things as the number says are listed just before: 一体化集成、智能化研判、…
    private static func lists(_ marks: Marks, before place: Int, in sentence: Range<Int>, _ value: Figure?) -> Bool {
        var items = 1, i = place
        while i > sentence.lowerBound, !Sentences.divides(marks, at: i - 1) {
            i -= 1
            if marks[i] == "、" { items += 1 }
        }
        return items > 1 && value == Figure(Int64(items))
    }
}
