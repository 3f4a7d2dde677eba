import Kernel

private let area = "社会救助", office = "社会救助科"

/// 特困供养、服务类救助。
let assistanceSeries: [any Offer] = [
    series("destitute-standard", "城乡特困人员分散供养标准", area, .monthlyYuan, .standard, "本级公布、月末执行的特困人员分散供养基本生活标准，城乡统一。", by: office,
           words: ["特困人员分散供养标准", "特困供养标准"]),
    series("destitute-new-households", "特困供养新增户数", area, .households, .flow, "期内确认并首次发放的特困供养户数，按户主所在地计。", by: office, words: ["特困新增户数"]),
    series("destitute-new-people", "特困供养新增人数", area, .people, .flow, "期内确认并首次发放的特困供养人数。", by: office, words: ["特困新增人数"]),
    series("destitute-stopped-households", "特困供养停发户数", area, .households, .flow, "期内停止救助供养的户数，含去世。", by: office, words: ["特困停发户数"]),
    series("destitute-stopped-people", "特困供养停发人数", area, .people, .flow, "期内停止救助供养的人数，含去世。", by: office, words: ["特困停发人数"]),
    series("service-pilot-destitute", "“物质+服务”试点服务分散供养特困人员", area, .people, .stock, "期末纳入服务类救助试点的分散供养特困人员，一人只计一次。", by: office,
           words: ["物质+服务试点特困人员", "服务类救助特困人员"]),
    series("service-pilot-elders", "“物质+服务”试点服务80岁以上经济困难老人", area, .people, .stock, "期末纳入服务类救助试点的经济困难高龄老人，一人只计一次。", by: office,
           words: ["物质+服务试点老人", "80岁以上的经济困难老人"]),
    series("service-pilot-age", "“物质+服务”试点经济困难老人年龄下限", area, .years, .standard, "试点方案规定的最低年龄，周岁。", by: office),
    series("service-pilot-visits", "“物质+服务”试点上门服务量", area, .householdVisits, .flow, "期内完成并签收的上门服务，按户次计。", by: office, words: ["上门服务户次", "开展上门服务"]),
    series("service-pilot-spending", "“物质+服务”试点服务资金支出", area, .yuan, .flow, "期内支付给承接单位的服务资金。", by: office, words: ["支出服务资金"]),
    series("temporary-assistance", "临时救助人次", area, .visits, .flow, "期内批准的临时救助，一次批准计一人次，含急难发生地救助。", by: office, words: ["实施临时救助"]),
    series("temporary-assistance-spending", "临时救助发放金额", area, .yuan, .flow, "期内支付的临时救助金，含实物折价。", by: office, words: ["临时救助资金"]),
]
