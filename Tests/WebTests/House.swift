import Bureau
import Commons
import Cryptography
import Foundation
import Hummingbird
import HummingbirdTesting
import Kernel
import Storage
import TestSupport
import Values
@testable import Web

/// A house with the garden and the whole bureau in it, on a database of its own, its clock standing in July 2024.
struct TestHouse {
    static let password = "minzheng-demo"
    static let hash = Task { try await PasswordHash.make(password) }

    let counter: Counter
    let services: Services

    init() async throws {
        let house = House(lines: [garden] + bureau, keyring: try Keyring.ephemeral())
        let database = try await TestDatabase.make()
        try await database.migrate(house.migrations)
        counter = Counter(database: database, house: house, clock: VirtualClock(try CivilDate(year: 2024, month: 7, day: 5)))
        let folder = NSTemporaryDirectory() + "minzheng-web-" + UUID().uuidString
        services = Services(counter, attachments: folder, bureau: "示范市民政局")
    }

    /// An account per role; the clerk and the neighbour sit in two townships of one county.
    func open(_ username: String, _ role: Role, region: String) async throws {
        let user = User(id: .make(at: counter.clock.now()), username: username, name: try PersonName(typed: "测试员"), role: role,
                        region: try RegionCode(region), passwordHash: try await Self.hash.value)
        try await counter.database.write { connection in
            try connection.run("""
                INSERT INTO user_account (id, username, name, role, region, password_hash, version)
                VALUES (\(user.id), \(user.username), \(user.name), \(user.role), \(user.region), \(user.passwordHash), 1)
                """)
        }
    }

    func count(_ statement: Statement) async throws -> Int {
        let found: Int? = try await counter.database.read { try $0.value(statement) }
        return found ?? 0
    }

    /// Opens the house with a clerk in it and hands over a browser that hasn't signed in.
    static func visit(_ story: @escaping @Sendable (TestHouse, inout Browser) async throws -> Void) async throws {
        let house = try await TestHouse()
        try await house.open("jingban", .townshipClerk, region: "000181001")
        try await application(house.services).test(.router) { client in
            var browser = Browser(client: client)
            try await story(house, &browser)
        }
    }

    /// The same, with the clerk signed in.
    static func atWork(_ story: @escaping @Sendable (TestHouse, inout Browser) async throws -> Void) async throws {
        try await visit { house, browser in
            try await browser.signIn("jingban")
            try await story(house, &browser)
        }
    }
}
