import Kernel
import Pages
import Storage
import Values

/// 改前的季度目标。What was set until somebody changed it; such rows are only added.
struct PastPoints: Placed {
    let id: ID<PastPoints>
    let target: ID<PlanTarget>
    let region: RegionCode
    let first: TargetNumber?
    let second: TargetNumber?
    let third: TargetNumber?
    let fourth: TargetNumber?
    let changedByName: String
    let changedAt: Instant

    var values: [TargetNumber?] { [first, second, third, fourth] }

    static let table = "target_point_past"
    static let title = "改前的季度目标"
    static let shape = Shape<PastPoints> {
        Field(.id, \.id)
        Field(.targetOfRow, \.target)
        Field(.region, \.region)
        Field(.firstQuarter, \.first)
        Field(.secondQuarter, \.second)
        Field(.thirdQuarter, \.third)
        Field(.fourthQuarter, \.fourth)
        Field(.changedByName, \.changedByName)
        Field(.changedAt, \.changedAt)
    }

    init(from reading: Reading<PastPoints>) throws(Refusal) {
        id = try reading(.id)
        target = try reading(.targetOfRow)
        region = try reading(.region)
        first = try reading(.firstQuarter)
        second = try reading(.secondQuarter)
        third = try reading(.thirdQuarter)
        fourth = try reading(.fourthQuarter)
        changedByName = try reading(.changedByName)
        changedAt = try reading(.changedAt)
    }
}

extension PastPoints {
    init(_ points: [Int: TargetNumber], of target: PlanTarget, at desk: Desk) {
        (id, self.target, region, first, second, third, fourth) = (desk.makeID(), target.id, target.region, points[1], points[2], points[3], points[4])
        (changedByName, changedAt) = (desk.actor.name, desk.now)
    }
}

extension Reader {
    /// As they stand: quarter → value.
    func points(of target: ID<PlanTarget>) throws -> [Int: TargetNumber] {
        let rows = try connection.all("SELECT quarter, value FROM target_point WHERE target_id = \(target)") { (try $0.read(0) as Int, try $0.read(1) as TargetNumber) }
        return Dictionary(rows, uniquingKeysWith: { first, _ in first })
    }

    /// The newest first.
    func pastPoints(of target: ID<PlanTarget>) throws -> [PastPoints] {
        try all(PastPoints.self, where: "target_id = \(target) ORDER BY changed_at DESC, id DESC")
    }
}

/// 季度目标的改动。
struct PastPointsView: Sendable {
    let past: [PastPoints]
    let unit: String
    let mayRestore: Bool

    var markup: Markup {
        guard !past.isEmpty else { return "" }
        let rows = past.map { past in
            TableRowView([.text(past.changedAt.shown), .text(past.changedByName)] + past.values.map { $0.map { .text("\($0.grouped) \(unit)") } ?? .absent }
                + [mayRestore ? .link("恢复成这样", href: "/planning/do/\(RestorePoints.name)?past=\(past.id.text)") : .absent])
        }
        let columns = [ColumnView("改动时刻", .date), ColumnView("改动人")] + ["一", "二", "三", "四"].map { ColumnView("\($0)季度末", .number) } + [ColumnView("恢复")]
        return """
            <details><summary>以前的季度目标（\(past.count)）</summary>\
            \(TableView(id: "past-points", caption: "每次改动以前的季度目标；空着的按时间均匀推进", columns: columns, rows: rows, empty: EmptyView("没有", "")))</details>
            """
    }
}
