import Commons
import Kernel
import Pages
import Values

/// 受理申请的表单。One page in the order a clerk works, with the running estimate beside it.
let intakeForm = FormPage(ApplyForAllowance.self) { visit in
    let reader = visit.reader, values = visit.values
    let region: RegionCode? = values.readable(.region), area: Area? = values.readable(.area), ground: SingleGround? = values.readable(.singleGround)
    let estimate = try RunningEstimate(values, area: area, ground: ground, in: region ?? reader.actor.region, on: reader.today, at: reader)
    return FormLayout(sections: intakeSections, preface: try reader.preface(visit.subject), aside: estimateMarkup(estimate.view.brief))
}

/// 核定家庭情况的表单：judged under the law of the acceptance date.
let verificationForm = FormPage(VerifyDeclaration.self) { visit in
    let reader = visit.reader
    guard let id = visit.subject.flatMap(ID<Application>.init(rawValue:)) else { return FormLayout(sections: householdSections) }
    let application = try reader.find(id), day = application.acceptedOn ?? reader.today
    let estimate = try RunningEstimate(visit.values, area: application.area, ground: application.ground, in: application.region, on: day, at: reader)
    return FormLayout(sections: householdSections + [explanation], aside: estimateMarkup(estimate.view.brief))
}

/// 登记家庭变化的表单：judged under the law of the day of the change.
let changeForm = FormPage(ChangeHousehold.self) { visit in
    let reader = visit.reader, sections = [FormLayout.Section("什么时候变化的", fields: ["changed_on"])] + householdSections + [explanation]
    guard let id = visit.subject.flatMap(ID<Allowance>.init(rawValue:)) else { return FormLayout(sections: sections) }
    let allowance = try reader.find(id), day: CivilDate = visit.values.readable(.changedOn) ?? reader.today
    let estimate = try RunningEstimate(visit.values, area: allowance.area, ground: allowance.ground, in: allowance.region, on: day, at: reader)
    return FormLayout(sections: sections, aside: estimateMarkup(estimate.view.brief))
}

/// 试算的表单：the household first; the rulings folded away, for those who try out others than their own.
let estimateForm = FormPage(EstimateAllowance.self) { _ in
    FormLayout(sections: [
        FormLayout.Section("按哪里、哪天的规定", hint: "填了区域的，按当地当日的规定计算。", fields: ["region", "on", "area", "single_ground"]),
    ] + householdSections + [
        FormLayout.Section("另设的规定", hint: "没有填区域时才用：保障标准、扣减、限额、增发和取整都可以改。", fields: ["law"], folded: true),
    ])
}

private let intakeSections = [
    FormLayout.Section("申请人与户籍", hint: "以家庭为单位申请。户籍地、居住地不在同一乡镇（街道）的，按当地规定选择其一。",
                       fields: ["region", "area", "address", "phone", "channel", "single_ground"]),
] + householdSections + [
    FormLayout.Section("授权核对与承诺", hint: "所有共同生活的家庭成员都要签署核对授权书（在上面各成员处勾选），未成年人由监护人签。有近亲属关系的须备案。",
                       fields: ["near_relative"]),
    FormLayout.Section("材料", hint: "能够查询的材料不必提交。手机上可以直接拍照。", fields: ["documents"]),
]

let householdSections = [
    FormLayout.Section("家庭成员、收入和财产", hint: "申请人排在第一位。在校、服刑、服役、长期外出的也要列出，是否计入由规定决定，试算会说明理由。收入和财产填在各人名下；没有的不用添加。",
                       fields: ["members"]),
    FormLayout.Section("家庭共同的收入和支出", hint: "不能归到个人名下的收入，如土地流转；全家的刚性支出。", fields: ["shared_incomes", "rigid_costs"]),
    FormLayout.Section("财产认定", hint: "已经核查、另行认定的才填；不填即按上面各人名下的财产逐项认定。", fields: ["property_state", "household_class"]),
    FormLayout.Section("法定赡养、抚养、扶养义务人", hint: "不共同生活而有法定义务的人，如已分户的子女。没有的不用添加。", fields: ["supporters"]),
]

private let explanation = FormLayout.Section("说明", fields: ["note"])
