import Values

/// 送达方式。《中华人民共和国民事诉讼法》第八十七条至第九十五条（行政机关参照）。
public enum ServiceMethod: String, CodeList {
    case inPerson = "in-person", left, entrusted, post, electronic, published

    public var label: String {
        switch self {
        case .inPerson: "直接送达"
        case .left: "留置送达"
        case .entrusted: "委托送达"
        case .post: "邮寄送达"
        case .electronic: "电子送达"
        case .published: "公告送达"
        }
    }
}

/// 视为送达之日。The day from which every remedy runs.
///
/// Signed for, left, signed on the postal receipt or arrived in the addressee's own system: that day.
/// By publication: when the days of the place and time have gone by (第九十五条；2021 年修正以前第九十二条).
func presumedService(_ method: ServiceMethod, on day: CivilDate, publication days: Int) -> CivilDate {
    method == .published ? day.adding(days: days) : day
}
