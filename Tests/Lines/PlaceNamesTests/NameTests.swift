import Testing
import Values
@testable import PlaceNames

struct NameTests {
    @Test("地名用字", arguments: [
        ("", "请填写"), ("Jianshe路", "「J」"), ("建设1路", "「1」"), ("建设 路", "「 」"), ("𬮿门", "「𬮿」"), ("鑫磊龘", "「龘」"),
        (String(repeating: "长", count: 21), "最多 20"),
    ])
    func rareCharactersAreRefused(_ typed: String, _ part: String) {
        #expect(throws: Refusal.self) { try PlaceText(typed: typed) }
        do throws(Refusal) { _ = try PlaceText(typed: typed) } catch { #expect(error.message.contains(part)) }
    }

    @Test("地名用字：常用字照收", arguments: ["建设路", " 和平里 ", "鑫", String(repeating: "长", count: 20)])
    func commonCharactersPass(_ typed: String) throws {
        let name = try PlaceText(typed: typed)
        #expect(try PlaceText(typed: name.typed) == name)
        #expect(try PlaceText(stored: name.stored) == name)
    }

    @Test("位置", arguments: [
        //  填写                        保存
        ("", nil), ("113.26", nil), ("113.26,", nil), ("abc,23.1", nil), ("1e2,23", nil), ("-113,23", nil), ("113.1234567,23", nil), ("113.,23", nil),
        ("23.129112,113.264385", nil),              // 经纬度写反
        ("72.999999,30", nil), ("73,30", "73.000000,30.000000"), ("136,30", "136.000000,30.000000"), ("136.000001,30", nil),
        ("113.264385，23.129112", "113.264385,23.129112"), ("113.26 23.000001", "113.260000,23.000001"),
    ] as [(String, String?)])
    func positionsAreDecimalDegrees(_ typed: String, _ stored: String?) {
        #expect((try? Position(typed: typed))?.typed == stored)
    }

    @Test("批准机关", arguments: [
        (PlaceClass.street, "路", [Approver.county]),
        (.building, "苑", [.housing]),
        (.facility, "水库", [.department]),
        (.settlement, "社区", [.county]),
        (.division, "街道", [.establishing]),
        (.division, "镇", [.province]), (.division, "乡", [.province]), (.division, "民族乡", [.province]),
        (.division, "市", [.stateCouncil]), (.division, "县", [.stateCouncil]),
    ])
    func theLawNamesTheApprover(_ kind: PlaceClass, _ generic: String, _ approvers: [Approver]) {
        #expect(kind.approvers(generic: generic) == approvers)
    }

    @Test("比较范围", arguments: [
        (PlaceClass.division, "110105001", "110000"), (.settlement, "110105001002", "110105"), (.street, "110105001", "110105"),
        (.building, "110105", "110105"), (.street, "110100", "110100"), (.facility, "110105001", nil),
    ] as [(PlaceClass, String, String?)])
    func namesAreComparedWhereTheLawSays(_ kind: PlaceClass, _ region: String, _ neighbourhood: String?) throws {
        #expect(kind.neighbourhood(of: try RegionCode(region))?.code == neighbourhood)
    }
}
