import Kernel

private let area = "儿童福利与未成年人保护", office = "儿童福利科"

/// 儿童福利和未成年人保护。
let childrenSeries: [any Offer] = [
    series("child-scattered-standard", "分散养育标准", area, .monthlyYuan, .standard, "月末执行的孤儿、事实无人抚养儿童社会散居基本生活养育标准。", by: office,
           words: ["孤儿分散养育标准", "社会散居孤儿养育标准"]),
    series("minor-risk-levels", "未成年人风险台账等级数(高危/中危/低危)", area, .levels, .standard, "风险台账所分的等级数：高危、中危、低危。", by: office, words: ["风险等级"]),
    series("minors-at-risk", "动态更新风险隐患未成年人", area, .people, .stock, "期末风险台账上的未成年人，三级合计，一人只计一次。", by: office, words: ["风险隐患未成年人"]),
    series("paired-officials", "参与结对帮扶的科级以上领导干部", area, .people, .stock, "期末与留守儿童结对的科级以上干部，一人只计一次。", by: office, words: ["结对帮扶领导干部"]),
    series("paired-children", "结对帮扶留守儿童", area, .people, .stock, "期末有结对干部的留守儿童，一人只计一次。", by: office, words: ["留守儿童人数", "留守儿童"]),
    series("paired-coverage", "留守儿童结对帮扶覆盖率", area, .percent, .rate, "结对帮扶留守儿童占在册留守儿童的比例，由填报单位用两个人数相除。", by: office, words: ["结对帮扶全覆盖"]),
    series("child-visit-rounds", "留守儿童入户走访轮次", area, .rounds, .flow, "期内完成的全覆盖入户走访轮次。", by: office, words: ["入户走访轮次"]),
    series("child-needs", "留守儿童走访梳理帮扶需求", area, .places, .flow, "期内走访登记的帮扶需求条数。", by: office, words: ["帮扶需求"]),
    series("children-in-difficulty", "特殊困难儿童人数", area, .people, .stock, "期末在册的孤儿、事实无人抚养儿童等特殊困难儿童。", by: office, words: ["特殊困难儿童"]),
    series("child-living-paid", "孤困儿童生活保障金发放额", area, .yuan, .flow, "期内发放到账的孤儿、事实无人抚养儿童基本生活费。", by: office, words: ["孤困儿童生活保障金"]),
    series("child-living-visits", "孤困儿童生活保障金发放人次", area, .visits, .flow, "期内发放到账的人次，一人一月计一次。", by: office, words: ["孤困儿童生活保障金人次"]),
    series("dream-grant-paid", "“福彩圆梦”助学金发放额", area, .yuan, .flow, "期内发放到账的“福彩圆梦·孤儿助学工程”助学金。", by: office, words: ["福彩圆梦助学金"]),
    series("unsupported-grant-paid", "事实无人抚养儿童助学金发放额", area, .yuan, .flow, "期内发放到账的事实无人抚养儿童助学金。", by: office, words: ["事实无人抚养儿童助学金"]),
    series("spring-students", "春季学期资助家庭经济困难学生", area, .visits, .flow, "春季学期各学段受资助的家庭经济困难学生，按学段计人次；数由教育部门提供。", by: office,
           words: ["资助家庭经济困难学生"]),
    series("spring-student-spending", "春季学期学生资助补助资金", area, .yuan, .flow, "春季学期各学段发放的学生资助资金；数由教育部门提供。", by: office, words: ["学生补助资金"]),
    series("child-supervisors", "乡(镇)儿童督导员", area, .people, .stock, "期末在岗的乡镇（街道）儿童督导员。", by: office, words: ["儿童督导员"]),
    series("child-directors", "村(社区)儿童主任", area, .people, .stock, "期末在岗的村（居）儿童主任。", by: office, words: ["儿童主任"]),
    series("child-volunteers", "儿童关爱活动招募志愿者", area, .people, .flow, "期内招募参与儿童关爱活动的志愿者，累计。", by: office, words: ["累计招募志愿者"]),
    series("children-cared", "儿童关爱活动服务留守儿童、困境儿童", area, .people, .flow, "期内关爱活动服务的留守儿童、困境儿童，累计。", by: office, words: ["服务留守儿童困境儿童"]),
    series("children-donated", "慈善资金资助留守儿童和困境儿童", area, .people, .flow, "期内用慈善资金资助的留守儿童、困境儿童，累计。", by: office, words: ["资助留守儿童和困境儿童"]),
    series("child-charity-raised", "儿童关爱募集慈善资金", "慈善与福利彩票", .yuan, .flow, "期内为儿童关爱活动募集到账的慈善资金。", by: "慈善社工科", words: ["募集慈善资金"]),
    series("adoptions", "收养登记", "收养登记", .acts, .flow, "期内办结的收养登记。", by: "收养登记处", words: ["办理收养登记"]),
    series("adoptions-of-kin", "其中:收养三代以内同辈旁系血亲的子女", "收养登记", .acts, .flow, "收养登记中，收养三代以内旁系同辈血亲子女的。", by: "收养登记处",
           words: ["收养三代以内同辈旁系血亲的子女"]),
]
