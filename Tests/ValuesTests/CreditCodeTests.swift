import Testing
import Values

@Suite("统一社会信用代码")
struct CreditCodeTests {
    @Test(arguments: [
        "", "91350100M000100Y4", "91350100M000100Y433", "91350100M000100Y44", "91350100M000100Y53", "91350100I000100Y43",
        "9135010OM000100Y43", "91350100M000100YS3", "9135A100M000100Y43", "9135０1中0M000100Y43",
    ])
    func badCodesAreRefused(_ text: String) {
        #expect(refusal(of: text, as: CreditCode.self)?.kind == .invalid)
    }

    @Test(arguments: [
        "91350100M000100Y43", "51440100MJ000000XM", "52440100MJ000000XJ", "53440100MJ000000XF", "54440100MJ000000XC",
    ])
    func codesAreRead(_ code: String) throws {
        #expect(try CreditCode(typed: code).code == code)
        #expect(try CreditCode(typed: code.lowercased()).code == code)
    }

    @Test func theirPartsAreNamed() throws {
        let code = try CreditCode(typed: " ５1440100MJ000000XM ")
        #expect(code.authority == "5")
        #expect(code.category == "1")
        #expect(code.area == "440100")
        #expect(code.organisation == "MJ000000X")
    }

    @Test func facesRoundTrip() throws { try expectFaces(CreditCode(typed: "52440100MJ000000XJ")) }
}
