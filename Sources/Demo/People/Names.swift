import Values

/// 姓名。Common surnames before given names made of 天干地支、四季山川: plainly invented, and as varied as a city's.
enum Names {
    /// Roughly in the order of how common they are; the first are drawn more often.
    private static let surnames = Array("王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤")
        .map(String.init)
    private static let given = Array("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥春夏秋冬东南西北山川河海江湖云雨风雪星月松竹梅兰石泉禾麦稻谷一二三四五六七八九十示范例样初元")
        .map(String.init)
    /// 少数民族姓名：本名·父名。
    private static let longNames = ["示尔木", "范里江", "例古丽", "样买提", "甲木措", "乙吉玛", "丙西加", "丁巴图", "春那日", "夏格勒", "秋多杰", "冬央宗"]

    static func surname(_ dice: inout Dice) -> String {
        surnames[min(dice.below(surnames.count), dice.below(surnames.count))]
    }

    static func name(_ surname: String, _ dice: inout Dice) -> String {
        if dice.chance(1.2) { return "\(dice.pick(longNames))·\(dice.pick(longNames))" }
        return surname + dice.pick(given) + (dice.chance(86) ? dice.pick(given) : "")
    }
}
