import Commons
import Kernel
import Pages
import Values

/// 重算。A summary's numbers, held against what the registers say now.
struct SummaryVerification: Sendable {
    struct Compared: Sendable {
        let entry: SummaryStanding.BoundFigure
        /// nil where nothing is known any more.
        let now: Int64?
        let moment: Instant

        var figure: SummaryFigure { entry.figure }
        var isSame: Bool { now == Int64(figure.amount) }
        var nowShown: String { now.map { WrittenAmount.text($0, figure.written) } ?? "已无数据" }

        var why: String {
            if isSame { return "" }
            if PlanCount(code: figure.indicator) != nil { return "起草之后，计划的目标、绑定、进展或者指标的数改过" }
            guard let now else { return "这个指标现在没有数据，可能已更正或撤回" }
            if figure.isManual { return "填报数后来更正过" }
            let since = moment > figure.moment ? "取数之后又有登记（现计到\(moment.shown)）" : "登记没有更新，指标的口径或依据改过"
            return figure.role == .value ? "\(since)，属于本期的事实补录或更正，相差\(Self.difference(now, figure))" : "\(since)，\(figure.role.label)随之改变"
        }

        private static func difference(_ now: Int64, _ figure: SummaryFigure) -> String {
            let change = now - Int64(figure.amount)
            return (change > 0 ? "多" : "少") + WrittenAmount.text(change, figure.written)
        }
    }

    let standing: SummaryStanding
    let compared: [Compared]
    let seal: SummarySeal

    /// Whether text and numbers are still those that were frozen; nil for what isn't frozen.
    var isIntact: Bool? { seal.isSound }
    /// Whether nothing was altered, exchanged, typed over or turned.
    var isSound: Bool { isIntact != false && standing.alterations.isEmpty }

    var differences: [Compared] { compared.filter { !$0.isSame } }

    var conclusion: String {
        let numbers = differences.isEmpty ? "\(compared.count) 个数重算后都相同" : "\(compared.count) 个数中有 \(differences.count) 个与现在不同"
        return "\(seal.label)；\(numbers)\(standing.alterations)"
    }
}

extension Reader {
    func verify(_ summary: WorkSummary) throws -> SummaryVerification {
        let standing = try standing(of: summary), hasCounts = standing.figures.contains { PlanCount(code: $0.figure.indicator) != nil }
        let facts = try SummaryFacts(summary.period, in: summary.region, self, following: hasCounts ? summary.plan : nil, on: summary.draftedAt.date)
        let compared = try standing.figures.filter { $0.state != .dropped }.map { entry in
            let again = try facts.again(entry.figure)
            return SummaryVerification.Compared(entry: entry, now: again.amount, moment: again.moment)
        }
        return SummaryVerification(standing: standing, compared: compared, seal: try seal(of: standing))
    }
}

/// 重算比对（接口和命令行）。
struct VerifySummary: Inquiry {
    let summary: ID<WorkSummary>

    static let title = "重算总结的数字"
    static let guidance = "逐个重算总结里的数，列出与起草时不同的。"
    static let roles: Set<Role> = .readers
    static let shape = Shape<VerifySummary> { Field(.summary, \.summary) }

    init(from reading: Kernel.Reading<VerifySummary>) throws(Refusal) { summary = try reading(.summary) }

    struct Answer: Shaped {
        let conclusion: String
        let isSound: Bool
        let figures: [ComparedFigure]

        static let shape = Shape<Answer> {
            Field(.verificationSummary, \.conclusion)
            Field(.isSound, \.isSound)
            Each(.comparedFigures, \.figures)
        }

        init(conclusion: String, isSound: Bool, figures: [ComparedFigure]) { (self.conclusion, self.isSound, self.figures) = (conclusion, isSound, figures) }

        init(from reading: Kernel.Reading<Answer>) throws(Refusal) {
            conclusion = try reading(.verificationSummary)
            isSound = try reading(.isSound)
            figures = try reading(.comparedFigures)
        }
    }

    func answer(at reader: Reader) throws -> Answer {
        let verification = try reader.verify(try reader.summary(summary))
        return Answer(conclusion: verification.conclusion, isSound: verification.isSound, figures: verification.compared.map { ComparedFigure($0) })
    }
}

struct ComparedFigure: Entry {
    let key: String
    let name: String
    let role: FigureRole
    let then: String
    let now: String
    let isSame: Bool
    let why: String?
    /// What the words beside it say wrongly.
    let fault: String?

    static let shape = Shape<ComparedFigure> {
        Field(.figureName, \.name)
        Field(.figureRole, \.role)
        Field(.figureThen, \.then)
        Field(.figureNow, \.now)
        Field(.isSame, \.isSame)
        Field(.differenceWhy, \.why)
        Field(.wordsFault, \.fault)
    }

    init(_ compared: SummaryVerification.Compared) {
        (key, name, role, then) = ("f\(compared.figure.number)", compared.figure.name, compared.figure.role, compared.figure.shown)
        (now, isSame, why) = (compared.nowShown, compared.isSame, compared.why.isEmpty ? nil : compared.why)
        fault = compared.entry.fault
    }

    init(from reading: Kernel.Reading<ComparedFigure>) throws(Refusal) {
        key = reading.key
        name = try reading(.figureName)
        role = try reading(.figureRole)
        then = try reading(.figureThen)
        now = try reading(.figureNow)
        isSame = try reading(.isSame)
        why = try reading(.differenceWhy)
        fault = try reading(.wordsFault)
    }
}

/// 看总结（接口和命令行）。
struct ReadSummary: Inquiry {
    let summary: ID<WorkSummary>

    static let title = "总结全文"
    static let guidance = "总结的全文，数字带记号，附数据依据。"
    static let roles: Set<Role> = .readers
    static let shape = Shape<ReadSummary> { Field(.summary, \.summary) }

    init(from reading: Kernel.Reading<ReadSummary>) throws(Refusal) { summary = try reading(.summary) }

    struct Answer: Shaped {
        let title: String
        let code: String
        let paper: String

        static let shape = Shape<Answer> {
            Field(.summaryTitle, \.title)
            Field(.summaryCode, \.code)
            Field(.paperText, \.paper)
        }

        init(title: String, code: String, paper: String) { (self.title, self.code, self.paper) = (title, code, paper) }

        init(from reading: Kernel.Reading<Answer>) throws(Refusal) {
            title = try reading(.summaryTitle)
            code = try reading(.summaryCode)
            paper = try reading(.paperText)
        }
    }

    func answer(at reader: Reader) throws -> Answer {
        let summary = try reader.summary(summary), paper = try reader.standing(of: summary).paper(isMarked: true, on: reader.today)
        return Answer(title: summary.title, code: summary.code, paper: paper.plainText)
    }
}
