/// Reads a number with its unit, its bounds and its range: 6个以上, 2—3家, 900余万元, 70—90元/人/月, 3xx余万元.
struct CountedAmount {
    let marks: Marks
    /// The clause group in which words before the number may bind it.
    let sentence: Range<Int>

    func read(at place: Int, after start: Int) -> Amount? {
        guard let first = Numeral.read(marks, at: place, until: sentence.upperBound) else { return nil }
        if let range = range(from: first, after: start) { return range }
        guard let (unit, end) = unit(after: first), accepts(first, unit, unitEnd: end, after: start) else { return nil }
        var amount = Amount(range: place ..< end, value: first.value, unit: unit, script: first.script)
        amount.value = scaled(amount.value, unit)
        bind(&amount, first, from: start)
        return amount
    }

    // MARK: ranges

    private func range(from first: Numeral, after start: Int) -> Amount? {
        let own = unit(after: first)
        guard let joint = joint(at: first.range.upperBound) ?? own.flatMap({ joint(at: $0.end) }), joint < sentence.upperBound,
              let second = Numeral.read(marks, at: joint, until: sentence.upperBound),
              let (unit, end) = unit(after: second), own == nil || own?.unit.head == unit.head, accepts(second, unit, unitEnd: end, after: start) else { return nil }
        guard let low = lower(first, of: second), let high = second.value, low < high || low == high else { return nil }
        var amount = Amount(range: first.range.lowerBound ..< end, value: scaled(low, unit), upper: scaled(high, unit), unit: unit, script: first.script)
        if let after = trailing(at: end, unit)?.end { amount.range = first.range.lowerBound ..< after }
        amount.unit = UnitReading.divided(unit, by: marks, in: start ..< first.range.lowerBound)
        return amount
    }

    /// 3-5万元: the lower end takes the multiplier of the upper one.
    private func lower(_ first: Numeral, of second: Numeral) -> Figure? {
        guard let low = first.value else { return nil }
        let written = { (range: Range<Int>) in range.reduce(0) { $0 + (ChineseDigits.powers[marks[$1]] ?? 0) } }
        guard first.script == .arabic, written(first.range) == 0 else { return low }
        return low.shifted(written(second.range))
    }

    private func joint(at place: Int) -> Int? {
        guard place < sentence.upperBound else { return nil }
        switch marks[place] {
        case "-", "~", "至": return place + 1
        case "到": return place + 1 < sentence.upperBound && marks[place + 1].isDigit ? place + 1 : nil
        default: return nil
        }
    }

    // MARK: units and bounds

    private func unit(after numeral: Numeral) -> (unit: Unit, end: Int)? {
        UnitReading.read(marks, at: numeral.range.upperBound, until: sentence.upperBound)
    }

    private func scaled(_ value: Figure?, _ unit: Unit) -> Figure? { unit.factor == 1 ? value : value?.times(Figure(unit.factor)) }

    private func bind(_ amount: inout Amount, _ numeral: Numeral, from start: Int) {
        let place = amount.range.lowerBound
        if numeral.isLoose || isUpwards(numeral) { amount.comparison = .atLeast }
        if let (comparison, begin) = Comparison.leading.match(marks, endingAt: place, from: start), !isOtherWord(at: begin, place) {
            amount.comparison = comparison
            amount.range = begin ..< amount.range.upperBound
        } else if let comparison = boundBeforeShare(place, from: start) {
            amount.comparison = comparison
        } else if amount.unit.sort == .money, marks.has(anyOf: ["最高可", "最多可"], in: start ..< place) {
            amount.comparison = .atMost
        } else if isLedByAtLeast(start ..< place) {
            amount.comparison = .atLeast
        }
        if let (comparison, end) = trailing(at: amount.range.upperBound, amount.unit) {
            amount.comparison = comparison
            amount.range = amount.range.lowerBound ..< end
        }
        if amount.comparison == .exactly, isRadius(at: amount.range.upperBound, amount.unit) { amount.comparison = .atMost }
        amount.unit = UnitReading.divided(amount.unit, by: marks, in: start ..< place)
        if amount.unit.name == "小时", amount.value == Figure(24), !marks.has("内", at: amount.range.upperBound), amount.comparison == .exactly { amount.unit.name = "小时/日" }
    }

    private func trailing(at place: Int, _ unit: Unit) -> (comparison: Comparison, end: Int)? {
        guard let (comparison, end) = Comparison.trailing.match(marks, at: place, until: sentence.upperBound) else { return nil }
        if marks[place] == "内" && unit.sort != .time { return nil }
        if (marks[place] == "多" || marks[place] == "余") && end < sentence.upperBound && unit.sort != .time && unit.sort != .money { return nil }
        return (comparison, end)
    }

    /// 不低于每张床位900元.
    private func boundBeforeShare(_ place: Int, from start: Int) -> Comparison? {
        let share = UnitReading.shareStart(marks, before: place, from: start)
        return share < place ? Comparison.leading.match(marks, endingAt: share, from: start)?.meaning : nil
    }

    /// 上百名, 数千人.
    private func isUpwards(_ numeral: Numeral) -> Bool {
        numeral.script == .chinese && numeral.range.count == 1 && ChineseDigits.powers[marks[numeral.range.lowerBound]] != nil
            && ["上", "数", "几"].contains { marks.has($0, before: numeral.range.lowerBound) }
    }

    /// 附近3家 is nearby, not about.
    private func isOtherWord(at begin: Int, _ place: Int) -> Bool {
        guard begin > sentence.lowerBound, place - begin == 1 else { return false }
        return (marks[begin] == "近" && (marks[begin - 1] == "附" || marks[begin - 1] == "最" || marks[begin - 1] == "邻")) || (marks[begin] == "超" && marks[begin - 1] == "赶")
    }

    /// 至少检查8家、抽查9家: the bound stands before the verb and holds for the list.
    private func isLedByAtLeast(_ before: Range<Int>) -> Bool {
        guard let last = before.last else { return false }
        let clause = Sentences.clause(marks, at: last, in: sentence)
        return ["至少", "不少于", "不低于"].contains { marks.has($0, in: clause.lowerBound ..< before.upperBound) }
    }

    /// 一刻钟服务圈, 5公里就医圈.
    private func isRadius(at place: Int, _ unit: Unit) -> Bool {
        guard unit.sort == .time || unit.sort == .measure else { return false }
        let end = min(place + 8, sentence.upperBound)
        return marks[place ..< end].prefix { !",。、;".unicodeScalars.contains($0) }.contains("圈")
    }

    // MARK: what is not an amount

    private func accepts(_ numeral: Numeral, _ unit: Unit, unitEnd: Int, after start: Int) -> Bool {
        let place = numeral.range.lowerBound
        if place > sentence.lowerBound {
            let last = marks[place - 1]
            if last == "第" || last.isLetter || last == "." || last == "+" || last == "初" { return false }
            if last.isDigit || (last == "前" && marks[unitEnd - 1] == "名") || (last == "号" && ["栋", "幢", "层"].contains(unit.name)) { return false }
            if unit.name == "次", numeral.script == .chinese, last == "届" || last == "大" || last == "协" { return false }
        }
        return numeral.script == .arabic ? acceptsArabic(numeral, unit, unitEnd) : acceptsChinese(numeral, unit, unitEnd)
    }

    private func acceptsArabic(_ numeral: Numeral, _ unit: Unit, _ end: Int) -> Bool {
        if numeral.value == nil { return masks(numeral, unit, end) }
        if unit.name == "年" { return !isNamedSpan(at: end) && (numeral.value ?? .zero) < Figure(100) }
        if unit.name == "个", end + 1 < sentence.upperBound, marks[end].isDigit { return false }
        let isPaired = end < sentence.upperBound && marks[end].isDigit && numeral.value == Figure(1) && marks[end] == "1"
        return !isPaired
    }

    /// A masked number has a digit or several masks; a single one (X户X人) must not open a name (X对困难群众, X级).
    private func masks(_ numeral: Numeral, _ unit: Unit, _ end: Int) -> Bool {
        let digits = marks[numeral.range]
        if digits.contains(where: \.isDigit) || digits.filter(\.isMask).count > 1 { return true }
        return ["人", "户", "元", "次", "人次", "户次", "场", "张", "个", "家", "件", "%", "所", "处", "条", "期", "平方米", "项"].contains(unit.head)
    }

    /// 三年行动计划, 10年规划.
    private func isNamedSpan(at end: Int) -> Bool { ["行动", "计划", "规划", "攻坚", "级", "期", "任务", "制"].contains { marks.has($0, at: end) } }

    private func acceptsChinese(_ numeral: Numeral, _ unit: Unit, _ end: Int) -> Bool {
        let place = numeral.range.lowerBound
        let isLevel = unit.sort == .grade, isQuarter = unit.name == "分钟" && unit.factor > 1
        guard Sayings.chineseUnits.contains(unit.name) || unit.name == "%", Sayings.phrases.match(marks, at: place, until: sentence.upperBound) == nil else { return false }
        if numeral.value == Figure(1) { return isQuarter }
        if isQuoted(place) { return isLevel || isQuarter }
        if isBareHundred(numeral, unit) || isOrdinal(numeral, unit, end) || (end < sentence.upperBound && marks[end].isDigit) { return false }
        if unit.name == "年" { return marks.has("来", at: end) || marks.has("以来", at: end) || marks.has("历时", before: place) }
        return Sayings.abstractions.match(marks, at: end, until: sentence.upperBound) == nil
    }

    /// 百名医生进社区, 万人评议: a name, unless 上百名, 百余名.
    private func isBareHundred(_ numeral: Numeral, _ unit: Unit) -> Bool {
        guard numeral.range.count == 1, unit.sort != .age, !numeral.isLoose, "百千万亿".unicodeScalars.contains(marks[numeral.range.lowerBound]) else { return false }
        return !["上", "近", "约", "逾", "超", "数", "几"].contains { marks.has($0, before: numeral.range.lowerBound) }
    }

    /// “四支撑”: a name.
    private func isQuoted(_ place: Int) -> Bool {
        marks[sentence.lowerBound ..< place].last { "“”‘’".unicodeScalars.contains($0) }.map { $0 == "“" || $0 == "‘" } ?? false
    }

    /// 二级 is the second grade, 两级 are two; 二期、三期 are stages, 一、二级残疾 grades of people.
    private func isOrdinal(_ numeral: Numeral, _ unit: Unit, _ end: Int) -> Bool {
        let place = numeral.range.lowerBound, written = marks[numeral.range]
        if written.elementsEqual(["二"]) { return true }
        if unit.name == "期" { return !written.contains("两") && written.count == 1 }
        guard unit.name == "级" else { return false }
        if place > sentence.lowerBound + 1, marks[place - 1] == "、" || marks[place - 1] == "至", ChineseDigits.isNumeral(marks[place - 2]) { return true }
        return ["医", "甲", "乙", "残", "伤", "智", "精", "以", "及", "肢", "护", "等级", "巡视", "主任", "调研"].contains { marks.has($0, at: end) }
    }
}
