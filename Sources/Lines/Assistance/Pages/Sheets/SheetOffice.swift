import Commons
import Kernel
import Values

/// 出具文书的机关。Whose name stands above and below a sheet, and to whom one turns against it.
struct SheetOffice: Sendable, Hashable {
    /// 「示范市民政局」
    let unit: String
    /// 「城关街道办事处」: where people hand things in and ask.
    let township: String
    /// 行政复议机关：as ruled for the place, otherwise 本级人民政府。
    let government: String
    /// 有管辖权的人民法院，as ruled for the place.
    var court = "人民法院"
    /// 委托镇街确认的：「由城关街道办事处受示范市民政局委托审核确认」; nil otherwise.
    let delegation: String?
}

extension Reader {
    /// - Parameter level: who confirms; nil before acceptance.
    func office(in region: RegionCode, level: ConfirmationLevel? = nil, on day: CivilDate? = nil) throws -> SheetOffice {
        let county = try region.ancestors.first { $0.level == .county }.map { try regionName($0) } ?? ""
        let township = try region.ancestors.first { $0.level == .township }.map { Self.office(of: try regionName($0)) } ?? "乡镇人民政府（街道办事处）"
        let unit = "\(county)民政局"
        let authority = try ruledReviewAuthority(on: day ?? today, in: region), court = try ruledCourt(on: day ?? today, in: region)
        return SheetOffice(unit: unit, township: township, government: authority ?? "\(county)人民政府", court: court ?? "人民法院",
                           delegation: level == .township ? "本决定由\(township)受\(unit)委托作出。" : nil)
    }

    private static func office(of township: String) -> String {
        if township.hasSuffix("街道") { return "\(township)办事处" }
        return township.hasSuffix("镇") || township.hasSuffix("乡") ? "\(township)人民政府" : township
    }
}

extension ID {
    /// 查验码：by which a sheet is found again.
    var traceCode: String {
        let code = Array(text.suffix(12))
        return [code.prefix(4), code.dropFirst(4).prefix(4), code.suffix(4)].map { String($0) }.joined(separator: "-")
    }
}
