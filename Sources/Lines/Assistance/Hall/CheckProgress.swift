import Commons
import Kernel
import Values

/// 查进度。The number on the receipt and the last four characters of the applicant's ID number; whatever doesn't fit gets one and the same answer.
///
/// It says where the case stands and what comes next, in plain words, and nothing about anybody.
struct CheckProgress: Inquiry {
    let number: String
    let lastFour: String

    static let title = "查办理进度"
    static let name = "progress"
    static let guidance = "填通知书上的编号，和申请人身份证号码的最后四位。"
    static let roles: Set<Role> = [.visitor]
    static let shape = Shape<CheckProgress> {
        Field(.progressNumber, \.number)
        Field(.lastFour, \.lastFour)
    }

    init(from reading: Reading<CheckProgress>) throws(Refusal) {
        number = (try reading(.progressNumber) as String).uppercased()
        lastFour = (try reading(.lastFour) as String).uppercased()
    }

    func answer(at reader: Reader) throws -> ProgressAnswer {
        guard let file = try reader.caseFiles(where: "number = \(number) AND process IN ('application', 'allowance')").first,
              try reader.lastFour(of: file) == lastFour else { throw Self.mismatch }
        let state = try reader.house.process(file.process).edition(on: file.editionOn).state(file.state)
        let plain = PlainState(file.state)
        let due = try reader.clocks(of: file).first { $0.name == ApplicationClock.whole.name && $0.isRunning }
        return ProgressAnswer(number: file.number, state: plain?.now ?? state?.title ?? "", next: plain?.next ?? "请等待通知", dueOn: due?.dueOn, openedOn: file.openedOn)
    }

    static let mismatch = Refusal.absent("没有查到。请核对编号和身份证号码最后四位，都对还查不到的，请到受理的乡镇、街道查询")
}

extension Reader {
    /// The applicant's, or that of the head on the roster; nil where there is no number.
    fileprivate func lastFour(of file: CaseFile) throws -> String? {
        let person = try first(Application.self, where: "id = \(file.id)")?.applicant ?? first(Allowance.self, where: "id = \(file.id)")?.head
        guard let person, let number = try find(person).residentID else { return nil }
        return String(try open(number).typed.suffix(4))
    }
}

/// 进度的答复。
struct ProgressAnswer: Shaped, Hashable {
    let number: String
    let state: String
    let next: String
    let dueOn: CivilDate?
    let openedOn: CivilDate

    static let shape = Shape<ProgressAnswer> {
        Field(.progressNumber, \.number)
        Field(.progressState, \.state)
        Field(.progressNext, \.next)
        Field(.progressDue, \.dueOn)
        Field(.progressOpened, \.openedOn)
    }

    init(from reading: Reading<ProgressAnswer>) throws(Refusal) {
        number = try reading(.progressNumber)
        state = try reading(.progressState)
        next = try reading(.progressNext)
        dueOn = try reading(.progressDue)
        openedOn = try reading(.progressOpened)
    }

    init(number: String, state: String, next: String, dueOn: CivilDate?, openedOn: CivilDate) {
        self.number = number
        self.state = state
        self.next = next
        self.dueOn = dueOn
        self.openedOn = openedOn
    }
}

/// 状态的大白话。
private struct PlainState {
    let now: String
    let next: String

    init?(_ state: String) {
        switch state {
        case Applied.submitted.name: self.init("申请已收到", "我们正在看材料，齐全的就受理，不齐的一次告诉您缺什么")
        case Applied.supplementing.name: self.init("材料还不齐", "请按补正告知书把材料补齐，交到受理的乡镇、街道")
        case Applied.surveying.name: self.init("正在调查核实", "我们会核对信息、上门了解情况，请您和家人配合")
        case Applied.opined.name: self.init("已有审核意见", "符合条件的接着公示；不符合的会书面告诉您理由")
        case Applied.noticing.name, Applied.countyNoticing.name: self.init("正在公示", "公示期满、没有异议的，接着作出决定")
        case Applied.objected.name: self.init("正在核查公示异议", "核查清楚后继续办理，请您配合再次调查")
        case Applied.refused.name: self.init("已作出决定", "决定书正在送达，请注意查收")
        case Applied.confirmed.name: self.init("已作出决定", "请查收通知书，上面写着结果")
        case Applied.notified.name: self.init("已作出决定并送达", "不服的，可以按通知书上写的办法申请复议或者起诉")
        case Applied.terminated.name: self.init("已终止办理", "情况改变、愿意配合的，可以重新申请")
        case Applied.withdrawn.name: self.init("申请已撤回", "需要时可以重新申请")
        case Granted.running.name: self.init("正在享受待遇", "家里有变化的，请及时告诉乡镇、街道")
        case Granted.changing.name: self.init("正在核查家庭变化", "核查后会书面告诉您结果")
        case Granted.exiting.name: self.init("在渐退期内", "期满前会书面告诉您")
        case Granted.stopped.name: self.init("已作出决定", "通知书正在送达，请注意查收")
        case Granted.closed.name: self.init("已办结", "家庭困难、又符合条件的，可以重新申请")
        default: return nil
        }
    }

    private init(_ now: String, _ next: String) {
        self.now = now
        self.next = next
    }
}

extension Term where Value == String {
    static var progressNumber: Term<String> { Term("number", "编号", hint: "如 DB2026-000123") }
    static var lastFour: Term<String> { Term("last_four", "身份证号码最后四位", hint: "最后一位是 X 的填 X") }
    static var progressState: Term<String> { Term("state", "现在到哪一步") }
    static var progressNext: Term<String> { Term("next", "下一步") }
}
extension Term where Value == CivilDate {
    static var progressDue: Term<CivilDate> { Term("due_on", "最迟办结") }
    static var progressOpened: Term<CivilDate> { Term("opened_on", "登记日期") }
}
