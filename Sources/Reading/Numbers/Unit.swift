/// 计量单位。What is counted, by the one name we use for it: 名 and 位 are 人.
public struct Unit: Hashable, Sendable {
    public enum Sort: Sendable { case money, ratio, people, times, things, time, age, grade, measure }

    public var name: String
    public var sort: Sort
    /// 刻钟 is fifteen minutes; all others are 1.
    var factor: Int64 = 1

    public static let percent = Unit(name: "%", sort: .ratio)

    /// The unit's first part: 元 of 元/人/月.
    public var head: Substring { name.prefix { $0 != "/" } }
}

/// The units we know, by the way they are written.
enum Units {
    static let lexicon = Lexicon(
        named("人 人次 户 户次", .people) + same("人", as: "名 位 个人", .people)
            + same("人次", as: "人(次) 人/次 人·次", .people) + same("户次", as: "户(次)", .people)
            + named("元 美元 港元 欧元 日元 澳门元", .money) + same("元", as: "元人民币 块钱", .money)
            + [("%", Unit.percent), ("百分点", Unit(name: "百分点", sort: .ratio)), ("个百分点", Unit(name: "百分点", sort: .ratio)),
               ("‰", Unit(name: "‰", sort: .ratio)), ("倍", Unit(name: "倍", sort: .ratio)),
               ("成", Unit(name: "%", sort: .ratio, factor: 10))]
            + named("次 场 场次 期 批 批次 起 例 宗 件次 轮 班次 课时 学时 例次 家次 台次 辆次 架次 车次", .times) + same("轮", as: "轮次", .times) + same("场次", as: "场(次)", .times)
            + same("次", as: "趟 回", .times) + same("批次", as: "批(次)", .times) + same("件次", as: "件(次)", .times)
            + named("家 个 间 所 处 座 张 条 件 对 项 套 台 辆 份 册 篇 具 穴 支 组 栋 幢 只 瓶 箱 袋 部 架 艘 株 棵 面 块 片 节 类 种 款 幅 枚 本 根 头 盒 桶 盏 床 扇 字 票 则 首 期刊 门 卷 包 双 例数 岗 单 笔 层 颗 顶 封", .things)
            + same("台", as: "台(套)", .things) + same("份", as: "份(册) 份(张)", .things) + same("对", as: "对新人", .things)
            + same("个", as: "个(次)", .things) + same("家", as: "家(次)", .things)
            + named("年 个月 天 日 小时 分钟 个工作日 周 个季度 秒", .time) + same("个工作日", as: "工作日", .time) + same("小时", as: "个小时", .time)
            + same("周", as: "个星期 星期", .time) + same("个月", as: "个多月", .time)
            + [("刻钟", Unit(name: "分钟", sort: .time, factor: 15))]
            + same("岁", as: "岁 周岁", .age)
            + named("级", .grade) + same("级", as: "个等级 个层级 个级别", .grade) + same("星", as: "星级", .grade)
            + named("平方米 平方公里 立方米 公里 亩 公顷 米 厘米 毫米 吨 公斤 斤 克 升 分 千瓦 兆", .measure)
            + same("平方米", as: "平米 ㎡ m² m2 平方", .measure) + same("公斤", as: "千克 kg", .measure) + same("公里", as: "千米 km", .measure)
    )

    /// The words after a stroke: 元/人/月, 小时/月, 元/床·年.
    static let divisors = Lexicon<String>(
        "人 月 年 户 床 天 日 次 张 小时 亩 平方米 周 季度 季 个 家 例 人次 具 对 件 期 场 学期 学年 孩 所 辆 名 学时 课时 吨 套 村 社区 项 岗".split(separator: " ").map { (String($0), String($0)) }
            + [("每人", "人"), ("每月", "月"), ("每年", "年"), ("床位", "床"), ("㎡", "平方米")]
    )

    private static func named(_ names: String, _ sort: Unit.Sort) -> [(String, Unit)] {
        names.split(separator: " ").map { (String($0), Unit(name: String($0), sort: sort)) }
    }

    private static func same(_ name: String, as words: String, _ sort: Unit.Sort) -> [(String, Unit)] {
        words.split(separator: " ").map { (String($0), Unit(name: name, sort: sort)) }
    }

    /// Words that begin with a unit's character but are not that unit: 家庭, 组织, 个人.
    static let others = Lexicon(words: """
    家庭 家园 家政 家长 家居 家人 家属 家电 家具 组织 组建 组成 个性 处理 处置 条件 条例 间隔 对象 对口 对接 对比 对于 部门 部分 单位 面积 面对 面向 片区 \
    本级 本地 级别 年龄 年度 日常 日间 日期 周边 分别 分享 分类 分级 分散 分层 分段 期间 批准 例如 类型 类别 人员 人才 人民 人均 人口 人大 户籍 场所 场地 包括 笔者 张贴 节日 节约 \
    只有 只要 头部 字号 号线 首先 台账 门诊 根据 扇形 升级 升温 克服 米面 吨位 所有 所在 所属 座谈 成立 成功 成员 成果 成效 成为 成本 成年 成长 成熟 成绩 成套 封闭 封顶 顶层 顶岗 周年 层次 层面 层级 单独 包含 包干 位居 位于 位列 双方
    """)
}
