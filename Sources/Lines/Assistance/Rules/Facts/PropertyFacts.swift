import Values

/// 家庭财产情况。
enum PropertyFacts: Hashable, Sendable {
    /// 尚未核查。
    case unknown
    /// 财产已另行认定符合或者不符合当地规定：no item is judged again here.
    case found(within: Bool)
    case declared(Assets)
}

/// 财产项目。An empty list says there is none; nil says it is not yet known.
struct Assets: Hashable, Sendable {
    /// 家庭货币财产总额：现金、存款、有价证券、商业保险现金价值等。
    var money: Money? = .zero
    var vehicles: [Vehicle]? = []
    var dwellings: [Dwelling]? = []
    var nonDwellings: [NonDwelling]? = []
    var companies: [Company]? = []
    /// 消费线索，只作辅助指标。
    var consumption: [ConsumptionFlag] = []

    static let none = Assets()
}

/// 个案豁免。Why one asset is left out for this household, and on what evidence.
struct Exemption: Hashable, Sendable {
    var reason: String
    var evidence: String
}

/// 机动车辆、船舶、农机。
struct Vehicle: Hashable, Sendable {
    var kind: VehicleKind
    /// 价值；nil 表示未评估。
    var value: Money?
    var exemption: Exemption?
}

/// 车辆类型。
enum VehicleKind: String, CodeList {
    case car, commercial, mobilityAid = "mobility-aid", motorcycle, electricBike = "electric-bike", farm, ship, other

    var label: String {
        switch self {
        case .car: "小型轿车"
        case .commercial: "营运车辆"
        case .mobilityAid: "残疾人功能性补偿代步机动车"
        case .motorcycle: "普通二轮摩托车"
        case .electricBike: "电动自行车"
        case .farm: "农机具"
        case .ship: "船舶"
        case .other: "其他机动车"
        }
    }
}

/// 住房。
struct Dwelling: Hashable, Sendable {
    var area_m2: Int
    var exemption: Exemption?
}

/// 非居住用房：商铺、车库、写字楼等。
struct NonDwelling: Hashable, Sendable {
    var name: String
    /// 作为家庭唯一住所使用。
    var isOnlyHome = false
    var exemption: Exemption?
}

/// 市场主体。
struct Company: Hashable, Sendable {
    var name: String
    var subscribed: Money
    var exemption: Exemption?
}

/// 消费线索：自费留学、高收费学校、出境旅游等。
struct ConsumptionFlag: Hashable, Sendable {
    var name: String
    /// 核查说明；nil 表示尚未核查。
    var explanation: String?
}
