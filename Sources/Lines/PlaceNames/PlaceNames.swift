import Kernel
import Storage
import Values

/// 区划地名：命名、更名、备案、公告和地名录。依据《地名管理条例》（国务院令第753号）及其实施办法（民政部令第71号）。
public let placeNames = Line(
    "place-names", "区划地名",
    actions: [NamePlace.self, RenamePlace.self, FileName.self, AnnounceName.self],
    processes: [naming],
    listings: [gazetteer],
    records: [PlaceName.self, Naming.self],
    finders: [findPlaces],
    pages: [namingPage],
    migrations: placeNameMigrations,
    offers: nameIndicators)

/// 命名程序。An approved name is filed and announced, each within fifteen days; the two may come in either order
/// where a government approved, and announcement waits for filing where a department did.
let naming = Process("naming", "地名命名更名", series: "DM", path: "/place-names/namings", editions: [
    Edition(from: .init(written: 2022, 5, 1), basis: .placeNames(nil), initial: approved, states: [approved, filed, announced, settled], moves: [
        Move(FileName.self, from: [approved], to: filed, stops: [filing]),
        Move(AnnounceName.self, from: [approved], to: announced, stops: [announcement]),
        Move(FileName.self, from: [announced], to: settled, stops: [filing]),
        Move(AnnounceName.self, from: [filed], to: settled, stops: [announcement]),
    ]),
])

let approved = State("approved", "已批准", awaits: "备案、公告")
let filed = State("filed", "已备案", awaits: "公告")
let announced = State("announced", "已公告", awaits: "备案")
let settled = State("settled", "已备案并公告", isFinal: true)

let filing = ClockRule("filing", "地名备案", .calendarDays(15), basis: .placeNames("第十三条"))
let announcement = ClockRule("announcement", "地名公告", .calendarDays(15), basis: .placeNames("第十四条"))

extension Citation {
    /// 《地名管理条例》, an article of it.
    static func placeNames(_ article: String?) -> Citation { Citation("地名管理条例", number: "国务院令第753号", article: article) }
}

extension Term where Value == PlaceText {
    static var standardName: Term<PlaceText> { Term("name", "标准地名") }
    static var specific: Term<PlaceText> { Term("specific", "专名", hint: "区别于其他地名的部分，如“建设路”的“建设”") }
    static var generic: Term<PlaceText> { Term("generic", "通名", hint: "表明类别的部分，如“建设路”的“路”") }
}

extension Term where Value == String {
    static var romanised: Term<String> { Term("romanised", "罗马字母拼写") }
    static var document: Term<String> { Term("document", "批准文号") }
    static var filingNumber: Term<String> { Term("filing_number", "备案号") }
    static var announcementNumber: Term<String> { Term("announcement_number", "公告号") }
}

extension Term where Value == LongText {
    static var meaning: Term<LongText> { Term("meaning", "来历和含义") }
    static var reason: Term<LongText> { Term("reason", "更名理由") }
}

extension Term where Value == CivilDate {
    static var approvedOn: Term<CivilDate> { Term("approved_on", "批准日期") }
    static var filedOn: Term<CivilDate> { Term("filed_on", "备案日期") }
    static var announcedOn: Term<CivilDate> { Term("announced_on", "公告日期") }
}

extension Term where Value == Bool {
    static var isProper: Term<Bool> {
        Term("is_proper", "命名声明", hint: "含义健康；不用人名、外国人名地名、企业名和商标名；不以著名山河、名胜和辖区外地名作专名")
    }
}

extension Term where Value == PlaceClass { static var placeClass: Term<PlaceClass> { Term("class", "地名类别") } }
extension Term where Value == Approver { static var approver: Term<Approver> { Term("approver", "批准机关", hint: "须为法规规定的机关") } }
extension Term where Value == Position { static var position: Term<Position> { Term("position", "位置", hint: "经度,纬度，十进制度，如 113.264385,23.129112") } }
extension Term where Value == ApprovedName { static var approvedName: Term<ApprovedName> { Term("approved_name", "批准的名称") } }
extension Term where Value == ID<Naming> { static var naming: Term<ID<Naming>> { Term("naming", "命名件", .carried) } }

extension Term where Value == ID<PlaceName> {
    static var place: Term<ID<PlaceName>> { Term("place", "地名", .carried) }
    static var newPlace: Term<ID<PlaceName>> { Term("place", "地名编号", .made) }
}
