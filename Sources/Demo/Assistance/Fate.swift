/// 一件申请的去向。Where a case of the demo city ends up today; between them every state of both procedures.
enum Fate: CaseIterable, Sendable {
    // 在办
    case submitted, supplementing, surveying, overdue, opined, noticing, noticed, objected, refused
    // 办结
    case notified, terminated, withdrawn
    // 在保及其后
    case running, contested, reviewed, changing, recomputed, corrected, bereaved, exiting, stopped, closed

    /// Whether the household's income is above what the law admits.
    var isRefused: Bool { self == .refused || self == .notified }

    /// The first cases take every fate in turn; of the later ones most are simply on the roster.
    static func of(_ index: Int) -> Fate {
        let rounds = allCases.count
        guard index >= rounds else { return allCases[index] }
        if index % 4 == 0 { return allCases[index / 4 % rounds] }
        return index % 3 == 0 ? .reviewed : .running
    }

    /// How many days before today its application was made: what is still open is young, the rest is spread over so many days.
    func began(_ index: Int, of count: Int, within days: Int) -> Int {
        switch self {
        case .submitted: 1 + index % 3
        case .supplementing: 4 + index % 3
        case .surveying: 4 + index % 4
        case .overdue: 75 + index % 9
        case .opined: 10 + index % 4
        case .noticing: 14 + index % 3
        case .noticed: 26 + index % 5
        case .objected: 18 + index % 3
        case .refused: 12 + index % 2
        case .changing: 85 + index % 5
        case .bereaved: 95 + index % 5
        case .stopped: 105 + index % 5
        case .exiting: 120 + index % 20
        default: max(120, days - days * index / max(1, count) * 4 / 5)
        }
    }
}
