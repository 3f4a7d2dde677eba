import Testing
import Values

@Suite("区划代码")
struct RegionCodeTests {
    @Test(arguments: ["", "1", "00018", "0001810", "0001810010", "00018100100100", "00018a", "000181000001", "示范市"])
    func badCodesAreRefused(_ text: String) {
        #expect(refusal(of: text, as: RegionCode.self)?.kind == .invalid)
    }

    @Test(arguments: [
        ("000000", RegionCode.Level.country, "", []), ("110000", .province, "11", ["000000"]),
        ("110100", .prefecture, "1101", ["110000", "000000"]),
        ("110101", .county, "110101", ["110100", "110000", "000000"]),
        ("000181", .county, "000181", ["000100", "000000"]),
        ("000181001", .township, "000181001", ["000181", "000100", "000000"]),
        ("000181001001", .community, "000181001001", ["000181001", "000181", "000100", "000000"]),
    ] as [(String, RegionCode.Level, String, [String])])
    func levels(_ text: String, _ level: RegionCode.Level, _ prefix: String, _ above: [String]) throws {
        let region = try RegionCode(text)
        #expect(region.level == level)
        #expect(region.scopePrefix == prefix)
        #expect(region.ancestors.map(\.code) == [text] + above)
        #expect(region.parent?.code == above.first)
    }

    @Test(arguments: [
        ("110101000000", "110101"), ("110101000", "110101"), ("110101001000", "110101001"), ("１１０１０１", "110101"),
    ])
    func paddedCodesNameTheHigherRegion(_ text: String, _ code: String) {
        #expect(read(text, as: RegionCode.self)?.code == code)
    }

    @Test(arguments: [
        ("000000", "659001", true), ("000181", "000181", true), ("000181", "000181001001", true), ("000181001", "000181", false),
        ("000181001", "000181002001", false), ("110000", "120101", false), ("110100", "110101001", true),
    ])
    func containment(_ outer: String, _ inner: String, _ expected: Bool) throws {
        #expect(try RegionCode(outer).contains(RegionCode(inner)) == expected)
    }

    @Test func facesRoundTrip() throws {
        try expectFaces(.country, RegionCode("000181"), RegionCode("000181001"), RegionCode("000181001001"))
        #expect(RegionCode.Level.county < .township)
    }
}
