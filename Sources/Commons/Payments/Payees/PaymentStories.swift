import Kernel
import Storage
import Values

/// 给终端和示范看的摘要。
public struct RunSummary: Sendable {
    public let number: String, title: String, state: String
    /// 项目、理由、行数、人数（机构数）、上月、相差、抵扣、实发.
    public let columns: [String]
    public let rows: [[String]]
    public let proofHash: String?
}

extension Reader {
    /// Runs of a month within the reader's region, newest last; abandoned ones left out.
    public func runs(of month: Month) throws -> [(id: ID<PaymentRun>, number: String, isClosed: Bool)] {
        try connection.all("""
            SELECT r.id, c.number, c.state FROM payment_run AS r JOIN case_file AS c ON c.id = r.id
            WHERE r.month = \(month) AND c.state <> 'abandoned' AND \(within("r.region")) ORDER BY r.id
            """) { (try $0.read(0), try $0.read(1), $0.text(2) == RunState.closed.name) }
    }

    public func summary(of id: ID<PaymentRun>) throws -> RunSummary {
        let (run, file) = try run(id)
        try requireScope(run.region, of: "这个批次")
        let proof = try proof(of: run), titles = house.paidTitles
        let rows = proof.reasons.map { row in
            [titles[row.programme] ?? run.title, row.label, "\(row.lines)", "\(proof.count(row))", row.previous.plain, row.difference.plain, row.offset.plain, row.amount.plain]
        }
        let state = RunState.all.first { $0.name == file.state }?.title ?? file.state
        let columns = ["项目", "理由", "行数", proof.countTitle, "上月", "相差", "抵扣", "实发"]
        return RunSummary(number: file.number, title: run.title, state: state, columns: columns, rows: rows, proofHash: run.proofHash)
    }

    /// Each line that concerns a person, in sentences, newest first.
    public func paymentStory(of person: ID<Person>, _ month: Month?) throws -> [(title: String, sentences: [String])] {
        let found = try standing(person)
        try requireScope(found.region, found.livingIn, of: "这个人")
        return try paidLines(of: found.id, paidIn: month).map { line in
            ("\(line.paidIn.shown)　\(house.programmes.first { $0.name == line.programme }?.title ?? line.title)　实发 \(line.amount.shown)", try sentences(of: line))
        }
    }
}
