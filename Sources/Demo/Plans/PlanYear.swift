import Commons
import Kernel
import Storage
import Values

/// 一年的计划。The year's plan is imported, its targets bound, and the year goes on: some on time, some slow, two late, one of them explained.
enum PlanYear {
    static func follow(at office: Office, _ dice: inout Dice) async throws {
        guard office.knows("planning.import-plan") else { return }
        let year = office.today.year, imported = min(office.workday(on: try CivilDate(year: year, month: 1, day: 20)), office.today)
        let plan = try await bringIn(year, on: imported, office, &dice)
        try await addMissed(plan, on: imported, office, &dice)
        for series in Series.all { try await series.add(on: imported, office, &dice) }
        for target in try await targets(of: plan, office) { try await bind(target, on: imported, year, office, &dice) }
        for series in Series.all { try await series.report(year, office, &dice) }
        for target in try await targets(of: plan, office) { try await report(target, office, &dice) }
    }

    private static func bringIn(_ year: Int, on day: CivilDate, _ office: Office, _ dice: inout Dice) async throws -> String {
        let actor = try office.staff.actor("zhengce")
        let handed = HandedDocument(text: PlanText.text(year: year), name: "\(year)年示范市民政工作要点.docx", format: "Word 文档")
        let kept = try await office.behind(on: day) { counter in
            try await counter.house.intake("planning", "plans", for: actor).take(handed, counter, actor)
        }
        let plan = try await office.act("planning.import-plan", [
            "document": .typed(kept.id), "year": .typed(String(year)), "title": .typed("\(year)年示范市民政工作要点"),
        ], by: "zhengce", on: day, &dice).subject
        try await office.act("planning.confirm-plan", ["plan": .typed(plan)], by: "zhengce", on: day, &dice)
        return plan
    }

    // MARK: Targets

    /// A day's limit reads as a rule and not as an aim, and a removal has no number: both are added by hand, the second with milestones.
    private static func addMissed(_ plan: String, on day: CivilDate, _ office: Office, _ dice: inout Dice) async throws {
        let measures = try await office.read { reader in
            try reader.connection.all("SELECT id, text FROM plan_measure WHERE plan_id = \(plan) ORDER BY position") { row in
                (id: try row.read(0) as String, text: try row.read(1) as String)
            }
        }
        if let measure = measures.first(where: { $0.text.contains("办理时限") }) {
            try await office.act("planning.add-target", [
                "measure": .typed(measure.id), "words": .typed("低保平均办理时限"), "comparison": .typed("<="), "value": .typed("25"), "unit": .typed("天"),
            ], by: "zhengce", on: day, &dice)
        }
        guard let measure = measures.first(where: { $0.text.contains("搬迁") }) else { return }
        let target = try await office.act("planning.add-target", [
            "measure": .typed(measure.id), "words": .typed("婚姻登记处新址启用"), "comparison": .typed("="), "unit": .typed("项"), "deadline": .typed("\(day.year)-09-30"),
        ], by: "zhengce", on: day, &dice).subject
        for (title, due) in [("完成新址选定和设计", "03-31"), ("完成装修和消防验收", "08-15"), ("搬迁并对外办公", "09-30")] {
            try await office.act("planning.add-milestone", [
                "target": .typed(target), "title": .typed(title), "due_on": .typed("\(day.year)-\(due)"),
            ], by: "zhengce", on: day, &dice)
        }
        try await reach(target, office, &dice)
    }

    /// The first is reached in time, the second late; the third waits.
    private static func reach(_ target: String, _ office: Office, _ dice: inout Dice) async throws {
        let milestones: [String] = try await office.read { try $0.connection.all("SELECT id FROM milestone WHERE target_id = \(target) ORDER BY due_on") { try $0.read(0) } }
        for (milestone, done) in zip(milestones, ["03-18", "09-02"]) {
            let day = try CivilDate(typed: "\(office.today.year)-\(done)")
            guard day <= office.today else { return }
            try await office.act("planning.reach-milestone", ["milestone": .typed(milestone), "done_on": .typed(day.typed)], by: "shenhe", on: office.workday(on: day), &dice)
        }
    }

    struct Target: Sendable { let id: String, words: String, text: String, unit: String }

    private static func targets(of plan: String, _ office: Office) async throws -> [Target] {
        try await office.read { reader in
            try reader.connection.all("""
                SELECT t.id, t.words, m.text, t.unit FROM plan_target AS t JOIN plan_measure AS m ON m.id = t.measure_id
                WHERE t.plan_id = \(plan) AND t.removed_at IS NULL ORDER BY m.position, t.position, t.id
                """) { Target(id: try $0.read(0), words: try $0.read(1), text: try $0.read(2), unit: try $0.read(3)) }
        }
    }

    /// What a sentence of the plan is held against: words of the sentence, unit, indicator, way of counting.
    private static let bindings: [(words: String, unit: String, indicator: String, counting: String)] = [
        ("入户调查", "次", "assistance.visits", "total"), ("办理时限", "天", "assistance.mean-days", "level"), ("复核", "次", "assistance.reviews", "total"),
        ("成功率", "%", "payments.success-rate", "level"), ("登记社会组织", "家", "organisations.founded", "total"), ("命名地名", "条", "place-names.named", "total"),
    ] + Series.all.map { ($0.inPlan, $0.unit, "manual.\($0.code)", $0.nature == "flow" ? "total" : "level") }

    private static func bind(_ target: Target, on day: CivilDate, _ year: Int, _ office: Office, _ dice: inout Dice) async throws {
        let kindred = bindings.filter { $0.unit == target.unit }
        if let found = kindred.first(where: { target.words.contains($0.words) }) ?? kindred.first(where: { target.text.contains($0.words) }) {
            try await office.act("planning.bind-target", [
                "target": .typed(target.id), "indicator": .typed(found.indicator), "counting": .typed(found.counting),
            ], by: "zhengce", on: day, &dice)
        }
        if target.words.contains("志愿服务活动") {
            try await office.act("planning.set-points", [
                "target": .typed(target.id), "quarter1": .typed("10"), "quarter2": .typed("30"), "quarter3": .typed("60"), "quarter4": .typed("80"),
            ], by: "zhengce", on: day, &dice)
        }
    }

    // MARK: The year so far

    private static func report(_ target: Target, _ office: Office, _ dice: inout Dice) async throws {
        let day = office.workday(before: 6)
        if target.words.contains("助餐点") {
            try await office.act("planning.record-target-progress", [
                "target": .typed(target.id), "happened_on": .typed(day.typed), "words": .typed("谷雨街道两处助餐点完成验收并开餐，另有两处正在装修。"),
            ], by: "shenhe", on: office.today, &dice)
        }
        if target.words.contains("适老化") || target.text.contains("适老化") && target.unit == "户" {
            try await office.act("planning.explain-delay", [
                "target": .typed(target.id), "cause": .typed("procedure"), "words": .typed("第二批改造的采购流标，重新挂网用了两个月。"),
                "remedy": .typed("施工单位已确定，分三个标段同时进场，每周五通报入户进度。"), "expected_on": .typed(office.today.adding(days: 30).typed),
            ], by: "shenhe", on: office.today, &dice)
        }
        if target.words.contains("入户调查") {
            try await office.act("planning.record-target-progress", [
                "target": .typed(target.id), "happened_on": .typed(day.typed), "words": .typed("各镇街按月完成入户，核查结果当场录入系统。"),
            ], by: "shenhe", on: office.today, &dice)
        }
    }
}

extension PlanYear {
    /// 手工填报的进度。A figure that no register counts, and how far it came for the part of the year that is over.
    struct Series: Sendable {
        let code: String, name: String, area: String, unit: String
        /// Words of the sentence it belongs to.
        let inPlan: String
        let nature: String
        let goal: Int
        /// Of what even progress would have brought by now, in hundredths.
        let pace: Int

        static let all = [
            Series(code: "plan-canteens", name: "新增老年助餐点", area: "养老服务", unit: "个", inPlan: "助餐点", nature: "flow", goal: 12, pace: 104),
            Series(code: "plan-home-service", name: "享受居家上门服务的经济困难老年人", area: "养老服务", unit: "人", inPlan: "上门服务", nature: "stock", goal: 1200, pace: 92),
            Series(code: "plan-home-beds", name: "建设家庭养老床位", area: "养老服务", unit: "张", inPlan: "床位", nature: "flow", goal: 150, pace: 120),
            Series(code: "plan-home-fitting", name: "困难老年人家庭适老化改造", area: "养老服务", unit: "户", inPlan: "适老化", nature: "flow", goal: 200, pace: 55),
            Series(code: "plan-carer-training", name: "养老护理员培训", area: "养老服务", unit: "人次", inPlan: "护理员培训", nature: "flow", goal: 300, pace: 125),
            Series(code: "plan-lectures", name: "公益讲座", area: "社会组织", unit: "场", inPlan: "讲座", nature: "flow", goal: 10, pace: 100),
            Series(code: "plan-social-workers", name: "新增持证社工", area: "社会工作与志愿服务", unit: "人", inPlan: "持证社工", nature: "flow", goal: 30, pace: 60),
            Series(code: "plan-volunteering", name: "志愿服务活动", area: "社会工作与志愿服务", unit: "场", inPlan: "志愿服务活动", nature: "flow", goal: 80, pace: 100),
            Series(code: "plan-briefings", name: "政策宣讲", area: "机关综合", unit: "场", inPlan: "宣讲", nature: "flow", goal: 24, pace: 90),
        ]

        func add(on day: CivilDate, _ office: Office, _ dice: inout Dice) async throws {
            try await office.act("indicators.add-manual-indicator", [
                "region": .typed("000181"), "code": .typed(code), "name": .typed(name), "area": .typed(area), "unit": .typed(unit), "scale": .typed("0"),
                "nature": .typed(nature),
                "definition": .typed("按年度工作要点的口径统计，\(nature == "flow" ? "期内新增，不重复计" : "期末实有")。"), "basis": .typed("业务科室台账"),
            ], by: "zhengce", on: day, &dice)
        }

        /// Month by month to the last that is over, reported in the first days of the next.
        func report(_ year: Int, _ office: Office, _ dice: inout Dice) async throws {
            var reported = 0
            for number in 1 ..< max(2, office.today.month) where number < office.today.month {
                let month = try Month(year: year, month: number), standing = min(goal, goal * pace * number / 1_200)
                let day = min(office.workday(on: month.last.adding(days: 3)), office.today)
                try await office.act("indicators.enter-amount", [
                    "indicator": .typed("manual.\(code)"), "region": .typed("000181"), "from_month": .typed(month.typed), "through_month": .typed(month.typed),
                    "amount": .typed(String(nature == "flow" ? standing - reported : standing)), "evidence": .typed("业务科室月度台账，科长签字。"),
                ], by: "zhengce", on: day, &dice)
                reported = standing
            }
        }
    }
}
