import Kernel
import Testing
import Values
@testable import Terminal

@Suite("逐项填写")
struct AssignmentTests {
    private let outline = PriceBasket.shape.outline

    @Test("写法有误的，说明哪一项", arguments: [
        ("", ""),
        ("=5", ""),
        ("buyer.name", ""),
        ("seller=1", "seller"),
        ("buyer=1", "buyer"),
        ("buyer.age=1", "buyer.age"),
        ("buyer.name.first=1", "buyer.name.first"),
        ("goods=1", "goods"),
        ("goods.1=1", "goods.1"),
        ("goods.1.colour=红", "goods.1.colour"),
        ("goods.a/b.price_fen=1", "goods"),
    ])
    func malformed(_ text: String, _ path: String) {
        let refusal = #expect(throws: Refusal.self) { try RawFields(json: nil, assignments: [text], for: outline) }
        #expect(refusal?.problems.first?.path.joined(separator: ".") ?? "" == path)
    }

    @Test("路径成为值、组和行；后写的行接在后面")
    func wellFormed() throws {
        let fields = try RawFields(json: nil, assignments: ["buyer.name=张三", "goods.b.price_fen=12.50", "goods.a.price_fen=3", "goods.b.born_on=2024-07-01", "buyer.sex="], for: outline)
        #expect(fields.group("buyer").text("name") == "张三")
        #expect(fields.group("buyer").text("sex") == "")
        #expect(fields.rows("goods").map(\.key) == ["b", "a"])
        #expect(fields.rows("goods")[0].fields == ["price_fen": .typed("12.50"), "born_on": .typed("2024-07-01")])
    }

    @Test("JSON 之上再逐项改写；值中可以有等号")
    func overJSON() throws {
        let json = Array(#"{"buyer": {"name": "李四"}, "goods": [{"price_fen": 100}, {"key": "z", "price_fen": 200}]}"#.utf8)
        let fields = try RawFields(json: json, assignments: ["buyer.name=a=b", "goods.z.price_fen=3"], for: outline)
        #expect(fields.group("buyer").text("name") == "a=b")
        #expect(fields.rows("goods").map(\.key) == ["1", "z"])
        #expect(fields.rows("goods")[0].fields == ["price_fen": .received(.integer(100))])
        #expect(fields.rows("goods")[1].fields == ["price_fen": .typed("3")])
    }

    @Test("JSON 的形状不对", arguments: [
        (#"{"goods": {"1": {}}}"#, "goods"), (#"{"goods": "甲"}"#, "goods"), (#"{"buyer": []}"#, "buyer"), (#"{"buyer": {"name": {}}}"#, "buyer.name"),
        (#"{"buyer": {}, "more": 1}"#, "more"), (#"{"goods": [{"key": "a"}, {"key": "a"}]}"#, "goods"), (#"{"goods": [{"x": 1}]}"#, "goods.1.x"),
    ])
    func misshapen(_ json: String, _ path: String) {
        let refusal = #expect(throws: Refusal.self) { try RawFields(json: Array(json.utf8), assignments: [], for: outline) }
        #expect(refusal?.problems.map { $0.path.joined(separator: ".") } == [path])
    }
}
