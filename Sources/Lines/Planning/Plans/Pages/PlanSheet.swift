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
    let tree = progress.tree, plan = tree.plan
    let counts = Light.allCases.map { ($0, progress.count($0)) }.filter { $0.1 > 0 }.map { "\($0.0.label) \($0.1) 个" }.joined(separator: "，")
    let summary = "\(tree.measures.count) 项任务，\(tree.targets.count) 个目标：\(counts.isEmpty ? "还没有目标" : counts)。"
    return Sheet(unit: "\(unit)民政部门", title: "\(plan.title)执行情况", number: "第 \(plan.edition) 版文稿", addressee: "", blocks: [.paragraph(summary)] + blocks(progress),
                 date: progress.today.shown, traceCode: "计划 \(plan.id.text.suffix(8)) · \(progress.today.typed)")
}

/// A document of one title is set out by the headings under it.
private func blocks(_ progress: PlanProgress) -> [Sheet.Block] {
    let tree = progress.tree, roots = tree.children(of: nil)
    let sole = roots.count == 1 ? roots.first?.position : nil, sections = sole.map { tree.children(of: $0) } ?? roots
    let loose = tree.measures(under: nil) + (sole.map { tree.measures(under: $0) } ?? [])
    return table(loose, progress) + sections.map { section in
        .section(section.title, table(tree.measures.filter { tree.isWithin($0.measure.heading, section.position) }, progress))
    }
}

/// A row a target; a measure without one still has its row.
private func table(_ measures: [PlannedMeasure], _ progress: PlanProgress) -> [Sheet.Block] {
    guard !measures.isEmpty else { return [] }
    let rows = measures.flatMap { planned -> [[String]] in
        let duty = [planned.measure.responsible, planned.measure.person].compactMap(\.self).joined(separator: "，")
        guard !planned.targets.isEmpty else { return [[planned.measure.text, "", "", duty]] }
        return planned.targets.enumerated().map { place, target in
            let status = progress.status(of: target)
            return [place == 0 ? planned.measure.text : "", "\(target.target.words)：\(target.target.shown)", "\(status.light.label)。\(status.words)", place == 0 ? duty : ""]
        }
    }
    let columns: [Sheet.Column] = [.init("任务", share: 8), .init("目标", share: 5), .init("状态", share: 6), .init("责任", share: 3)]
    return [.table(Sheet.Table("", columns: columns, texts: rows))]
}
