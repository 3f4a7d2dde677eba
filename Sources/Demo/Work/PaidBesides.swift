import Commons
import Kernel
import Storage
import Values

/// 按月之外的发放。Two homes are paid their operating subsidy and it is closed; a festival list of a few people waits to be checked.
struct PaidBesides {
    private let office: Office
    private static let region = "000181"

    init(_ office: Office) { self.office = office }

    func pay(on day: CivilDate, _ dice: inout Dice) async throws {
        guard office.knows("payments.open-organisation-run") else { return }
        try await payOrganisations(day, &dice)
        try await listPeople(day, &dice)
    }

    private func payOrganisations(_ day: CivilDate, _ dice: inout Dice) async throws {
        let homes = try await office.read { reader in
            try reader.connection.all("SELECT id, name FROM organisation WHERE status = 'active' AND kind = 'elder-care' ORDER BY id LIMIT 3") {
                (id: try $0.read(0) as String, name: try $0.read(1) as String)
            }
        }
        guard !homes.isEmpty else { return }
        let month = day.monthOf.previous.typed
        for (place, home) in homes.enumerated() {
            // The last has no account yet: it waits, with its reason.
            if place < 2 {
                let values: RawFields = ["organisation": .typed(home.id), "holder": .typed(home.name), "bank": .typed("示范农商银行"), "account": .typed("存折90010000000\(place)")]
                try await office.act("payments.register-organisation-account", values, by: "shenhe", on: day, &dice)
            }
            try await office.act("payments.claim-for-organisation", [
                "organisation": .typed(home.id), "programme": .typed("养老机构运营补贴"), "period": .typed(month), "basis": .typed("〔示范〕运营补贴协议"),
                "amount_fen": .typed("\(9_600 + 1_200 * place).00"),
            ], by: "shenhe", on: day, &dice)
        }
        try await office.act("payments.record-budget", [
            "region": .typed(Self.region), "programme": .typed("org.operating-subsidy"), "source": .typed("local"), "amount_fen": .typed("500000.00"), "basis": .typed("〔示范〕年初预算"),
        ], by: "caiwu", on: day, &dice)
        let opened = try await office.act("payments.open-organisation-run", [
            "region": .typed(Self.region), "programme": .typed("养老机构运营补贴"), "period": .typed(month), "channel": .typed("treasury"),
        ], by: "shenhe", on: day, &dice)
        try await finish(try ID<PaymentRun>(typed: opened.subject), day, &dice)
    }

    private func finish(_ run: ID<PaymentRun>, _ day: CivilDate, _ dice: inout Dice) async throws {
        let values: RawFields = ["run": .typed(run.text)]
        try await office.finishPayments(run)
        for (act, by) in [("check-month", "shenhe"), ("sign-as-business", "shenpi"), ("sign-as-finance", "caiwu"), ("sign-as-leader", "juzhang")] {
            try await office.act("payments.\(act)", values, by: by, on: day, &dice)
        }
        try await office.finishPayments(run)
        guard try await office.read({ try !$0.batches(of: run).isEmpty }) else { return }
        try await office.act("payments.file-payments", values, by: "caiwu", on: day, &dice)
        try await office.finishPayments(run)
        try await office.takeSimulatedReturn(of: run, failing: 0, seed: 1, on: day)
        try await office.act("payments.close-month", values, by: "caiwu", on: day, &dice)
    }

    private func listPeople(_ day: CivilDate, _ dice: inout Dice) async throws {
        let numbers = try await office.read { reader in
            try reader.all(Person.self, where: """
                died_on IS NULL AND merged_into IS NULL AND resident_id IS NOT NULL AND id IN (SELECT payee_id FROM payment_account WHERE until_on IS NULL) ORDER BY id LIMIT 5
                """).compactMap { person in try person.residentID.map { try reader.open($0).typed } }
        }
        guard !numbers.isEmpty else { return }
        let name = "festival-\(day.year)", basis = "〔示范〕慰问金发放办法"
        try await office.act("payments.list-one-off", [
            "region": .typed(Self.region), "name": .typed(name), "basis": .typed(basis), "people": .typed(numbers.map { "\($0) 500.00" }.joined(separator: "\n")),
        ], by: "shenhe", on: day, &dice)
        let opened = try await office.act("payments.open-listed-one-off", [
            "region": .typed(Self.region), "title": .typed("\(day.year)年节日慰问金"), "name": .typed(name), "basis": .typed(basis), "month": .typed(day.monthOf.typed),
            "channel": .typed("bank"),
        ], by: "shenhe", on: day, &dice)
        try await office.finishPayments(try ID<PaymentRun>(typed: opened.subject))
    }
}
