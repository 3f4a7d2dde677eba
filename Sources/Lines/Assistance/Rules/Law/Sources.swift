import Values

extension Citation {
    /// 《社会救助暂行办法》，国务院令第649号，2014 年 5 月 1 日起施行。
    static func socialAssistance(_ article: String? = nil) -> Citation {
        Citation("社会救助暂行办法", number: "国务院令第649号", article: article)
    }

    /// 《最低生活保障审核确认办法》，民发〔2021〕57号，2021 年 7 月 1 日起施行。
    static func confirmation2021(_ article: String? = nil) -> Citation {
        Citation("最低生活保障审核确认办法", number: "民发〔2021〕57号", article: article)
    }

    /// 《最低生活保障审核审批办法（试行）》，民发〔2012〕220号，2021 年 7 月 1 日废止。
    static func approval2012(_ article: String? = nil) -> Citation {
        Citation("最低生活保障审核审批办法（试行）", number: "民发〔2012〕220号", article: article)
    }

    /// 民发〔2022〕83号，2022 年 10 月 20 日。
    static let expansion2022 = Citation(
        "关于进一步做好最低生活保障等社会救助兜底保障工作的通知", number: "民发〔2022〕83号")

    /// 试算时填写的参数。
    static let estimate = Citation.plain("试算所填参数")

    /// No text decides it: a default of this system that the bureau should confirm by a ruling.
    static let systemDefault = Citation.plain("系统默认取值，以当地规定为准")
}
