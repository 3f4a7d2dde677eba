import Kernel
import Pages
import Values

/// 后台任务。Long work: how far it came, and what stopped it.
let jobsPage = Page("jobs", "后台任务", roles: jobReaders, inMenu: true) { visit in
    let jobs = try visit.reader.jobs(limit: 50)
    let table = TableView(id: "jobs", caption: "最近的后台任务", columns: [
        ColumnView("任务"), ColumnView("状态"), ColumnView("进度", .number), ColumnView("未办成", .number), ColumnView("开始", .date), ColumnView("结束", .date),
        ColumnView("说明"),
    ], rows: jobs.map(row), empty: EmptyView("没有后台任务", "成批的办理（导入、重新核算、批量通知）会在这里显示进度。"))
    return Page.Body("后台任务", breadcrumbs: [("工作台", "/desk/workbench")]) { table.markup }
}

private func row(_ job: Job) -> TableRowView {
    TableRowView([
        .text(job.title), .tag(TagView(job.state.label, tone(job.state))), .text(job.total.map { "\(job.done) / \($0)" } ?? String(job.done)),
        .text(String(job.failed)), .text(job.createdAt.shown), job.finishedAt.map { .text($0.shown) } ?? .absent, job.message.map { .text($0) } ?? .absent,
    ])
}

private func tone(_ state: JobState) -> Tone {
    switch state {
    case .waiting: .plain
    case .running: .warn
    case .finished: .ok
    case .failed: .stop
    }
}
