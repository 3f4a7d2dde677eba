import Kernel

private let burial = "殡葬管理", marriage = "婚姻登记", rescue = "流浪乞讨救助"

/// 殡葬。
let burialSeries: [any Offer] = [
    series("city-cemeteries", "城市中心公益性公墓", burial, .pieces, .stock, "期末建成的城市中心公益性公墓。", by: "殡葬管理所"),
    series("rural-cemeteries", "农村公益性公墓(骨灰堂)", burial, .pieces, .stock, "期末建成的农村公益性公墓和骨灰堂。", by: "殡葬管理所", words: ["农村公益性公墓"]),
    series("burials-allowed", "国家允许土葬的回族死亡人数", burial, .people, .flow, "期内死亡、依规定允许土葬的少数民族人员。", by: "殡葬管理所", words: ["国家允许土葬"]),
    series("cremation-rate", "应执行火葬政策人员火化率", burial, .percent, .rate, "已火化的占应执行火葬政策死亡人员的比例，由填报单位用两个人数相除。", by: "殡葬管理所", words: ["火化率"]),
    series("ash-burial-rate", "应执行火葬政策人员骨灰安葬率", burial, .percent, .rate, "骨灰已安葬的占应执行火葬政策死亡人员的比例，由填报单位用两个人数相除。", by: "殡葬管理所", words: ["骨灰安葬率"]),
    series("burial-subsidy", "惠民殡葬奖补资金应支出", burial, .yuan, .flow, "期内按规定应支出的惠民殡葬奖补资金，含尚未支付的。", by: "殡葬管理所", words: ["惠民殡葬奖补资金"]),
]

/// 婚姻登记。
let marriageSeries: [any Offer] = [
    series("marriages", "结婚登记", marriage, .couples, .flow, "期内办结的结婚登记，不含补领。", by: "婚姻登记处", words: ["办理结婚登记"]),
    series("divorce-applications", "离婚申请", marriage, .couples, .flow, "期内受理的离婚登记申请，含冷静期内撤回的。", by: "婚姻登记处", words: ["受理离婚申请"]),
    series("divorces", "离婚登记", marriage, .couples, .flow, "期内发给离婚证的离婚登记。", by: "婚姻登记处", words: ["办理离婚登记"]),
    series("marriage-reissues", "补办结婚登记", marriage, .couples, .flow, "期内补办、补领的结婚登记。", by: "婚姻登记处", words: ["补领婚姻登记证"]),
    series("group-ceremonies", "集体颁证", marriage, .times, .flow, "期内举办的集体颁证活动。", by: "婚姻登记处", words: ["开展集体颁证"]),
    series("other-ceremonies", "其他颁证服务", marriage, .times, .flow, "期内集体颁证以外的颁证服务。", by: "婚姻登记处"),
    series("marriage-counselling", "婚前(结婚)辅导", marriage, .couples, .flow, "期内接受婚前或结婚辅导的。", by: "婚姻登记处", words: ["婚前辅导"]),
    series("divorce-counselling", "离婚(调解)疏导", marriage, .couples, .flow, "期内接受离婚调解或情感疏导的。", by: "婚姻登记处", words: ["离婚疏导"]),
    series("park-registries", "公园式婚姻登记点", marriage, .pieces, .stock, "期末启用的公园式婚姻登记点。", by: "婚姻登记处"),
]

/// 流浪乞讨救助、地名采集。
let otherSeries: [any Offer] = [
    series("rescue-desk-hours", "流浪乞讨救助服务接待时长", rescue, .hoursADay, .standard, "救助站每日接待求助的小时数。", by: "救助管理站", words: ["服务接待制度"]),
    series("rescue-line-hours", "流浪乞讨求助热线时长", rescue, .hoursADay, .standard, "求助热线每日有人接听的小时数。", by: "救助管理站", words: ["求助热线"]),
    series("people-rescued", "救助各类流浪乞讨人员", rescue, .people, .flow, "期内救助的流浪乞讨人员，一次救助计一人。", by: "救助管理站", words: ["救助流浪乞讨人员"]),
    series("rural-names-collected", "采集乡村地名", "区划地名", .places, .flow, "期内采集上图的乡村地名；命名、更名另有指标，由系统计算。", by: "区划地名科"),
]
