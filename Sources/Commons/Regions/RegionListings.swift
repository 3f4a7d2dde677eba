import Kernel
import Storage
import Values

/// 区划登记簿。Every code and name with its days, old ones too.
let regionRegister = Listing("region-register", "区划登记簿", of: RegionRow.self, sorted: [.ascending(.regionCode), .ascending(.from), .ascending(Term<ID<Region>>.id)],
                             filters: [.within(.regionCode), .equals(.regionState)], totals: [.count("条")], roles: .everyone,
                             emptyText: "登记过的区划会出现在这里", link: { "/people/regions?region=\($0.text("code") ?? "")" }) { query in
    """
    SELECT id, code, name, from_on, until_on,
           CASE WHEN from_on > \(query.today) THEN 'ahead' WHEN until_on IS NULL OR until_on > \(query.today) THEN 'standing' ELSE 'ended' END AS state
    FROM region WHERE \(query.within("code"))
    """
}

struct RegionRow: Shaped {
    let id: ID<Region>, code: RegionCode, name: String, state: RegionState, from: CivilDate, until: CivilDate?

    static let shape = Shape<RegionRow> {
        Field(.regionCode, \.code)
        Field(.regionName, \.name)
        Field(.regionState, \.state)
        Field(.from, \.from)
        Field(.until, \.until)
        Field(.id, \.id)
    }

    init(from reading: Reading<RegionRow>) throws(Refusal) {
        id = try reading(.id)
        code = try reading(.regionCode)
        name = try reading(.regionName)
        state = try reading(.regionState)
        from = try reading(.from)
        until = try reading(.until)
    }
}

/// 区划状态。
enum RegionState: String, CodeList {
    case standing, ended, ahead

    var label: String {
        switch self { case .standing: "现行"; case .ended: "已撤销或更名"; case .ahead: "尚未开始" }
    }
}

extension Term where Value == RegionState {
    static var regionState: Term<RegionState> { Term("state", "状态") }
}

/// 区划变更记录。
let regionChanges = Listing("region-changes", "区划变更记录", of: RegionChangeRow.self, sorted: [.descending(.regionChangedOn), .ascending(Term<ID<RegionChange>>.id)],
                            filters: [.within(.regionCode), .equals(.regionChangeKind), .equals(.regionChangeState)], roles: .everyone,
                            emptyText: "区划的设立、更名、撤并、拆分会出现在这里", link: { "/people/regions?region=\($0.text("code") ?? "")" }) { query in
    """
    SELECT id, kind, code, on_date, document, CASE WHEN cancelled_at IS NOT NULL THEN 'cancelled' WHEN done_at IS NOT NULL THEN 'done' ELSE 'planned' END AS state
    FROM region_change WHERE \(query.within("code"))
    """
}

struct RegionChangeRow: Shaped {
    let id: ID<RegionChange>, kind: RegionChangeKind, code: RegionCode, on: CivilDate, document: String, state: RegionChangeState

    static let shape = Shape<RegionChangeRow> {
        Field(.regionChangedOn, \.on)
        Field(.regionChangeKind, \.kind)
        Field(.regionCode, \.code)
        Field(.regionChangeState, \.state)
        Field(.regionDocument, \.document)
        Field(.id, \.id)
    }

    init(from reading: Reading<RegionChangeRow>) throws(Refusal) {
        id = try reading(.id)
        kind = try reading(.regionChangeKind)
        code = try reading(.regionCode)
        on = try reading(.regionChangedOn)
        document = try reading(.regionDocument)
        state = try reading(.regionChangeState)
    }
}

/// 变更状态。
enum RegionChangeState: String, CodeList {
    case planned, done, cancelled

    var label: String {
        switch self { case .planned: "等待日期"; case .done: "已办成"; case .cancelled: "已取消" }
    }
}

extension Term where Value == RegionChangeState {
    static var regionChangeState: Term<RegionChangeState> { Term("state", "状态") }
}

extension RegionChange {
    var state: RegionChangeState { cancelledAt != nil ? .cancelled : doneAt != nil ? .done : .planned }
}
