import Kernel
import Values

/// 拆分区划。New codes from part of one. Whoever is registered stays with the code that goes on, until he is transferred.
struct SplitRegion: Action {
    let id: ID<RegionChange>
    let code: RegionCode
    let parts: [NewRegion]
    let isEnded: Bool
    let on: CivilDate
    let document: String

    static let title = "拆分区划"
    static let guidance = "每行一个新设的区划。原代码撤销的，人员和家庭先全部归第一行，再办理「划转家庭」；原代码保留的，先留在原代码。账号的管辖范围不会自动扩大。"
    static let roles: Set<Role> = .regionKeepers
    static let subject = Subject<SplitRegion>.region(\.code)
    static let shape = Shape<SplitRegion> {
        Field(.newRegionChange, \.id)
        Field(.regionCode, \.code)
        Each(.newRegions, \.parts)
        Field(.isEnded, \.isEnded)
        Field(.regionChangedOn, \.on)
        Field(.regionDocument, \.document)
    }

    init(from reading: Reading<SplitRegion>) throws(Refusal) {
        id = try reading(.newRegionChange)
        code = try reading(.regionCode)
        parts = try reading(.newRegions)
        isEnded = try reading(.isEnded)
        on = try reading(.regionChangedOn)
        document = try reading(.regionDocument)
    }

    func perform(at desk: Desk) throws -> Outcome {
        guard parts.count >= (isEnded ? 2 : 1) else { throw Refusal.invalid(isEnded ? "原代码撤销的，请至少填写两个新区划" : "请至少填写一个新区划").at(["parts"]) }
        for part in parts {
            guard part.code.region.level == code.level else { throw Refusal.invalid("新区划须与原区划同级（\(code.level.label)）").at(["parts", part.key, "code"]) }
            guard part.code.region.parent == code.parent else { throw Refusal.invalid("新区划须与原区划在同一上级下").at(["parts", part.key, "code"]) }
        }
        let rows = parts.enumerated().map { number, part in RegionPart(part.key, isEnded && number == 0 ? code : nil, part.code.region, part.name) }
        return try desk.arrange(RegionChange(id, .split, in: code, on: on, document: document, rows, knownAt: desk.now))
    }
}

/// 新区划。
struct NewRegion: Entry {
    let key: String
    let code: WrittenCode
    let name: String

    static let shape = Shape<NewRegion> {
        Field(.writtenCode, \.code)
        Field(.regionName, \.name)
    }

    init(from reading: Reading<NewRegion>) throws(Refusal) {
        key = reading.key
        code = try reading(.writtenCode)
        name = try reading(.regionName)
    }
}

extension Term where Value == [NewRegion] {
    static var newRegions: Term<[NewRegion]> { Term("parts", "新区划") }
}
extension Term where Value == Bool {
    static var isEnded: Term<Bool> { Term("is_ended", "原代码撤销") }
}
