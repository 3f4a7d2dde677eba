import Kernel
import Values

/// 公示。What is posted for everyone to read: already masked, with the places and the days it hangs.
///
/// Its state is a matter of the calendar: it opens and closes by itself on its days, however often one looks.
public struct Notice: Placed {
    public let id: ID<Notice>
    /// The case it belongs to.
    public let caseID: String
    /// 办件编号。
    public let number: String
    public let region: RegionCode
    public let title: String
    /// 张贴单位。
    public let unit: String
    /// Masked by `NoticeMask` before it comes here.
    public let text: LongText
    /// 张贴地点。
    public let places: String
    /// Not posted on the spot: no photographs can be asked for.
    public let isOnlineOnly: Bool
    public let from: CivilDate
    /// The first day after the notice.
    public let until: CivilDate
    public let basis: String
    public var withdrawnOn: CivilDate?
    public var withdrawalReason: String?

    public static let table = "notice"
    public static let title = "公示"
    public static let shape = Shape<Notice> {
        Field(.id, \.id)
        Field(.noticeCase, \.caseID)
        Field(.fileNumber, \.number)
        Field(.region, \.region)
        Field(.noticeTitle, \.title)
        Field(.noticeUnit, \.unit)
        Field(.postedText, \.text)
        Field(.postedPlaces, \.places)
        Field(.onlineOnly, \.isOnlineOnly)
        Field(.opensOn, \.from)
        Field(.closedFrom, \.until)
        Field(.noticeBasis, \.basis)
        Field(.withdrawnOn, \.withdrawnOn)
        Field(.withdrawalReason, \.withdrawalReason)
    }

    public init(from reading: Reading<Notice>) throws(Refusal) {
        id = try reading(.id)
        caseID = try reading(.noticeCase)
        number = try reading(.fileNumber)
        region = try reading(.region)
        title = try reading(.noticeTitle)
        unit = try reading(.noticeUnit)
        text = try reading(.postedText)
        places = try reading(.postedPlaces)
        isOnlineOnly = try reading(.onlineOnly)
        from = try reading(.opensOn)
        until = try reading(.closedFrom)
        basis = try reading(.noticeBasis)
        withdrawnOn = try reading(.withdrawnOn)
        withdrawalReason = try reading(.withdrawalReason)
    }

    /// - Parameter lastDay: as the procedure's clock and the work calendar give it.
    public init(_ id: ID<Notice>, of file: CaseFile, title: String, unit: String, text: LongText, places: String, onlineOnly: Bool = false,
                from: CivilDate, lastDay: CivilDate, basis: Citation) {
        self.id = id
        caseID = file.id
        number = file.number
        region = file.region
        self.title = title
        self.unit = unit
        self.text = text
        self.places = places
        isOnlineOnly = onlineOnly
        self.from = from
        until = lastDay.adding(days: 1)
        self.basis = basis.text
    }

    public var lastDay: CivilDate { until.adding(days: -1) }

    public func state(on day: CivilDate) -> NoticeState {
        if withdrawnOn != nil { return .withdrawn }
        if day < from { return .waiting }
        return day < until ? .open : .expired
    }
}

/// 公示到哪一步。
public enum NoticeState: String, CodeList {
    case waiting, open, expired, withdrawn

    public var label: String {
        switch self {
        case .waiting: "待张贴"
        case .open: "公示中"
        case .expired: "期满"
        case .withdrawn: "撤下"
        }
    }
}

extension Term where Value == ID<Notice> {
    static var notice: Term<ID<Notice>> { Term("notice", "公示", .carried) }
    static var noticeReference: Term<ID<Notice>> { Term("notice_id", "所对公示") }
}
extension Term where Value == String {
    static var noticeCase: Term<String> { Term("case_id", "办件") }
    static var fileNumber: Term<String> { Term("number", "编号") }
    static var noticeTitle: Term<String> { Term("title", "标题") }
    static var noticeUnit: Term<String> { Term("unit", "单位") }
    static var postedPlaces: Term<String> { Term("places", "张贴地点") }
    static var noticeBasis: Term<String> { Term("basis", "依据") }
    static var withdrawalReason: Term<String> { Term("withdrawal_reason", "撤下原因") }
}
extension Term where Value == LongText {
    static var postedText: Term<LongText> { Term("text", "公示内容") }
}
extension Term where Value == Bool {
    static var onlineOnly: Term<Bool> { Term("online_only", "只在网上公示") }
}
extension Term where Value == CivilDate {
    static var opensOn: Term<CivilDate> { Term("from_on", "张贴日期") }
    static var closedFrom: Term<CivilDate> { Term("until_on", "撤除日期", hint: "公示期满的次日") }
    static var withdrawnOn: Term<CivilDate> { Term("withdrawn_on", "撤下日期") }
}
extension Term where Value == NoticeState {
    static var noticeState: Term<NoticeState> { Term("state", "状态") }
}
