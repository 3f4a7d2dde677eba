import Kernel
import Values

/// 档案合并的程序。One proposes, another approves; with the same document nobody else needs to judge.
let mergeProcess: Process = Process("person-merge", "档案合并", series: "HB", path: "/people/merges", editions: [
    Edition(from: .registerRules, basis: .accuracy, initial: MergeStage.proposed,
            states: [MergeStage.proposed, MergeStage.merged, MergeStage.refused, MergeStage.withdrawn], moves: [
                Move(ApproveMerge.self, from: [MergeStage.proposed], to: MergeStage.merged, differsFrom: [ProposeMerge.self]),
                Move(RefuseMerge.self, from: [MergeStage.proposed], to: MergeStage.refused, differsFrom: [ProposeMerge.self]),
                Move(WithdrawMerge.self, from: [MergeStage.proposed], to: MergeStage.withdrawn),
            ]),
])

enum MergeStage {
    static let proposed = State("proposed", "等待复核", awaits: "等待另一人复核合并")
    static let merged = State("merged", "已合并", isFinal: true)
    static let refused = State("refused", "未通过", isFinal: true)
    static let withdrawn = State("withdrawn", "已撤回", isFinal: true)
}
