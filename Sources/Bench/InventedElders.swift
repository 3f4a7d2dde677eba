import Commons
import Kernel
import Storage
import Values

/// 虚构的老人。People of eighty-five with an account each, money enough to pay them, and the staff who does it.
enum InventedElders {
    static let region = "000181"

    static func staff(_ role: Role, _ number: UInt8) throws -> Actor {
        Actor(user: ID(at: Instant(secondsSince1970: 1), random: [UInt8](repeating: number, count: 10)), name: "压测\(role.label)", role: role, region: try RegionCode(region))
    }

    static func settle(_ count: Int, in counter: Counter) async throws {
        try await people(count, in: counter, place: try RegionCode("000181001001"))
        try await fund(counter)
    }

    /// - Parameter first: their number in the whole house; their names begin with one in every place.
    static func people(_ count: Int, in counter: Counter, place region: RegionCode, first: Int = 0) async throws {
        let keyring = counter.house.keyring, today = counter.clock.now().date, made = Instant(startOf: today)
        for start in stride(from: 0, to: count, by: 20_000) {
            let part = start ..< min(start + 20_000, count)
            try await counter.database.bulk { connection in
                func id<R>(_ number: Int, _ mark: UInt8) -> ID<R> {
                    ID(at: made, random: [mark, 0, 0, 0, 0, 0] + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: (first + number) >> $0) })
                }
                try connection.insert(into: "person", ["id", "name", "sex", "born_on", "region", "version", "birth_estimated"], rows: part.lazy.map { number in
                    [(id(number, 1) as ID<Person>).stored, .text("试老\(number)"), .text("1"), .text("1939-01-01"), region.stored, .integer(1), .integer(0)]
                })
                try connection.insert(into: "payment_account", ["id", "payee_id", "holder", "bank", "number", "number_index", "region", "from_on"], rows: try part.map { number in
                    let account = try BankAccount(kind: .passbook, number: "\(100_000_000 + first + number)")
                    return [(id(number, 2) as ID<PaymentAccount>).stored, (id(number, 1) as ID<Person>).stored, .text("试老\(number)"), .text("示范农商银行"),
                            try keyring.seal(account).stored, .text("\(first + number)"), region.stored, today.stored]
                })
            }
        }
    }

    static func fund(_ counter: Counter) async throws {
        for source in ["local", "lottery"] {
            let values: RawFields = [
                "region": .typed(Self.region), "programme": .typed("elder-allowance"), "source": .typed(source), "amount_fen": .typed("99999999.00"), "basis": .typed("压测"),
            ]
            _ = try await counter.submit(Submission("payments.record-budget", id: .make(at: counter.clock.now()), values: values), as: staff(.finance, 3))
        }
    }
}
