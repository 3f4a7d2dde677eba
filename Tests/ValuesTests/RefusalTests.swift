import Testing
import Values

@Suite("不予办理")
struct RefusalTests {
    @Test func aBareRefusalBecomesAProblemAtItsField() {
        let refusal = Refusal.invalid("请填写日期").at(["members", "1", "born_on"])
        #expect(refusal.message == "请填写日期")
        #expect(refusal.problems == [.init(["members", "1", "born_on"], "请填写日期")])
    }

    @Test func problemsMoveOutwards() {
        let inner = Refusal(.invalid, "有2处需要修改", problems: [.init(["a"], "一"), .init([], "二")])
        #expect(inner.at(["form"]).problems == [.init(["form", "a"], "一"), .init(["form"], "二")])
    }

    @Test func theBasisStaysAndIsSaid() {
        let basis = Citation("最低生活保障审核确认办法", number: "民发〔2021〕57号", article: "第十三条")
        let refusal = Refusal.ineligible("家庭人均月收入不低于标准", basis: basis).at(["income"])
        #expect(refusal.kind == .ineligible)
        #expect(refusal.description == "家庭人均月收入不低于标准（依据：《最低生活保障审核确认办法》（民发〔2021〕57号）第十三条）")
    }

    @Test(arguments: [
        (Citation("社会救助暂行办法"), "《社会救助暂行办法》"),
        (Citation.plain("001 号材料：自 2024 年 7 月起"), "001 号材料：自 2024 年 7 月起"),
        (Citation("《社会救助暂行办法》", article: "第九条"), "《社会救助暂行办法》第九条"),
    ])
    func citationsReadAsPrinted(_ citation: Citation, _ text: String) {
        #expect(citation.text == text)
    }
}
