import Testing
import Values

@Suite("公民身份号码")
struct ResidentIDTests {
    @Test(arguments: [
        "", "1", "110105194912310021", "11010519491231002", "11010519491231002XX", "1101051949123100２a", "11010519491231０02Y",
        "A1010519491231002X", "110105491231", "11010549123100X", "1101054913310021", "110105490231002", "示例示例示例示例示例示例示例示例示例",
        "11010519491331002X", "110105-19491231002X",
    ])
    func badNumbersAreRefused(_ text: String) {
        #expect(refusal(of: text, as: ResidentID.self)?.kind == .invalid)
    }

    @Test func theFaultIsNamed() {
        #expect(refusal(of: "110105194912310021", as: ResidentID.self)?.message == "公民身份号码末位校验不符，请核对证件")
        #expect(refusal(of: "110105490230002", as: ResidentID.self)?.message == "公民身份号码中的出生日期不存在，请核对证件")
    }

    @Test(arguments: [
        //  填写                    规范写法                性别         种类                出生
        ("11010519491231002X", "11010519491231002X", Sex.female, ResidentID.Kind.resident, "1949-12-31"),
        ("11010519491231002x", "11010519491231002X", .female, .resident, "1949-12-31"),
        ("１１０１０５１９４９１２３１００２Ｘ", "11010519491231002X", .female, .resident, "1949-12-31"),
        ("110105491231002", "11010519491231002X", .female, .resident, "1949-12-31"),
        ("440524188001010014", "440524188001010014", .male, .resident, "1880-01-01"),
        ("810000199003070015", "810000199003070015", .male, .hongKong, "1990-03-07"),
        ("830000198506150024", "830000198506150024", .female, .taiwan, "1985-06-15"),
        ("82000020000229003X", "82000020000229003X", .male, .macao, "2000-02-29"),
    ])
    func numbersAreRead(_ text: String, _ typed: String, _ sex: Sex, _ kind: ResidentID.Kind, _ birth: String) throws {
        let id = try ResidentID(typed: text)
        #expect(id.typed == typed)
        #expect(id.sex == sex)
        #expect(id.kind == kind)
        #expect(id.birth.typed == birth)
        #expect(id.area == String(typed.prefix(6)))
    }

    @Test func unknownAreasAndForeignersAreTaken() throws {
        let invented = try ResidentID(area: "000181", birth: day("1958-05-06"), sequence: 17)
        #expect(invented.typed.hasPrefix("00018119580506017"))
        #expect(try ResidentID(typed: invented.typed) == invented)
        #expect(invented.area == "000181")
        let foreigner = try ResidentID(area: "911124", birth: day("1990-01-02"), sequence: 3)
        #expect(foreigner.kind == .foreigner)
        #expect(try ResidentID(typed: foreigner.typed) == foreigner)
        #expect(throws: Refusal.self) { try ResidentID(area: "00018", birth: day("1958-05-06"), sequence: 17) }
        #expect(throws: Refusal.self) { try ResidentID(area: "000181", birth: day("1958-05-06"), sequence: 1000) }
    }

    @Test(arguments: [("110105491231995", false), ("110105491231996", true), ("110105491231999", true), ("110105491231001", false)])
    func centenariansAreLookedAt(_ old: String, _ needed: Bool) throws {
        #expect(try ResidentID.upgrading(old).needsManualReview == needed)
    }

    @Test func onlyFifteenDigitsAreUpgraded() {
        #expect(throws: Refusal.self) { try ResidentID.upgrading("11010519491231002X") }
        #expect(throws: Refusal.self) { try ResidentID.upgrading("11010549123100X") }
    }

    @Test("是否可能", arguments: [
        ("2024-07-01", "2024-06-30", false), ("2024-07-01", "2024-07-01", true),
        ("1894-07-01", "2024-07-01", true), ("1894-07-01", "2025-06-30", true), ("1894-07-01", "2025-07-01", false),
    ])
    func plausibility(_ birth: String, _ on: String, _ expected: Bool) throws {
        let id = try ResidentID(area: "000181", birth: day(birth), sequence: 1)
        #expect(try id.isPlausible(on: day(on)) == expected)
        #expect(((try? id.checkPlausible(on: day(on))) != nil) == expected)
    }

    @Test func oneWrongDigitIsFound() throws {
        let right = Array("11010519491231002X")
        for place in 0..<17 {
            var wrong = right
            wrong[place] = right[place] == "9" ? "0" : "9"
            guard wrong != right else { continue }
            #expect(read(String(wrong), as: ResidentID.self) == nil)
        }
    }

    @Test func facesRoundTrip() throws { try expectFaces(ResidentID(typed: "11010519491231002X")) }
}
