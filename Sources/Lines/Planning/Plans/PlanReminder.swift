import Commons
import Kernel
import Pages
import Values

/// 计划提醒。At the workbench: what is behind without a reason, and what falls due within ten days.
let planReminder = DeskReminder { reader in
    guard Set<Role>.planReporters.contains(reader.actor.role) else { return nil }
    let (behind, near) = try reader.reminders()
    let own = behind.filter { $0.measure.person == reader.actor.name }
    if !own.isEmpty {
        return NoticeBoxView(.stop, "您负责的 \(own.count) 个计划目标滞后，还没有说明原因", named(own), links: [LinkView("去说明", href: own[0].target.target.link)])
    }
    guard !behind.isEmpty || !near.isEmpty else { return nil }
    let links = [LinkView("看督办", href: "/planning/board")]
    if behind.isEmpty { return NoticeBoxView(.info, "有 \(near.count) 个计划目标十天内到节点或时限", named(near), links: links) }
    return NoticeBoxView(.warn, "有 \(behind.count) 个计划目标滞后，还没有说明原因", named(behind) + (near.isEmpty ? "" : "另有 \(near.count) 个十天内到节点或时限。"), links: links)
}

private func named(_ entries: [PlanOverview.Entry]) -> String {
    entries.prefix(3).map { "\($0.target.target.words)（\($0.unit)）" }.joined(separator: "、") + (entries.count > 3 ? "等。" : "。")
}
