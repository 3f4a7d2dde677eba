import Kernel
import Values

// 公示与送达的规则参数。

let noticeEvidence = Policy<Bool>("notice-evidence", "作出决定前须有公示张贴证据", mayBeSilent: true)
let noticeRetention = Policy<Int>("notice-retention", "公示期满后继续展示的天数", unit: "天", mayBeSilent: true)
let objectionLimit = Policy<Span>("objection-limit", "公示异议的处理时限", mayBeSilent: true)
let serviceLimit = Policy<Span>("service-limit", "文书送达的时限", mayBeSilent: true)
let publicationDays = Policy<Int>("service-by-publication", "公告送达经过的天数", unit: "天", mayBeSilent: true)
let reviewAuthority = Policy<String>("review-authority", "行政复议机关", mayBeSilent: true)
let competentCourt = Policy<String>("competent-court", "有管辖权的人民法院", mayBeSilent: true)

let noticePolicies: [AnyPolicy] = [
    AnyPolicy(noticeEvidence), AnyPolicy(noticeRetention), AnyPolicy(objectionLimit), AnyPolicy(serviceLimit), AnyPolicy(publicationDays),
    AnyPolicy(reviewAuthority), AnyPolicy(competentCourt),
]

private let unconfirmed = "〔默认，须由本级确认〕"
private let since2012 = CivilDate(written: 2012, 12, 12)
/// 《民事诉讼法》2021 年修正施行。
private let revised = CivilDate(written: 2022, 1, 1)

let noticeRulings: [ShippedRuling] = [
    noticeEvidence.ships(true, in: .country, from: since2012, cite: unconfirmed + "公示应当留存张贴证据"),
    noticeRetention.ships(0, in: .country, from: since2012, cite: unconfirmed + "期满即撤除，不再展示"),
    objectionLimit.ships(.workingDays(10), in: .country, from: since2012, cite: unconfirmed + "公示异议十个工作日内答复"),
    serviceLimit.ships(.workingDays(7), in: .country, from: since2012, cite: unconfirmed + "文书作出后七个工作日内送达"),
    publicationDays.ships(60, in: .country, from: since2012, until: revised, cite: "《中华人民共和国民事诉讼法》（2017年修正）第九十二条"),
    publicationDays.ships(30, in: .country, from: revised, cite: "《中华人民共和国民事诉讼法》（2021年修正）第九十五条"),
]
