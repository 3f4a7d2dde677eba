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
}
