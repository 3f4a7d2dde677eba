import Commons
import Kernel
import Pages
import Values

/// 打印：计划执行情况。The plan in its own order on paper: each sentence, its targets, how they stand, who answers.
let planSheetPage = Page("plans/{id}/sheet", "计划执行情况表") { visit in
    let progress = try visit.reader.progress(of: try visit.reader.plan(try visit.id())), plan = progress.tree.plan
    let unit = try visit.reader.regionPath(plan.region)
    return Page.Body("\(plan.title)执行情况", breadcrumbs: planTrail + [(plan.title, plan.link)], sheets: [planSheet(progress, unit: unit)])
}

func planSheet(_ progress: PlanProgress, unit: String) -> Sheet {
    let tree = progress.tree, counts = Light.allCases.map { ($0, progress.count($0)) }.filter { $0.1 > 0 }.map { "\($0.0.label) \($0.1) 个" }.joined(separator: "，")
    let tops = tree.children(of: nil)
    let sections = tops.map { top in
        Sheet.Block.section(top.title, rows(tree.measures.filter { isUnder($0.measure.heading, top.position, tree) }, progress))
    }
    let loose = rows(tree.measures(under: nil), progress)
    return Sheet(unit: "\(unit)民政部门", title: "\(plan(tree).title)执行情况", number: "第 \(plan(tree).edition) 版文稿", addressee: "",
                 blocks: [.paragraph("\(tree.measures.count) 项任务，\(tree.targets.count) 个目标：\(counts.isEmpty ? "还没有目标" : counts)。")] + loose + sections,
                 date: progress.today.shown, traceCode: "计划 \(plan(tree).id.text.suffix(8)) · \(progress.today.typed)")
}

private func plan(_ tree: PlanTree) -> WorkPlan { tree.plan }

private func isUnder(_ heading: Int?, _ top: Int, _ tree: PlanTree) -> Bool {
    var next = heading
    while let place = next {
        if place == top { return true }
        next = tree.headings.indices.contains(place) ? tree.headings[place].parent : nil
    }
    return false
}

private func rows(_ measures: [PlannedMeasure], _ progress: PlanProgress) -> [Sheet.Block] {
    measures.flatMap { planned -> [Sheet.Block] in
        let duty = planned.measure.responsible.map { "（\($0)）" } ?? ""
        let targets = planned.targets.map { target in
            let status = progress.status(of: target)
            return Sheet.Fact("\(target.target.words)：\(target.target.shown)", "\(status.light.label)。\(status.words)")
        }
        return [.paragraph(planned.measure.text + duty)] + (targets.isEmpty ? [] : [.facts(targets)])
    }
}
