/// 性质用词。Words by which a sentence says that something stands, or that something was done.
enum KindWords {
    /// 现有、截至、配备: it stands.
    static let standing = Lexicon(words: """
    现有 共有 已有 建有 设有 拥有 在册 截至 截止 配备 设置 投入使用 在院 在养 在岗 目前 占全 占总 占比 现存 在职 持证 总数 总人口 老年人口 户籍人口 常住人口 建立 建成 被评为 已设立 有持 接受 登记的 享受 在享 注册 \
    总面积 面积 覆盖
    """)

    /// 新增、发放、办理: it was done.
    static let flows = Lexicon(words: """
    新增 新建 发放 办理 救助 资助 开展 完成 组织 举办 召开 累计 处理 解决 招募 募集 接收 接待 安置 培训 评估 查处 检查 审计 登记 注销 慰问 走访 推送 收集 采集 命名 认定 帮助 提供 惠及 停发 退出 争取 动态更新 \
    结对 死亡 推动 补充 销售 筹集 培育 受理 审核 出动 送返 火化 报考 劝返 考取 赠送 组成 制作 支持 印发 取消 调出 调进 增加 减少 扩建 改建 排查 整治 整理 投保 立案 护送 获评 办结 补发 代办 跨省 剩余
    """)

    /// Deeds that reach people: 为…提供, 向…发放.
    static let deeds = Lexicon(words: "提供 发放 开展 实施 捐赠 进行 统一")

    /// 计划、力争、预计: it is still to come.
    static let aims = ["计划", "力争", "争取到", "预计", "下一步", "拟于", "拟建", "拟新", "拟投", "目标", "概算", "将新", "将建", "将在", "规划建", "有望", "任务是", "任务为", "任务数"]
}
