import Kernel
import Values

/// 地名。One place in the gazetteer, under the name it bears today.
struct PlaceName: Versioned, Placed {
    let id: ID<PlaceName>
    let name: PlaceText
    let romanised: String
    let placeClass: PlaceClass
    let region: RegionCode
    let position: Position?
    let meaning: LongText
    /// The naming by which it bears its name; earlier ones are its history.
    let naming: ID<Naming>
    let version: Int

    static let table = "place_name"
    static let title = "地名"
    static let shape = Shape<PlaceName> {
        Field(.id, \.id)
        Field(.standardName, \.name)
        Field(.romanised, \.romanised)
        Field(.placeClass, \.placeClass)
        Field(.region, \.region)
        Field(.position, \.position)
        Field(.meaning, \.meaning)
        Field(.naming, \.naming)
        Field(.version, \.version)
    }
}

/// 命名。One approval of one name: by whom, by which document, and how it became public.
struct Naming: Record {
    let id: ID<Naming>
    let place: ID<PlaceName>
    let name: PlaceText
    let approver: Approver
    let document: String
    let approvedOn: CivilDate
    /// 更名理由；nil for a first name.
    let reason: LongText?
    var filingNumber: String?
    var filedOn: CivilDate?
    var announcementNumber: String?
    var announcedOn: CivilDate?

    static let table = "naming"
    static let title = "命名件"
    static let shape = Shape<Naming> {
        Field(.id, \.id)
        Field(.place, \.place)
        Field(.standardName, \.name)
        Field(.approver, \.approver)
        Field(.document, \.document)
        Field(.approvedOn, \.approvedOn)
        Field(.reason, \.reason)
        Field(.filingNumber, \.filingNumber)
        Field(.filedOn, \.filedOn)
        Field(.announcementNumber, \.announcementNumber)
        Field(.announcedOn, \.announcedOn)
    }
}

extension PlaceName {
    init(from reading: Reading<PlaceName>) throws(Refusal) {
        id = try reading(.id)
        name = try reading(.standardName)
        romanised = try reading(.romanised)
        placeClass = try reading(.placeClass)
        region = try reading(.region)
        position = try reading(.position)
        meaning = try reading(.meaning)
        naming = try reading(.naming)
        version = try reading(.version)
    }
}

extension Naming {
    init(from reading: Reading<Naming>) throws(Refusal) {
        id = try reading(.id)
        place = try reading(.place)
        name = try reading(.standardName)
        approver = try reading(.approver)
        document = try reading(.document)
        approvedOn = try reading(.approvedOn)
        reason = try reading(.reason)
        filingNumber = try reading(.filingNumber)
        filedOn = try reading(.filedOn)
        announcementNumber = try reading(.announcementNumber)
        announcedOn = try reading(.announcedOn)
    }
}

extension Naming {
    var link: String { "\(naming.path)/\(id.text)" }
}

/// 地名类别。《地名管理条例》第三条.
enum PlaceClass: String, CodeList {
    case naturalFeature = "natural-feature", division, settlement, park, street, building, facility, other

    var label: String {
        switch self {
        case .naturalFeature: "自然地理实体"
        case .division: "行政区划"
        case .settlement: "村（居）民委员会所在地"
        case .park: "城市公园、自然保护地"
        case .street: "街路巷"
        case .building: "住宅区、楼宇"
        case .facility: "交通、水利、电力、通信、气象等设施"
        case .other: "其他地理实体"
        }
    }
}

/// 批准机关。
enum Approver: String, CodeList {
    case stateCouncil = "state-council", province, county, establishing, housing, department

    var label: String {
        switch self {
        case .stateCouncil: "国务院"
        case .province: "省、自治区、直辖市人民政府"
        case .county: "直辖市、市、县人民政府"
        case .establishing: "批准设立该派出机关的人民政府"
        case .housing: "住房和城乡建设主管部门"
        case .department: "设施或保护地的主管部门"
        }
    }

    /// A department's name is announced after it was filed; a government's needs no waiting.
    var isDepartment: Bool { self == .housing || self == .department }
}

/// 地名用字。Han characters in common use, up to twenty: rare ones cannot be written on every sign and form (条例第九条).
struct PlaceText: FieldValue {
    let text: String

    static var kind: FieldKind { .text }
    static var maximumLength: Int { 20 }

    init(typed text: String) throws(Refusal) {
        let text = try String(typed: text)
        guard text.count <= PlaceText.maximumLength else { throw .invalid("地名过长，最多 \(PlaceText.maximumLength) 个字，请缩短") }
        if let rare = text.first(where: { !PlaceText.isCommon($0) }) {
            throw .invalid("「\(rare)」不是通用规范汉字中的常用字，地名应避免使用生僻字、字母和数字，请换字")
        }
        self.text = text
    }

    /// The 6763 characters of GB 2312, which every system can write.
    private static func isCommon(_ character: Character) -> Bool {
        guard let bytes = try? TextEncoding.gb18030.encode(String(character)), bytes.count == 2 else { return false }
        return (0xB0...0xF7).contains(bytes[0]) && bytes[1] >= 0xA1
    }

    /// What already stands in the register is read as it is.
    init(stored: StoredValue) throws(Refusal) { text = try String(stored: stored) }
    var typed: String { text }
    var stored: StoredValue { .text(text) }

    private init(whole text: String) { self.text = text }

    /// 专名 and 通名 make the standard name.
    static func + (specific: PlaceText, generic: PlaceText) -> PlaceText { PlaceText(whole: specific.text + generic.text) }
}

/// 位置。Longitude and latitude in decimal degrees of CGCS2000, to the sixth decimal (some 0.1 m), within China's bounds.
struct Position: FieldValue {
    let longitude: Int, latitude: Int   // micro-degrees

    static var kind: FieldKind { .text }
    static var maximumLength: Int { 40 }

    init(typed text: String) throws(Refusal) {
        let parts = text.split(whereSeparator: { ",， 　".contains($0) }).map(String.init)
        guard parts.count == 2, let east = Position.micro(parts[0]), let north = Position.micro(parts[1]) else {
            throw .invalid("位置应为“经度,纬度”，十进制度，小数最多六位，如 113.264385,23.129112")
        }
        guard (73_000_000...136_000_000).contains(east), (3_000_000...54_000_000).contains(north) else {
            throw .invalid("位置不在我国范围内，请核对是否把经度和纬度写反")
        }
        (longitude, latitude) = (east, north)
    }

    private static func micro(_ text: String) -> Int? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
              parts[0].count <= 3, let degrees = Int(parts[0]) else { return nil }
        guard parts.count == 2 else { return degrees * 1_000_000 }
        guard parts[1].count <= 6, let fraction = Int(parts[1] + String(repeating: "0", count: 6 - parts[1].count)) else { return nil }
        return degrees * 1_000_000 + fraction
    }

    private static func degrees(_ micro: Int) -> String {
        let fraction = String(micro % 1_000_000)
        return "\(micro / 1_000_000).\(String(repeating: "0", count: 6 - fraction.count))\(fraction)"
    }

    var typed: String { "\(Position.degrees(longitude)),\(Position.degrees(latitude))" }
    var shown: String { "东经 \(Position.degrees(longitude))°，北纬 \(Position.degrees(latitude))°" }
    init(stored: StoredValue) throws(Refusal) { try self.init(typed: try String(stored: stored)) }
    var stored: StoredValue { .text(typed) }
}
