import Kernel
import Values

/// 撤并区划。Several codes end and one takes their place, or one code takes the place of another: each row is an old code and its new one.
struct MergeRegions: Action {
    let id: ID<RegionChange>
    let parts: [MergedRegion]
    let on: CivilDate
    let document: String

    static let title = "撤并区划"
    static let guidance = "每行一个撤销的代码和接续它的代码；接续的是新设区划的，写上新名称。下级区划没有列明的，沿用末三位编入新的上级。只换代码的也在这里办理。"
    static let roles: Set<Role> = .regionKeepers
    static let subject = Subject<MergeRegions>.located(nil) { act, reader in
        Located(region: act.handovers.isEmpty ? reader.actor.region : act.handovers.scope)
    }
    static let shape = Shape<MergeRegions> {
        Field(.newRegionChange, \.id)
        Each(.mergedRegions, \.parts)
        Field(.regionChangedOn, \.on)
        Field(.regionDocument, \.document)
    }

    init(from reading: Reading<MergeRegions>) throws(Refusal) {
        id = try reading(.newRegionChange)
        parts = try reading(.mergedRegions)
        on = try reading(.regionChangedOn)
        document = try reading(.regionDocument)
    }

    private var handovers: [RegionPart] { parts.map { RegionPart($0.key, $0.code, $0.successor.region, $0.name) }.filter { $0.code != $0.successor } }

    func perform(at desk: Desk) throws -> Outcome {
        let handovers = handovers
        guard !handovers.isEmpty else { throw Refusal.invalid("请至少填写一行：撤销的代码和接续的代码").at(["parts"]) }
        for part in handovers where part.code.map({ $0.level < .county }) ?? true {
            throw Refusal.invalid("省级、地级区划不在本系统撤并").at(["parts", part.key, "code"])
        }
        let whole = try handovers + desk.followers(of: handovers, on: on)
        let successors = Set(handovers.compactMap(\.successor))
        let isMany = try successors.count < handovers.count || successors.contains { try desk.region($0, on: on) != nil }
        let change = RegionChange(id, isMany ? .merged : .recoded, in: handovers.scope, on: on, document: document, whole, knownAt: desk.now)
        return try desk.arrange(change)
    }
}

/// 撤销的区划和接续它的。
struct MergedRegion: Entry {
    let key: String
    let code: RegionCode
    let successor: WrittenCode
    let name: String?

    static let shape = Shape<MergedRegion> {
        Field(.endedCode, \.code)
        Field(.writtenSuccessor, \.successor)
        Field(.successorName, \.name)
    }

    init(from reading: Reading<MergedRegion>) throws(Refusal) {
        key = reading.key
        code = try reading(.endedCode)
        successor = try reading(.writtenSuccessor)
        name = try reading(.successorName)
    }
}

extension Term where Value == [MergedRegion] {
    static var mergedRegions: Term<[MergedRegion]> { Term("parts", "撤销的区划") }
}
extension Term where Value == RegionCode {
    static var endedCode: Term<RegionCode> { Term("code", "撤销的代码") }
}
extension Term where Value == WrittenCode {
    static var writtenSuccessor: Term<WrittenCode> { Term("successor", "接续的代码", hint: "现有的或新设的，9 位或 12 位数字") }
}
extension Term where Value == String {
    static var successorName: Term<String> { Term("name", "接续区划的名称", hint: "接续的是新设区划时填写") }
}

extension Reader {
    /// Regions below an ended one that nobody named: they keep their last digits under the new one, where these are free.
    fileprivate func followers(of parts: [RegionPart], on day: CivilDate) throws -> [RegionPart] {
        let named = Set(parts.compactMap(\.code))
        var taken = Set(parts.compactMap(\.successor)), found: [RegionPart] = []
        for part in parts {
            guard let old = part.code, let new = part.successor, old.level < .community, old.level == new.level else { continue }
            for child in try children(of: old, on: day) where !named.contains(child.code) {
                let code = try RegionCode(new.code + child.code.code.dropFirst(old.code.utf8.count))
                guard try region(code, on: day) == nil, taken.insert(code).inserted else {
                    throw Refusal.conflict("下级\(child.name)（\(child.code.shown)）沿用末三位的代码 \(code.shown) 已被占用，请为它列明新代码").at(["parts"])
                }
                found.append(RegionPart("c\(child.code.code)", child.code, code, child.name))
            }
        }
        return found
    }

    private func children(of code: RegionCode, on day: CivilDate) throws -> [Region] {
        try all(Region.self, where: """
            \(Reader.within("code", code)) AND code <> \(code) AND from_on <= \(day) AND (until_on IS NULL OR until_on > \(day)) ORDER BY code
            """)
    }
}

extension [RegionPart] {
    /// The least region that holds all of them.
    var scope: RegionCode {
        let codes = flatMap { [$0.code, $0.successor] }.compactMap { $0 }
        return codes.first?.ancestors.first { region in codes.allSatisfy(region.contains) } ?? .country
    }
}
