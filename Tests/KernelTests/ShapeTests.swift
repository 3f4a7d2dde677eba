import Kernel
import Testing
import Values

/// One declaration, read from every side.
@Suite struct ShapeTests {
    static let nested: RawFields = [
        "region": .typed("000181001"), "borrower": .typed("张三丰"),
        "parts": .rows([
            RawRow(key: "p1", fields: ["title": .typed("车轮"), "price_fen": .typed("12.50"), "screws": .rows([RawRow(key: "s1", fields: ["size": .typed("3")])])]),
            RawRow(key: "p2", fields: ["title": .typed("车身")]),
        ]),
    ]

    @Test("每一处错误都指到字段，一次说全", arguments: [
        Fault(["borrower": .typed("")], ["borrower"]),
        Fault(["region": .typed("12")], ["region"]),
        Fault(["parts": .rows([RawRow(key: "p1", fields: ["price_fen": .typed("-1")])])], ["parts.p1.title", "parts.p1.price_fen"]),
        Fault(["parts": .rows([RawRow(key: "p9", fields: ["title": .typed("轮"), "screws": .rows([RawRow(key: "s7", fields: ["size": .typed("大")])])])])],
              ["parts.p9.screws.s7.size"]),
        Fault(["borrower": .typed(String(repeating: "长", count: 4_000_000))], ["borrower"]),
        Fault(["borrower": .rows([])], ["borrower"]),
    ])
    func everyFaultNamesItsField(_ fault: Fault) async throws {
        let office = try await ToyOffice()
        var values = Self.nested
        for name in fault.change.names { values[name] = fault.change[name] }
        #expect(try office.counter.problems("toys.lend-toy", values).map { $0.path.joined(separator: ".") } == fault.paths)
    }

    struct Fault: Sendable {
        let change: RawFields, paths: [String]
        init(_ change: RawFields, _ paths: [String]) { self.change = change; self.paths = paths }
    }

    @Test("多层的行写进子表，按次序原样读回")
    func nestedRowsRoundTrip() async throws {
        let office = try await ToyOffice()
        let loan = try await office.lend("张三丰", Self.nested).outcome.subject
        let read = try await office.counter.read(as: clerk) { try $0.find(try #require(ID<Loan>(rawValue: loan))) }
        #expect(read.parts.map(\.title) == ["车轮", "车身"])
        #expect(read.parts.first?.screws.map(\.size) == [3])
        #expect(read.parts.first?.price?.money == Money(fen: 1250))
        try await office.act("rename-toy", loan, ["borrower": .typed("张君宝")])
        let again = try await office.counter.read(as: clerk) { try $0.find(read.id) }
        #expect(again.parts.map(\.key) == ["p1", "p2"] && again.parts.first?.screws.count == 1)
    }

    @Test("密存的电话不以明文落库，读出时遮蔽")
    func sealedValuesRestSealed() async throws {
        let office = try await ToyOffice()
        let loan = try await office.lend("张三丰", ["phone": .typed("13800138000")]).outcome.subject
        let (stored, opened) = try await office.counter.read(as: clerk) { reader in
            (try reader.connection.value("SELECT phone FROM loan WHERE id = \(loan)") as String?,
             try reader.find(try #require(ID<Loan>(rawValue: loan))).secret.map { try reader.open($0).typed })
        }
        #expect(stored?.contains("13800138000") == false)
        #expect(opened == "13800138000")
    }

    @Test("JSON 往返：机器的一面不变", arguments: [
        #"{"a":"文字","b":12,"c":[{"key":"1","x":1}],"d":{"e":null}}"#,
        #"{"quote":"\"\\\n\t","big":9007199254740991}"#,
    ])
    func jsonRoundTrips(_ text: String) throws {
        let once = try JSON(parsing: text)
        #expect(try JSON(parsing: once.text) == once)
        #expect(try JSON(try once.rawFields()).rawFields() == once.rawFields())
    }

    @Test("不认得的项要说出来")
    func unknownNamesAreNamed() throws {
        let outline = LendToy.shape.outline
        let raw: RawFields = ["borrower": .typed("甲"), "colour": .typed("红"), "parts": .rows([RawRow(key: "1", fields: ["weight": .typed("3")])])]
        #expect(outline.unknown(in: raw).map { $0.path.joined(separator: ".") } == ["colour", "parts.1.weight"])
    }
}
