/// 固定用语。Numerals that are part of a name or a saying and count nothing: 两项补贴, 四个意识, 中央八项规定.
enum Sayings {
    /// Words that begin with the numeral.
    static let phrases = Lexicon(words: """
    两项补贴 两个确立 两个维护 四个意识 四个自信 八项规定 两个责任 两个覆盖 两个全面 三个地带 四个方面 千家万户 三重一大 三会一课 三个一批 两个大局 两个至上 四种形态 四个全面 \
    九大行动 百家争鸣 三项制度 两个结合 六个必须 三个务必 四下基层 五个一批 两类人员 十项规定 三个区分 两个健康 万名 百家姓 千万工程 三件套 两个一百年 三个年 三年行动 两年行动 十年树木 两级书记 三级等保 三级医院 三级甲等
    """)

    /// What a count is of when it only orders a text: 三个方面, 四个聚焦.
    static let abstractions = Lexicon(words: """
    方面 层面 维度 角度 意识 自信 维护 确立 带头 坚持 聚焦 文明 关系 必须 务必 强化 到位 注重 转变 环节 关口 一 统筹 着力 突出 原则 阶段 \
    重点 任务 措施 举措 行动 工程 机制 内容 目标 要求 职责 改革 工作 主要 基本 特点 问题 关键 能力 优势 难题 短板 全会 全体会议
    """)

    /// Chinese numerals count with these; with others they are mostly names.
    static let chineseUnits: Set<String> = [
        "人", "人次", "户", "户次", "家", "个", "间", "所", "处", "座", "张", "条", "件", "对", "项", "台", "辆", "份", "篇", "支", "次", "场", "场次", "批", "批次", "起", "例", "宗",
        "轮", "年", "个月", "天", "小时", "分钟", "个工作日", "周", "类", "种", "级", "星", "岁", "元", "亩", "公里", "平方米", "倍", "套", "期",
    ]
}
