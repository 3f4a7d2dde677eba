import Kernel
import Values

/// 救济期限。Until when a decision may be turned against, from the day of its service.
///
/// 行政复议六十日：《行政复议法》（2023 年修订）第二十条，此前第九条。行政诉讼六个月：《行政诉讼法》第四十六条；经复议的十五日：第四十五条。
public enum RemedyTerm: Sendable {
    case review, lawsuit, lawsuitAfterReview

    public var span: Span {
        switch self {
        case .review: .calendarDays(60)
        case .lawsuit: .months(6)
        case .lawsuitAfterReview: .calendarDays(15)
        }
    }

    public func lastDay(after service: CivilDate, _ calendar: WorkCalendar) -> CivilDate { calendar.due(after: service, span).date }
}

extension Reader {
    /// 行政复议机关：as the place has ruled; nil where it hasn't, and the people's government of the same level is meant.
    public func ruledReviewAuthority(on day: CivilDate, in region: RegionCode) throws -> String? { try rulings(on: day, in: region).find(reviewAuthority)?.value }

    /// 有管辖权的人民法院，as the place has ruled.
    public func ruledCourt(on day: CivilDate, in region: RegionCode) throws -> String? { try rulings(on: day, in: region).find(competentCourt)?.value }
}
