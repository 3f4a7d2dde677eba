import Kernel

private let area = "养老服务", office = "养老服务科"

/// 养老服务设施、服务和补贴。
let elderCareSeries: [any Offer] = [
    series("street-care-centres", "街道综合养老服务中心", area, .pieces, .stock, "期末建成并投入使用的街道综合养老服务中心。", by: office),
    series("home-care-centres", "城乡社区居家养老服务中心", area, .pieces, .stock, "期末建成并投入使用的城乡社区居家养老服务中心（站）。", by: office, words: ["居家养老服务中心"]),
    series("canteens-in-use", "老年幸福食堂(投入使用)", area, .pieces, .stock, "期末正在供餐的老年幸福食堂；已建成未供餐的不计。", by: office, words: ["老年幸福食堂", "幸福食堂"]),
    series("rural-happiness-homes", "农村幸福院", area, .pieces, .stock, "期末投入使用的农村幸福院。", by: office),
    series("elder-activity-rooms", "老年活动室", area, .pieces, .stock, "期末开放的老年活动室。", by: office),
    series("street-facility-coverage", "乡镇(街道)养老服务设施覆盖率", area, .percent, .rate, "有养老服务设施的乡镇（街道）占全部的比例，由填报单位用两个数相除。", by: office),
    series("day-care-coverage", "社区日间照料覆盖率", area, .percent, .rate, "有日间照料服务的城市社区占全部的比例，由填报单位用两个数相除。", by: office),
    series("care-beds", "养老床位", area, .beds, .stock, "期末养老机构和社区设施的养老床位合计。", by: office, words: ["设置养老床位"]),
    series("certified-carers", "持证专业养老护理员", area, .people, .stock, "期末在岗并持有职业技能等级证书的养老护理员。", by: office, words: ["持证护理员"]),
    series("home-bed-assessments", "家庭床位建设评估", area, .visits, .flow, "期内完成的家庭养老床位建设评估。", by: office),
    series("home-service-assessments", "居家上门服务评估", area, .visits, .flow, "期内完成的居家养老上门服务评估。", by: office),
    series("service-list-rate", "评估对象“一人一策”服务清单制定率", area, .percent, .rate, "已制定服务清单的占完成评估的比例，由填报单位用两个数相除。", by: office, words: ["一人一策服务清单"]),
    series("home-service-budget", "居家上门服务本级资金", area, .yuan, .flow, "期内本级财政安排的居家上门服务资金。", by: office, words: ["本级安排资金"]),
    series("home-service-elders", "居家上门服务经济困难老年人", area, .people, .stock, "期末由政府购买居家上门服务的经济困难老年人，一人只计一次。", by: office),
    series("home-service-visits", "居家上门服务量", area, .visits, .flow, "期内完成并签收的居家上门服务。", by: office, words: ["上门服务人次"]),
    series("home-service-items", "“10+N”居家上门服务固定项目数", area, .items, .standard, "“10+N”清单中固定的服务项目数。", by: office),
    series("donated-assets", "公建民营机构原运营方捐赠资产价值", area, .yuan, .flow, "期内办妥捐赠手续的资产，按评估价值。", by: office, words: ["资产捐赠"]),
    series("poor-elder-standard", "经济困难高龄老人服务补贴标准", area, .monthlyYuan, .standard, "月末执行的经济困难高龄老人服务补贴标准。", by: office, words: ["服务补贴标准"]),
    series("poor-elder-paid", "经济困难高龄老人服务补贴发放额", area, .yuan, .flow, "期内发放到账的服务补贴。", by: office, words: ["经济困难高龄老人服务补贴"]),
    series("poor-elder-visits", "经济困难高龄老人服务补贴发放人次", area, .visits, .flow, "期内发放到账的人次，一人一月计一次。", by: office),
    series("canteen-provincial-funds", "争取省级幸福食堂建设补助项目资金", area, .yuan, .flow, "期内省级下达的幸福食堂建设补助。", by: office, words: ["省级幸福食堂建设补助"]),
    series("canteen-private-funds", "幸福食堂撬动社会资本", area, .yuan, .flow, "期内投入幸福食堂建设的社会资金。", by: office, words: ["撬动社会资本"]),
    series("canteens-built", "建设老年幸福食堂", area, .pieces, .stock, "期末累计建成的老年幸福食堂，含未供餐的。", by: office, words: ["建设幸福食堂"]),
    series("canteen-years", "幸福食堂运营年数", area, .spanOfYears, .stock, "期末第一个幸福食堂供餐以来的整年数。", by: office, words: ["幸福食堂运营"]),
    series("canteen-meals", "幸福食堂累计服务补贴老年人", area, .visits, .flow, "期内享受用餐补贴的老年人次，一餐计一次。", by: office, words: ["服务补贴老年人"]),
    series("canteen-subsidy", "幸福食堂用餐补助发放额", area, .yuan, .flow, "期内支付的老年人用餐补助。", by: office, words: ["用餐补助"]),
]
