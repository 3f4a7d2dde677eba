/// Cuts the words around an amount down to its name.
enum Trimming {
    static let changes: Set<String> = ["新增", "停发", "退出", "取消", "注销", "减少", "增加", "清退", "迁出", "核减", "新纳入", "调出"]

    /// What a count in pairs is called: 户数, 人数.
    static let pairs = ["户": "户数", "人": "人数", "人次": "人次", "户次": "户次", "元": "金额"]

    /// The phrase without that.
    static func unpaired(_ phrase: String) -> String {
        for pair in pairs.values where phrase.hasSuffix(pair) && phrase.count > pair.count { return String(phrase.dropLast(pair.count)) }
        return phrase
    }

    static let takesPart: Set<String> = ["参与", "参加", "受益", "参会", "享受"]

    static func lead(_ text: String) -> String {
        let marks = Marks(text.trimmed)
        if connectives.contains(marks.text) { return "" }
        var start = 0, end = marks.count
        if let found = having.first(marks, in: 0 ..< min(10, end)), found.range.upperBound < end { start = found.range.upperBound }
        var isShorter = true
        while isShorter {
            isShorter = false
            if marks.has("标准", at: start), passing.match(marks, at: start + 2, until: end) != nil { start += 2 }
            if let (_, after) = openings.match(marks, at: start, until: end), after < end { (start, isShorter) = (after, true) }
            if let (_, before) = closings.match(marks, endingAt: end, from: start) { (end, isShorter) = (before, true) }
        }
        return marks.text(start ..< end).trimmed
    }

    static func tail(_ text: String) -> String {
        let marks = Marks(text)
        var end = 0, depth = 0
        while end < marks.count {
            if marks[end] == "(" || marks[end] == "“" { depth += 1 }
            if marks[end] == ")" || marks[end] == "”" { depth -= 1 }
            if depth < 0 || (depth == 0 && stops.match(marks, at: end, until: marks.count) != nil && end > 0) { break }
            end += 1
        }
        var words = marks.text(0 ..< end)[...]
        for word in ["的", "以上的", "以下的"] where words.hasPrefix(word) { words = words.dropFirst(word.count) }
        for word in ["和", "与", "及", "等", "并"] where words.hasSuffix(word) && words.count > 2 { words = words.dropLast(word.count) }
        return String(words).trimmed
    }

    /// From the last verb on: 通过购买服务向…提供 is not the name of a thing.
    static func verb(_ lead: String) -> String {
        if ["为", "向", "对", "给"].contains(where: lead.hasPrefix) || ["向", "等", "对", "给"].contains(where: lead.hasSuffix) { return "" }
        let marks = Marks(lead)
        guard marks.count > 6, let found = verbs.last(marks, in: marks.indices) else { return lead }
        return marks.text(found.range.lowerBound ..< marks.count)
    }

    static func joined(_ lead: String, _ tail: String) -> String { lead.hasSuffix(tail) ? lead : lead + tail }

    /// 低保 of 低保新增.
    static func subject(of phrase: String) -> String? {
        for change in changes where phrase.hasSuffix(change) && phrase.count > change.count { return String(phrase.dropLast(change.count)) }
        return nil
    }

    private static let connectives: Set<String> = ["和", "与", "及", "以及", "并", "其中", "共", "达"]
    private static let having = Lexicon(words: "现有 共有 已有")
    private static let passing = Lexicon(words: "通过 向 发放 对 为 给")
    private static let openings = Lexicon(words: """
    今年以来 今年开始 今年 本年度 全年 年内 上半年 下半年 一季度 二季度 三季度 四季度 第一季度 目前 已累计 累计 共计 共 已 并 其中 及时 先后 同时 此外 全市 全区 全县 全省 我市 我区 我县 我局 现有 \
    以来 来 起 前 底 末 和 与 及 、 等 ( ) ” / 的 也 还 均 分别 至少
    """)
    private static let closings = Lexicon(words: """
    达到 达 为 是 共计 合计 总计 累计 共 有 约 近 已 至 到 在 力争 实现 保持 持续 每人每月 每人每年 年人均 月人均 人均 户均 每人 每月 每年 每周 每季度 每日 每天 每次 ( “ 、 完成 超过 由 从 每 / \
    给予 按照 按 分别 均 不低于 不少于
    """)
    private static let stops = Lexicon(words: "、 并 以及 开展 提供 发放 完成 参加 助力 进行 实行 得到 被 为 实施 对照 接受 考取 进驻 创建 每人 每户 每名")
    private static let verbs = Lexicon(words: """
    开展 提供 发放 新建 改造 建设 建成 建立 新增 举办 组织 召开 完成 培育 打造 设立 资助 救助 服务 解决 推动 认定 接收 安置 办理 审批 受理 募集 投入 争取 支出 拨付 惠及 覆盖 慰问 走访 培训 招募 采集 命名 \
    登记 注销 查处 检查 审计 帮助 推送 收集 处理 评估 销售 筹集 补贴
    """)
}
