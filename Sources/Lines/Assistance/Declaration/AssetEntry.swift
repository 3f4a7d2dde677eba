import Kernel
import Values

/// 财产一项。
struct AssetEntry: Entry, Hashable {
    let key: String
    let kind: AssetKind
    let name: String?
    /// 存款等的余额、车辆的价值、市场主体的认缴出资。
    let amount: Amount?
    let vehicle: VehicleKind?
    let area_m2: Int?
    let isOnlyHome: Bool?
    let exemptionReason: String?
    let exemptionEvidence: String?

    static let shape = Shape<AssetEntry> {
        Field(.assetKind, \.kind)
        Field(.assetName, \.name)
        Field(.assetAmount, \.amount)
        Field(.vehicleKind, \.vehicle)
        Field(.areaM2, \.area_m2)
        Field(.onlyHome, \.isOnlyHome)
        Field(.exemptionReason, \.exemptionReason)
        Field(.exemptionEvidence, \.exemptionEvidence)
    }

    init(from reading: Reading<AssetEntry>) throws(Refusal) {
        key = reading.key
        kind = try reading(.assetKind)
        name = try reading(.assetName)
        amount = try reading(.assetAmount)
        vehicle = try reading(.vehicleKind)
        area_m2 = try reading(.areaM2)
        isOnlyHome = try reading(.onlyHome)
        exemptionReason = try reading(.exemptionReason)
        exemptionEvidence = try reading(.exemptionEvidence)
        if let missing { throw Refusal.invalid(missing.message).at([missing.field]) }
    }

    /// What this kind of asset cannot be judged without.
    private var missing: (field: String, message: String)? {
        switch kind {
        case .money where amount == nil: ("amount_fen", "请填写余额或者现值")
        case .vehicle where vehicle == nil: ("vehicle_kind", "请选择车辆类型")
        case .dwelling where area_m2 == nil: ("area_m2", "请填写住房面积")
        case .company where amount == nil: ("amount_fen", "请填写认缴出资")
        default: nil
        }
    }

    fileprivate var exemption: Exemption? {
        exemptionReason.map { Exemption(reason: $0, evidence: exemptionEvidence ?? "申报和入户调查") }
    }
}

/// 财产种类。《最低生活保障审核确认办法》第十四条。
enum AssetKind: String, CodeList {
    case money, vehicle, dwelling, nonDwelling = "non-dwelling", company, consumption

    var label: String {
        switch self {
        case .money: "现金、存款、有价证券、保险现金价值"
        case .vehicle: "机动车辆、船舶、农机"
        case .dwelling: "住房"
        case .nonDwelling: "非居住用房"
        case .company: "市场主体出资"
        case .consumption: "消费线索"
        }
    }
}

/// 财产认定的状态。
enum PropertyState: String, CodeList {
    case declared, unknown, within, over

    var label: String {
        switch self {
        case .declared: "按所列财产逐项认定"
        case .unknown: "尚未核查"
        case .within: "已另行认定符合规定"
        case .over: "已另行认定不符合规定"
        }
    }

    func facts(_ assets: [AssetEntry]) -> PropertyFacts {
        switch self {
        case .declared: .declared(Assets(assets))
        case .unknown: .unknown
        case .within: .found(within: true)
        case .over: .found(within: false)
        }
    }
}

extension Assets {
    /// Everything the counted members own. No row of a kind says that there is none.
    init(_ entries: [AssetEntry]) {
        let byKind = Dictionary(grouping: entries, by: \.kind)
        self.init(
            money: byKind[.money]?.compactMap { $0.amount?.money }.reduce(.zero, +) ?? .zero,
            vehicles: (byKind[.vehicle] ?? []).map { Vehicle(kind: $0.vehicle ?? .other, value: $0.amount?.money, exemption: $0.exemption) },
            dwellings: (byKind[.dwelling] ?? []).map { Dwelling(area_m2: $0.area_m2 ?? 0, exemption: $0.exemption) },
            nonDwellings: (byKind[.nonDwelling] ?? []).map {
                NonDwelling(name: $0.name ?? "非居住用房", isOnlyHome: $0.isOnlyHome ?? false, exemption: $0.exemption)
            },
            companies: (byKind[.company] ?? []).map {
                Company(name: $0.name ?? "市场主体", subscribed: $0.amount?.money ?? .zero, exemption: $0.exemption)
            },
            consumption: (byKind[.consumption] ?? []).map { ConsumptionFlag(name: $0.name ?? "消费线索", explanation: $0.exemptionReason) })
    }
}

extension Term where Value == AssetKind {
    static var assetKind: Term<AssetKind> { Term("kind", "财产种类") }
}
extension Term where Value == String {
    static var assetName: Term<String> { Term("name", "名称或说明") }
    static var exemptionReason: Term<String> { Term("exemption_reason", "个案豁免理由、核查说明") }
    static var exemptionEvidence: Term<String> { Term("exemption_evidence", "豁免的证据") }
}
extension Term where Value == Amount {
    static var assetAmount: Term<Amount> { Term("amount_fen", "金额", hint: "余额、价值或者认缴出资") }
}
extension Term where Value == VehicleKind {
    static var vehicleKind: Term<VehicleKind> { Term("vehicle_kind", "车辆类型") }
}
extension Term where Value == Int {
    static var areaM2: Term<Int> { Term("area_m2", "面积（平方米）") }
}
extension Term where Value == Bool {
    static var onlyHome: Term<Bool> { Term("only_home", "作为家庭唯一住所") }
}
extension Term where Value == [AssetEntry] {
    static var assets: Term<[AssetEntry]> { Term("assets", "财产") }
}
extension Term where Value == PropertyState {
    static var propertyState: Term<PropertyState> { Term("property_state", "财产认定", hint: "不填即按所列财产逐项认定") }
}
