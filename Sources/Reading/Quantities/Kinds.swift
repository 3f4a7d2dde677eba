/// 性质判断。Whether an amount happened, stands, is laid down, or is aimed at.
struct Kinds {
    let marks: Marks
    let sentence: Range<Int>
    let occasion: Occasion

    func kind(of amount: Amount, phrase: String, after last: Quantity.Kind?) -> Quantity.Kind {
        if isStandard(amount, phrase) { return .standard }
        let clause = Sentences.clause(marks, at: amount.range.lowerBound, in: sentence)
        if occasion.isPlan { return isStanding(clause, before: amount.range.lowerBound) ? .stock : .target }
        if isAim(clause) || isProject { return .target }
        return isStock(amount, phrase, clause, after: last) ? .stock : .actual
    }

    // MARK: standards

    private func isStandard(_ amount: Amount, _ phrase: String) -> Bool {
        switch amount.origin {
        case .checklist: return true
        case .rhythm: return true
        case .claimed: return false
        case .counted: break
        }
        if amount.unit.sort == .age || amount.unit.name.hasPrefix("小时/") { return true }
        let after = amount.range.upperBound ..< min(amount.range.upperBound + 6, sentence.upperBound)
        if amount.unit.sort == .money { return amount.unit.name.contains("/") || isNamedStandard(phrase) || amount.isRaise || marks.has("的标准", at: amount.range.upperBound) || isTerm(amount) }
        if amount.unit.sort == .grade { return marks.has("等级", in: amount.range) || marks.has("网络", in: after) }
        if amount.unit.sort == .time || amount.unit.sort == .measure, amount.comparison == .atMost, !occasion.isPlan { return true }
        return ["上限", "下限", "门槛", "起点", "时限"].contains { phrase.contains($0) }
    }

    private func isNamedStandard(_ phrase: String) -> Bool {
        phrase.contains("标准") && !["发放", "支出", "投入", "拨付", "资金"].contains { phrase.contains($0) }
    }

    /// 10万元以下工程: a bound before a noun, without a verb, is a rule.
    private func isTerm(_ amount: Amount) -> Bool {
        amount.unit.sort == .money && amount.comparison == .atMost && !occasion.isPlan && !marks.has("控制在", in: sentence)
    }

    // MARK: aims and stocks

    private func isAim(_ clause: Range<Int>) -> Bool {
        marks.has(anyOf: ["计划", "力争", "争取到", "预计", "下一步", "拟", "目标", "概算", "将新", "将建", "将在", "到2", "规划建", "有望"], in: clause) && !marks.has(anyOf: ["已完成", "目标任务的", "年度目标"], in: clause)
    }

    /// 工程…,计划2013年底竣工: all its figures are still to come.
    private var isProject: Bool {
        guard let plan = ["计划", "预计", "拟于"].compactMap({ marks.first(of: $0, in: sentence) }).min() else { return false }
        return marks.has(anyOf: ["竣工", "完工", "建成投用", "投入使用", "交付"], in: plan ..< min(plan + 16, sentence.upperBound))
    }

    /// 为1500余名困难群众提供…, 组织5名…: those whom a deed reached.
    private func isService(_ clause: Range<Int>) -> Bool {
        clause.count > 2 && ["为", "向", "对", "给", "共为", "组织", "指导", "帮助"].contains { marks.has($0, at: clause.lowerBound) } || deeds.first(marks, in: clause) != nil && marks.has(anyOf: ["向", "为", "对"], in: clause)
    }

    private func isGrowth(_ amount: Amount) -> Bool {
        amount.unit.sort == .ratio && marks.has(anyOf: ["同比", "比上年", "比去年", "较上年", "较去年", "环比", "增长"], in: max(sentence.lowerBound, amount.range.lowerBound - 12) ..< amount.range.lowerBound)
    }

    /// 现有…, 以8个支部为依托: what a plan builds on.
    private func isStanding(_ clause: Range<Int>, before place: Int) -> Bool {
        if marks.has(anyOf: ["现有", "目前", "截至", "已有", "已建"], in: clause.lowerBound ..< place) { return true }
        return marks.has("以", before: place) && marks.has(anyOf: ["为依托", "为基础", "为支撑", "为核心", "为载体"], in: place ..< clause.upperBound)
    }

    private func isStock(_ amount: Amount, _ phrase: String, _ clause: Range<Int>, after last: Quantity.Kind?) -> Bool {
        if amount.unit.sort == .money || amount.unit.sort == .times || amount.unit.sort == .time || isService(clause) || isGrowth(amount) || ["人次", "户次"].contains(amount.unit.name) || amount.origin != .counted { return false }
        let before = sentence.lowerBound ..< amount.range.lowerBound
        let near = clause.lowerBound ..< amount.range.lowerBound
        if flows.last(marks, in: near) != nil, standing.last(marks, in: near) == nil { return false }
        if standing.last(marks, in: near) != nil { return true }
        if last == .stock, flows.last(marks, in: near) == nil { return true }
        let isQuiet = flows.last(marks, in: before) == nil
        return isQuiet && (amount.unit.sort != .ratio || standing.last(marks, in: before) != nil)
    }
}

private let standing = Lexicon(words: "现有 共有 已有 建有 设有 拥有 在册 截至 截止 配备 设置 投入使用 在院 在养 在岗 目前 占全 占总 占比 现存 在职 持证 总数 总人口 老年人口 户籍人口 常住人口 建立 建成 被评为 已设立 有持 接受 登记的 享受 在享 注册 总面积 面积 覆盖")
private let deeds = Lexicon(words: "提供 发放 开展 实施 捐赠 进行 统一")
private let flows = Lexicon(words: "新增 新建 发放 办理 救助 资助 开展 完成 组织 举办 召开 累计 处理 解决 招募 募集 接收 接待 安置 培训 评估 查处 检查 审计 登记 注销 慰问 走访 推送 收集 采集 命名 认定 帮助 提供 惠及 停发 退出 争取 动态更新 结对 死亡 推动 补充 销售 筹集 培育 受理 审核 出动 送返 火化 报考 劝返 考取 赠送 组成 制作 支持 印发")
