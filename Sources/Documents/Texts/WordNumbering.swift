import Values

/// Word 自动编号。The numbers Word puts before paragraphs (一、 （一） 1.), which stand nowhere in their text.
struct WordNumbering {
    private struct Level {
        var format = "decimal"
        /// `（%1）`, where %1 is the number of the first level.
        var pattern = ""
        var start = 1
    }

    private var levels: [String: [Int: Level]] = [:]
    /// Which list a numbered paragraph's list number stands for.
    private var lists: [String: String] = [:]
    private var counters: [String: [Int: Int]] = [:]

    /// More than any document has, so that one made to be large stays small: lists, levels of a list, and characters of a number.
    private static let listsAtMost = 10_000, levelsAtMost = 9, patternAtMost = 60

    init() {}

    init(_ part: ZipPart) throws(Refusal) {
        let xml = try XMLScanner(part)
        var list = "", level = 0, number = ""
        while true {
            let token = try xml.next()
            if token == .end { return }
            guard token == .opening else { continue }
            if xml.isNamed("abstractNum") { list = try xml.text(of: "abstractNumId") ?? "" }
            if xml.isNamed("lvl") { level = Int(try xml.text(of: "ilvl") ?? "") ?? 0 }
            if xml.isNamed("num") { number = try xml.text(of: "numId") ?? "" }
            guard let value = try xml.text(of: "val"), (0 ..< Self.levelsAtMost).contains(level), levels.count < Self.listsAtMost, lists.count < Self.listsAtMost else { continue }
            if xml.isNamed("abstractNumId") { lists[number] = value }
            if xml.isNamed("numFmt") { levels[list, default: [:]][level, default: Level()].format = value }
            if xml.isNamed("lvlText") { levels[list, default: [:]][level, default: Level()].pattern = String(value.prefix(Self.patternAtMost)) }
            if xml.isNamed("start") { levels[list, default: [:]][level, default: Level()].start = Int(value) ?? 1 }
        }
    }

    /// The number of the next paragraph of that list and level; empty for bullets and unknown lists.
    mutating func next(_ number: String, level: Int) -> String {
        guard let list = lists[number], let own = levels[list]?[level], own.format != "bullet", own.format != "none" else { return "" }
        let count = (counters[list]?[level] ?? own.start - 1) + 1
        counters[list, default: [:]][level] = count
        for deeper in (counters[list] ?? [:]).keys where deeper > level { counters[list]?[deeper] = nil }
        return (0 ... 8).reduce(own.pattern) { text, place in
            guard let format = levels[list]?[place]?.format else { return text }
            return text.replacing("%\(place + 1)", with: Self.shown(counters[list]?[place] ?? 1, format))
        }
    }

    private static func shown(_ number: Int, _ format: String) -> String {
        format.lowercased().contains("chinese") || format.lowercased().contains("japanese") || format.contains("ideograph") ? chinese(number) : String(number)
    }

    /// 一 to 九十九.
    private static func chinese(_ number: Int) -> String {
        let digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
        guard (1 ... 99).contains(number) else { return String(number) }
        guard number >= 10 else { return digits[number] }
        return (number >= 20 ? digits[number / 10] : "") + "十" + digits[number % 10]
    }
}
