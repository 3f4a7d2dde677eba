import Kernel
import Storage
import Values

/// 撤并与接续。A code that ended and the codes that took its place: one becomes many, many become one.
extension Reader {
    /// The codes that took the place of each ended code within a region.
    func regionSuccessors(below region: RegionCode) throws -> [RegionCode: [RegionCode]] {
        let pairs = try connection.all("SELECT code, successor FROM region_successor WHERE \(Reader.within("code", region)) ORDER BY code, successor") {
            (code: try $0.read(0) as RegionCode, successor: try $0.read(1) as RegionCode)
        }
        return Dictionary(grouping: pairs, by: \.code).mapValues { $0.map(\.successor) }
    }

    /// What a place is called on a page: its name; 全国 for the country; the code where it has no name.
    func placeName(_ code: RegionCode, on day: CivilDate? = nil) throws -> String {
        let name = try regionName(code, on: day)
        return name == code.shown && code == .country ? "全国" : name
    }

    /// The codes that took the place of a code, over as many changes as there were; itself while it stands.
    public func successors(of code: RegionCode) throws -> [RegionCode] {
        if try region(code, on: today) != nil { return [code] }
        var open = [code], found: [RegionCode] = [], seen: Set<RegionCode> = []
        while let next = open.popLast() {
            guard seen.insert(next).inserted else { continue }
            if next != code, try region(next, on: today) != nil { found.append(next); continue }
            open += try connection.all("SELECT successor FROM region_successor WHERE code = \(next) ORDER BY successor") { try $0.read(0) as RegionCode }
        }
        return found.sorted()
    }

    /// 当时的区划。The code under which a subject stood at an instant, as the journal kept it: a notice printed again bears the place of its day.
    ///
    /// - Parameter fallback: where it stands now, for what the journal doesn't know.
    public func region(of subject: String, asOf instant: Instant, now fallback: RegionCode) throws -> RegionCode {
        try connection.value("SELECT region FROM journal WHERE subject = \(subject) AND at <= \(instant) ORDER BY at DESC, id DESC LIMIT 1") ?? fallback
    }
}
