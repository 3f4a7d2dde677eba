import Kernel
import Storage
import Values

/// Finds regions by part of a name or by code; a name or code of the past leads to what took its place.
let findRegions = Finder { text, reader in
    let sought = text.filter { !$0.isWhitespace }
    guard sought.count >= 2 else { return [] }
    let escaped = sought.replacing("!", with: "!!").replacing("%", with: "!%").replacing("_", with: "!_")
    let isCode = sought.utf8.count >= 6 && sought.utf8.allSatisfy { (0x30 ... 0x39).contains($0) }
    let condition: Statement = isCode ? "code LIKE \(escaped + "%") ESCAPE '!'" : "name LIKE \("%\(escaped)%") ESCAPE '!'"
    return try reader.all(Region.self, where: "\(condition) ORDER BY code, from_on DESC LIMIT 20").compactMap { try reader.hit($0) }
}

extension Reader {
    fileprivate func hit(_ region: Region) throws -> Hit? {
        let now = try successors(of: region.code)
        guard let place = ([region.code] + now).first(where: actor.covers) else { return nil }
        guard let until = region.until, until <= today else {
            return Hit(kind: "区划", title: region.name, detail: "\(region.code.code)，\(region.code.level.label)", link: "/people/regions?region=\(region.code.code)")
        }
        let after = try now == [region.code] ? "更名为\(placeName(region.code))" : "由\(now.map { "\(try placeName($0))（\($0.code)）" }.joined(separator: "、"))接续"
        let detail = now.isEmpty ? "没有登记接续的区划" : after
        let link = address("/people/regions", ["region": (now.first(where: actor.covers) ?? place).code, "was": region.code.code])
        return Hit(kind: "区划", title: "\(region.name)（\(region.code.code)）", detail: "\(until.shown)起不用，\(detail)", link: link)
    }
}
