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
    /// Whether text and numbers are still those that were frozen; nil for what isn't frozen.
    let isIntact: Bool?

    var differences: [Compared] { compared.filter { !$0.isSame } }

    var conclusion: String {
        let seal = isIntact.map { $0 ? "全文与冻结时一致" : "全文与冻结摘要不符：库里的文字或数字被改过，请报告审计" } ?? "还没有冻结"
        let numbers = differences.isEmpty ? "\(compared.count) 个数重算后都相同" : "\(compared.count) 个数中有 \(differences.count) 个与现在不同"
        return "\(seal)；\(numbers)\(standing.alterations)"
    }
}

extension Reader {
    func verify(_ summary: WorkSummary) throws -> SummaryVerification {
        let standing = try standing(of: summary), facts = try SummaryFacts(summary.period, in: summary.region, self)
        let compared = try standing.figures.filter { $0.state != .dropped }.map { entry in
            let again = try facts.again(entry.figure)
            return SummaryVerification.Compared(entry: entry, now: again.amount, moment: again.moment)
        }
        return SummaryVerification(standing: standing, compared: compared, isIntact: try summary.frozenHash.map { try standing.digest() == $0 })
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
        let figures: [ComparedFigure]

        static let shape = Shape<Answer> {
            Field(.verificationSummary, \.conclusion)
            Each(.comparedFigures, \.figures)
        }

        init(conclusion: String, figures: [ComparedFigure]) { (self.conclusion, self.figures) = (conclusion, figures) }

        init(from reading: Kernel.Reading<Answer>) throws(Refusal) {
            conclusion = try reading(.verificationSummary)
            figures = try reading(.comparedFigures)
        }
    }

    func answer(at reader: Reader) throws -> Answer {
        let verification = try reader.verify(try reader.summary(summary))
        return Answer(conclusion: verification.conclusion, figures: verification.compared.map { ComparedFigure($0) })
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

    static let shape = Shape<ComparedFigure> {
        Field(.figureName, \.name)
        Field(.figureRole, \.role)
        Field(.figureThen, \.then)
        Field(.figureNow, \.now)
        Field(.isSame, \.isSame)
        Field(.differenceWhy, \.why)
    }

    init(_ compared: SummaryVerification.Compared) {
        (key, name, role, then) = ("f\(compared.figure.number)", compared.figure.name, compared.figure.role, compared.figure.shown)
        (now, isSame, why) = (compared.nowShown, compared.isSame, compared.why.isEmpty ? nil : compared.why)
    }

    init(from reading: Kernel.Reading<ComparedFigure>) throws(Refusal) {
        key = reading.key
        name = try reading(.figureName)
        role = try reading(.figureRole)
        then = try reading(.figureThen)
        now = try reading(.figureNow)
        isSame = try reading(.isSame)
        why = try reading(.differenceWhy)
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
