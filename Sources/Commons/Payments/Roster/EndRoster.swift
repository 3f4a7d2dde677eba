import Kernel
import Storage
import Values

/// 名册列完。All frozen facts were worked through: by the house alone.
struct EndRoster: Action {
    let run: ID<PaymentRun>

    static let title = "名册列完"
    static let guidance = "名册列到最后一行后由系统办理。"
    static let roles: Set<Role> = [.systemAdministrator]
    static let subject = Subject<EndRoster>.opened(.paymentRun, \.run)
    static let shape = Shape<EndRoster> { Field(.paymentRun, \.run) }

    init(from reading: Reading<EndRoster>) throws(Refusal) { run = try reading(.paymentRun) }

    func perform(at desk: Desk) throws -> Outcome {
        let run = try desk.find(run)
        try desk.requireHouse()
        guard run.frozenAt != nil, try desk.section(of: run.id) == nil else { throw Refusal.outOfOrder("名册还没有列完") }
        let hash = (desk.matter as? InputHash)?.text
        let inputHash = try hash ?? desk.inputHash(of: run.id)
        // The checks join tables that were empty an hour ago: the server is told how large they are now, before it plans.
        if desk.connection.dialect == .postgres { try desk.connection.run("ANALYZE payment_line, payment_claim, payment_input, payment_account") }
        try desk.connection.run("UPDATE payment_run SET input_hash = \(inputHash) WHERE id = \(run.id)")
        failPoint("payments.drawn")
        return Outcome(run.id, "名册已列完，共 \(run.lines) 行。下一步：检查名册", link: run.link)
    }
}

/// Found beside the transaction: the frozen facts don't change any more.
struct InputHash: Sendable { let text: String }
