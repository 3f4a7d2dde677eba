import Kernel
import Pages
import Values

/// 工作台。My tasks by the clock, what stands in the way, and what changed since yesterday.
let workbench = Page("workbench", "工作台", roles: .everyone, inMenu: true, isOverview: true) { visit in
    let reader = visit.reader
    let range = visit.asked("range", as: TaskRange.self).value ?? .all
    let holder = visit.asked("holder", as: TaskHolder.self).value ?? .all
    let tasks = try reader.tasks(range, of: holder, after: visit.text("after"), limit: tasksShown + 1)
    let narrowed = [range == .all ? nil : range.label, holder == .all ? nil : holder.label].compactMap { $0 }
    let view = WorkbenchView(stats: stats(try reader.taskCounts()), warnings: try reader.warnings(),
                             heading: narrowed.isEmpty ? "待办" : "待办：\(narrowed.joined(separator: "，"))", isNarrowed: !narrowed.isEmpty || visit.text("after") != nil,
                             holders: holders(range, holder),
                             tasks: TaskListView(try tasks.prefix(tasksShown).map { try reader.drawn($0) }, empty: reader.noTasks(range)),
                             more: tasks.count > tasksShown ? more(range, holder, after: tasks[tasksShown - 1]) : nil, changes: try reader.changes())
    return Page.Body("工作台") { workbenchMarkup(view) }
}

/// A page of tasks.
private let tasksShown = 50

struct WorkbenchView: Sendable {
    let stats: StatLinksView
    let warnings: [NoticeBoxView]
    let heading: String
    let isNarrowed: Bool
    /// 我的、未认领、全部.
    let holders: [LinkView]
    let tasks: TaskListView
    let more: PagerView?
    /// nil when nothing happened.
    let changes: TimelineView?
}

func workbenchMarkup(_ view: WorkbenchView) -> Markup {
    let back = view.holders + (view.isNarrowed ? [LinkView("看全部待办", href: "/desk/workbench")] : [])
    let none = EmptyView("昨天以来没有变化", "本区域里谁办了什么，会按时间出现在这里。")
    return """
        \(view.stats)\(each: view.warnings)
        \(PanelView(view.heading, acts: back, "\(view.tasks)\(view.more)"))
        \(PanelView("昨天以来的变化", view.changes?.markup ?? none.markup))
        """
}

private func stats(_ counts: TaskCounts) -> StatLinksView {
    StatLinksView(TaskRange.allCases.map { range in
        let tone: Tone = counts[range] == 0 || range == .all ? .plain : range == .late ? .late : .warn
        return .init(range.label, String(counts[range]), href: address("/desk/workbench", ["range": range.rawValue]), tone: tone)
    })
}

private func holders(_ range: TaskRange, _ chosen: TaskHolder) -> [LinkView] {
    [TaskHolder.mine, .free].filter { $0 != chosen }.map { holder in
        LinkView(holder.label, href: address("/desk/workbench", ["range": range == .all ? nil : range.rawValue, "holder": holder.rawValue]))
    }
}

private func more(_ range: TaskRange, _ holder: TaskHolder, after task: DeskTask) -> PagerView {
    PagerView(previousHref: nil, nextHref: address("/desk/workbench", ["range": range.rawValue, "holder": holder.rawValue, "after": task.cursor]),
              position: "每页 \(tasksShown) 件，按时限排列")
}

extension Reader {
    fileprivate func drawn(_ task: DeskTask) throws -> TaskListView.Task {
        let standing = try standing(of: task.file), clock = try nearest(clocks(of: task.file))
        let opened = "受理 \(task.file.openedOn.shownShort)"
        return .init(clock.map(timeLeft) ?? ClockView("无时限"), what: "\(standing.process) · \(standing.awaits ?? standing.state)",
                     who: "\(task.file.title)（\(task.file.number)）\(try whose(task))", dates: clock.map { "\(opened) · \($0.title)截止 \($0.dueOn.shownWithWeekday)" } ?? opened,
                     act: ActLink("处理", href: try link(to: task.file)), also: also(task))
    }

    private func whose(_ task: DeskTask) throws -> String {
        guard let holder = task.holder else { return "" }
        return holder == actor.user ? "，我的" : "，\(try first(User.self, where: "id = \(holder)")?.name.shown ?? "同事")办理"
    }

    private func also(_ task: DeskTask) -> ActLink? {
        switch task.holder {
        case nil: ActLink("领取", href: "/desk/do/take-task?case_id=\(task.file.id)", weight: .quiet)
        case actor.user: ActLink("移交", href: "/desk/do/hand-over-task?case_id=\(task.file.id)", weight: .quiet)
        default: nil
        }
    }

    fileprivate func noTasks(_ range: TaskRange) -> EmptyView {
        switch range {
        case .today: EmptyView("今天没有到期的办件", "时限落在今天、等您办理的办件会出现在这里。")
        case .late: EmptyView("没有超期的办件", "过了时限还没有办的会出现在这里。")
        case .all: EmptyView("现在没有等您办的件", "轮到「\(actor.role.label)」办理的办件会按时限先后出现在这里。")
        }
    }

    /// Yesterday and today in this region, newest first; accounts are the administrators' matter.
    fileprivate func changes() throws -> TimelineView? {
        let yesterday = Instant(startOf: today.adding(days: -1))
        let lines = try journal(JournalQuery(since: yesterday), limit: 40)
            .filter { Set<Role>.readers.contains(actor.role) ? !$0.action.hasPrefix("users.") : true }.prefix(12)
        guard !lines.isEmpty else { return nil }
        let days = [today, today.adding(days: -1)].compactMap { day -> TimelineView.Year? in
            let entries = lines.filter { $0.at.date == day }.map(entry)
            return entries.isEmpty ? nil : .init(day == today ? "今天" : "昨天", entries)
        }
        return TimelineView(days)
    }

    private func entry(_ line: JournalLine) -> TimelineView.Entry {
        .init(line.at.shownTime, house.actionTitle(line.action), "\(line.message)（\(line.actorName)）",
              href: Set<Role>.readers.contains(actor.role) && line.link != nil ? line.link : "/desk/receipt/\(line.id.text)")
    }
}
