/// 任务切分。Where within a sentence a new task begins: at a comma before a verb that sets out something to do.
enum MeasureSplitting {
    static func split(_ marks: Marks, _ sentence: Range<Int>) -> [Range<Int>] {
        var parts: [Range<Int>] = [], start = sentence.lowerBound, depth = 0
        for i in sentence {
            if marks[i] == "(" || marks[i] == "“" { depth += 1 }
            if marks[i] == ")" || marks[i] == "”" { depth = max(0, depth - 1) }
            guard depth == 0, marks[i] == ",", i - start >= 8, opensTask(marks, at: i + 1, in: sentence) else { continue }
            parts.append(start ..< i)
            start = i + 1
        }
        if start < sentence.upperBound { parts.append(start ..< sentence.upperBound) }
        return parts
    }

    private static func opensTask(_ marks: Marks, at place: Int, in sentence: Range<Int>) -> Bool {
        if let date = DateMention.read(marks, at: place, until: sentence.upperBound), date.use == .by { return true }
        if isService(marks, at: place, in: sentence) { return true }
        guard sentence.upperBound - place >= 6, effects.match(marks, at: place, until: sentence.upperBound) == nil else { return false }
        return tasks.match(marks, at: place, until: sentence.upperBound) != nil
    }

    /// 为…提供, 为…开展: something to do for somebody, not what the task before is for.
    private static func isService(_ marks: Marks, at place: Int, in sentence: Range<Int>) -> Bool {
        guard place < sentence.upperBound, marks[place] == "为" else { return false }
        let clause = Sentences.clause(marks, at: place, in: sentence)
        return marks.has(anyOf: ["提供", "开展", "实施", "发放"], in: clause) && marks[clause].contains(where: \.isDigit)
    }

    /// Verbs that carry on the task before them: what it is for.
    private static let effects = Lexicon(words: "提升并 提升我 提升为 提升市 促进 推动形成 实现 形成 营造 确保 增强 满足 助力 让 使 引领 带动 更好 不断 切实 真正 有效 为 解决 打造成 构建起")
    private static let tasks = Lexicon(words: """
    加强 开展 推进 完善 建立 健全 新建 新增 改造 建设 建成 打造 深化 优化 强化 落实 实施 组织 举办 制定 出台 编制 修订 培育 发展 培训 招聘 投入 争取 全年 年内 力争 至少 加快 加大 持续 深入 全面 积极 扎实 \
    稳步 着力 重点 探索 推广 推行 规范 指导 督促 引导 鼓励 支持 扩大 拓展 提高 提升 做好 抓好 办好 用好 启动 完成 创建 争创 创成 申报 选取 选树 挖掘 挖深 征集 配合 协助 统筹 整合 畅通 巩固 压实 严格 动态 定期 常态 \
    发布 印发 召开 构建 设立 成立 组建 引入 引进 跟进 继续 进一步 妥善 学习 充分 联合 依托 通过 上半年 下半年 一季度 二季度 三季度 四季度 牵头 落细 盘活 擦亮 创新 试点 发放 救助 慰问 走访 采集 排查 整治 查处 检查 审计 评估 登记 注销 办理
    """)
}
