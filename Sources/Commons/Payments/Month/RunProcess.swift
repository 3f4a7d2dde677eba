import Kernel
import Values

/// 批次到哪一步。
public enum RunState {
    static let building = State("building", "正在建名册", awaits: nil)
    static let drafted = State("drafted", "名册已成，待检查", awaits: "检查名册")
    static let checked = State("checked", "已检查，待业务签批", awaits: "业务签批")
    static let byBusiness = State("signed-business", "业务已签，待财务签批", awaits: "财务签批")
    static let byFinance = State("signed-finance", "财务已签，待领导签批", awaits: "领导签批")
    static let signed = State("signed", "三方已签，正在记账", awaits: nil)
    static let ready = State("ready", "待报盘", awaits: "生成发放文件，送发放渠道")
    static let filing = State("filing", "正在生成发放文件", awaits: nil)
    public static let filed = State("filed", "已报盘，待回盘", awaits: "登记回盘文件")
    static let returned = State("returned", "已回盘，待对账", awaits: "补发失败的，或对账办结")
    static let closed = State("closed", "已对账办结", isFinal: true)
    static let abandoned = State("abandoned", "已放弃", isFinal: true)

    static let all = [building, drafted, checked, byBusiness, byFinance, signed, ready, filing, filed, returned, closed, abandoned]
    /// Before the last signature; nothing of it was paid.
    static let unsigned = [building, drafted, checked, byBusiness, byFinance]
    /// Somebody at the back is at it.
    static let atWork: Set<String> = [building.name, signed.name, filing.name]
}

/// Who began a batch signs none of its three parts.
private let opening: [any Action.Type] = [OpenMonth.self, OpenOneOff.self, OpenListedOneOff.self, OpenOrganisationRun.self]

private let steps = [
    Move(EnrolSlice.self, from: [RunState.building], to: nil),
    Move(EndRoster.self, from: [RunState.building], to: RunState.drafted),
    Move(CheckMonth.self, from: [RunState.drafted, RunState.checked], to: RunState.checked),
    Move(SignAsBusiness.self, from: [RunState.checked], to: RunState.byBusiness, differsFrom: opening),
    Move(SignAsFinance.self, from: [RunState.byBusiness], to: RunState.byFinance, differsFrom: [SignAsBusiness.self] + opening),
    Move(SignAsLeader.self, from: [RunState.byFinance], to: RunState.signed, differsFrom: [SignAsBusiness.self, SignAsFinance.self] + opening),
    Move(SendBack.self, from: [RunState.byBusiness, RunState.byFinance], to: RunState.drafted),
    Move(PostSlice.self, from: [RunState.signed], to: nil),
    Move(EndPosting.self, from: [RunState.signed], to: RunState.ready),
    Move(FilePayments.self, from: [RunState.ready], to: RunState.filing),
    Move(FileSlice.self, from: [RunState.filing], to: nil),
    Move(EndFile.self, from: [RunState.filing], to: RunState.filed),
    Move(BeginReturn.self, from: [RunState.filed], to: nil),
    Move(TakeReturnSlice.self, from: [RunState.filed], to: nil),
    Move(RecordReturn.self, from: [RunState.filed], to: RunState.returned),
    Move(DeferFailed.self, from: [RunState.returned], to: nil),
    Move(ReissueFailed.self, from: [RunState.returned], to: RunState.ready),
    Move(CloseMonth.self, from: [RunState.returned], to: RunState.closed),
    Move(CloseEmptyMonth.self, from: [RunState.ready], to: RunState.closed),
    Move(AbandonMonth.self, from: RunState.unsigned, to: RunState.abandoned),
]

/// 发放程序：业务、财务、领导三人分别签批（《财政部办公厅等关于进一步加强惠民惠农财政补贴资金“一卡通”管理的指导意见》财办〔2020〕37号）。
let runProcess = Process("payment-run", "待遇发放", series: "FF", path: "/payments/runs", editions: [
    Edition(from: CivilDate(written: 2012, 12, 12), basis: .oneCard, initial: RunState.building, states: RunState.all, moves: steps),
])

extension Citation {
    static let oneCard = Citation("关于进一步加强惠民惠农财政补贴资金“一卡通”管理的指导意见", number: "财办〔2020〕37号")
}

extension Set<Role> {
    /// 业务科。
    static let payingClerks: Set<Role> = [.countyReviewer]
    /// Who sees what each source put down.
    static let fundReaders: Set<Role> = [.countyReviewer, .countyApprover, .finance, .leader, .auditor]
    static let paymentReaders: Set<Role> = [.townshipReviewer, .countyReviewer, .countyApprover, .finance, .leader, .auditor]
}
