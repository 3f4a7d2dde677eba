import Commons
import Kernel
import Storage
import Values

/// 命名。A place gets its first standard name, as approved.
struct NamePlace: Action {
    let place: ID<PlaceName>
    let placeClass: PlaceClass
    let region: RegionCode
    let name: ApprovedName
    let position: Position?
    let meaning: LongText

    static let title = "登记命名"
    static let guidance = "登记已经批准的地名。批准机关由法规按类别规定：街路巷由市、县人民政府批准，住宅区和楼宇由住建部门批准，设施由其主管部门批准。"
    static let roles: Set<Role> = [.placeNameOfficer]
    static let subject = Subject<NamePlace>.new(in: \.region)
    static let shape = Shape<NamePlace> {
        Field(.newPlace, \.place)
        Field(.placeClass, \.placeClass)
        Field(.region, \.region)
        Group(.approvedName, \.name)
        Field(.position, \.position)
        Field(.meaning, \.meaning)
    }

    init(from reading: Reading<NamePlace>) throws(Refusal) {
        place = try reading(.newPlace)
        placeClass = try reading(.placeClass)
        region = try reading(.region)
        name = try reading(.approvedName)
        position = try reading(.position)
        meaning = try reading(.meaning)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let named = PlaceName(id: place, name: name.full, romanised: name.romanised, placeClass: placeClass, region: region,
                              position: position, meaning: meaning, naming: desk.makeID(), version: 1)
        try desk.requireLawful(name, for: named)
        try desk.requireFree(name, for: named)
        try desk.insert(named)
        return try desk.open(name, for: named)
    }
}

/// 更名。The place takes another name; the old one stays in its history and is still found.
struct RenamePlace: Action {
    let place: ID<PlaceName>
    let name: ApprovedName
    let meaning: LongText
    let reason: LongText

    static let title = "登记更名"
    static let guidance = "登记已经批准的更名。地名应当保持相对稳定；具有重要历史文化价值的地名一般不更改。"
    static let roles: Set<Role> = [.placeNameOfficer]
    static let subject = Subject<RenamePlace>.record(.place, \.place)
    static let shape = Shape<RenamePlace> {
        Field(.place, \.place)
        Group(.approvedName, \.name)
        Field(.meaning, \.meaning)
        Field(.reason, \.reason)
    }

    init(from reading: Reading<RenamePlace>) throws(Refusal) {
        place = try reading(.place)
        name = try reading(.approvedName)
        meaning = try reading(.meaning)
        reason = try reading(.reason)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let old = try desk.find(place)
        guard try desk.caseFile(old.naming).closedOn != nil else {
            throw Refusal.outOfOrder("「\(old.name.text)」的备案和公告还没有办完，请办完后再更名")
        }
        guard old.name != name.full else { throw Refusal.invalid("新名与现名相同，请核对").at(["approved_name", "specific"]) }
        let renamed = PlaceName(id: old.id, name: name.full, romanised: name.romanised, placeClass: old.placeClass, region: old.region,
                                position: old.position, meaning: meaning, naming: desk.makeID(), version: old.version + 1)
        try desk.requireLawful(name, for: renamed)
        try desk.requireFree(name, for: renamed)
        try desk.update(renamed)
        return try desk.open(name, for: renamed, reason: reason)
    }
}

/// 备案。The approver reported the name as the law says; its number is entered.
struct FileName: Action {
    let naming: ID<Naming>
    let number: String

    static let title = "登记备案"
    static let roles: Set<Role> = [.placeNameOfficer]
    static let subject = Subject<FileName>.opened(.naming, \.naming)
    static let shape = Shape<FileName> {
        Field(.naming, \.naming)
        Field(.filingNumber, \.number)
    }

    init(from reading: Reading<FileName>) throws(Refusal) {
        naming = try reading(.naming)
        number = try reading(.filingNumber)
    }

    func perform(at desk: Desk) throws -> Outcome {
        var naming = try desk.find(naming)
        naming.filingNumber = number
        naming.filedOn = desk.today
        try desk.update(naming)
        if naming.approver.isDepartment { try desk.start(announcement, on: try desk.caseFile(naming.id)) }
        let next = naming.announcedOn == nil ? "下一步：向社会公告" : "备案和公告都已办结"
        return Outcome(naming.id, "「\(naming.name.text)」已备案，备案号 \(number)。\(next)", link: naming.link)
    }
}

/// 公告。The place-name department told the public.
struct AnnounceName: Action {
    let naming: ID<Naming>
    let number: String

    static let title = "登记公告"
    static let guidance = "公告须写明标准名称、罗马字母拼写、所属政区、位置、批准机关和批准时间，并录入国家地名信息库。"
    static let roles: Set<Role> = [.placeNameOfficer]
    static let subject = Subject<AnnounceName>.opened(.naming, \.naming)
    static let shape = Shape<AnnounceName> {
        Field(.naming, \.naming)
        Field(.announcementNumber, \.number)
    }

    init(from reading: Reading<AnnounceName>) throws(Refusal) {
        naming = try reading(.naming)
        number = try reading(.announcementNumber)
    }

    func perform(at desk: Desk) throws -> Outcome {
        var naming = try desk.find(naming)
        if naming.approver.isDepartment, naming.filedOn == nil {
            throw Refusal.outOfOrder("由部门批准的地名，自报送备案之日起公告。请先登记备案")
        }
        naming.announcementNumber = number
        naming.announcedOn = desk.today
        try desk.update(naming)
        let next = naming.filedOn == nil ? "下一步：报送备案" : "备案和公告都已办结"
        return Outcome(naming.id, "「\(naming.name.text)」已公告，公告号 \(number)。\(next)", link: naming.link)
    }
}

// MARK: What naming and renaming share

/// 批准的名称。A name in its two parts, and the approval it rests on.
struct ApprovedName: Shaped {
    let specific: PlaceText
    let generic: PlaceText
    let approver: Approver
    let document: String
    let approvedOn: CivilDate
    /// Nobody can compute what a name alludes to (条例第九条, 实施办法第三条、第四条): the office states it, or there is no name.
    let isProper: Bool

    static let shape = Shape<ApprovedName> {
        Field(.specific, \.specific)
        Field(.generic, \.generic)
        Field(.approver, \.approver)
        Field(.document, \.document)
        Field(.approvedOn, \.approvedOn)
        Field(.isProper, \.isProper)
    }

    init(from reading: Reading<ApprovedName>) throws(Refusal) {
        specific = try reading(.specific)
        generic = try reading(.generic)
        approver = try reading(.approver)
        document = try reading(.document)
        approvedOn = try reading(.approvedOn)
        isProper = try reading(.isProper)
        guard isProper else { throw Refusal.ineligible("名称不合命名要求，不能登记，请退回重新拟名", basis: .placeNames("第九条")).at(["is_proper"]) }
    }

    var full: PlaceText { specific + generic }
    /// 专名与通名分写，不标声调。
    var romanised: String { Pinyin.placeName(specific: specific.text, generic: generic.text) }
    /// The whole name as it is heard: 建设东|路 and 建设|东路 sound alike.
    var sound: String { romanised.split(separator: " ").joined().lowercased() }
}

extension PlaceClass {
    /// Who may approve a name of this class; for divisions the generic part tells their level.
    ///
    /// 《地名管理条例》第十二条; 《行政区划管理条例》第七条、第九条、第十条.
    func approvers(generic: String) -> [Approver] {
        switch self {
        case .naturalFeature: [.stateCouncil, .province, .county]
        case .division where generic.hasSuffix("街道"): [.establishing]
        case .division where generic.hasSuffix("镇") || generic.hasSuffix("乡"): [.province]
        case .division: [.stateCouncil]
        case .settlement, .street: [.county]
        case .park: [.province, .county, .department]
        case .building: [.housing]
        case .facility: [.department]
        case .other: [.province, .county, .department]
        }
    }

    /// The level of region in which names of this class neither repeat nor sound alike (条例第九条); nil where the law sets none.
    var uniqueWithin: RegionCode.Level? {
        switch self {
        case .division: .province
        case .settlement, .street, .building: .county
        case .naturalFeature, .park, .facility, .other: nil
        }
    }

    /// Where a name of this class in `region` is compared with others of its class.
    func neighbourhood(of region: RegionCode) -> RegionCode? {
        uniqueWithin.map { level in region.ancestors.first { $0.level <= level } ?? .country }
    }
}

extension Desk {
    fileprivate func requireLawful(_ name: ApprovedName, for place: PlaceName) throws(Refusal) {
        let approvers = place.placeClass.approvers(generic: name.generic.text)
        guard approvers.contains(name.approver) else {
            let lawful = approvers.map(\.label).joined(separator: "或")
            throw Refusal.ineligible("\(place.placeClass.label)的名称由\(lawful)批准，请核对批准文件", basis: .placeNames("第十二条")).at(["approved_name", "approver"])
        }
        guard name.approvedOn <= today else { throw Refusal.invalid("批准日期不能晚于今天").at(["approved_name", "approved_on"]) }
    }

    /// Refuses a name that another place of the class already bears, or that sounds like it without tones.
    fileprivate func requireFree(_ name: ApprovedName, for place: PlaceName) throws {
        guard let neighbourhood = place.placeClass.neighbourhood(of: place.region) else { return }
        let sound: Statement = "lower(replace(romanised, ' ', ''))"
        let other = try first(PlaceName.self, where: """
            class = \(place.placeClass) AND \(sound) = \(name.sound) AND id <> \(place.id) AND \(Reader.within("region", neighbourhood)) ORDER BY id
            """)
        guard let other else { return }
        let fault = other.name == name.full ? "重名" : "同音"
        throw Refusal(.conflict, "与\(try regionPath(other.region))的「\(other.name.text)」（\(other.romanised)）\(fault)，请另拟名称", basis: .placeNames("第九条"))
            .at(["approved_name", "specific"])
    }

    /// Enters the naming, opens its case and starts the clocks that the approval set running.
    fileprivate func open(_ name: ApprovedName, for place: PlaceName, reason: LongText? = nil) throws -> Outcome {
        let record = Naming(id: place.naming, place: place.id, name: name.full, approver: name.approver, document: name.document,
                            approvedOn: name.approvedOn, reason: reason)
        try insert(record)
        let file = try openCase(naming, for: record.id, title: name.full.text, in: place.region)
        try start(filing, on: file, from: name.approvedOn)
        if !name.approver.isDepartment { try start(announcement, on: file, from: name.approvedOn) }
        let names = try all(Naming.self, where: "place = \(place.id) ORDER BY approved_on").map(\.name.text)
        try index(place.id, names.flatMap { [$0, Pinyin.initials(of: $0)] }, in: "place_name_search")
        let due = calendar.due(after: name.approvedOn, filing.span).shown
        return Outcome(record.id, "「\(name.full.text)」（\(name.romanised)）已登记，编号 \(file.number)，由\(name.approver.label)批准。下一步：\(due)前备案、公告",
                       link: record.link)
    }
}
