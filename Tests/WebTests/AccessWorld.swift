import Bureau
import Commons
import Cryptography
import Demo
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import Storage
import TestSupport
import Values
@testable import Web

/// 一座小示范市，每个岗位一个人登录着。What the generated access tests walk through: every role's session, records in and out of
/// each region, and every number that must never be seen whole.
struct AccessWorld: Sendable {
    let services: Services
    let sessions: [Role: Session]
    /// Numbers of people, whole, as they rest sealed.
    let secrets: Set<String>
    let records: [Sample]

    /// A record of a placed table, or a case.
    struct Sample: Sendable {
        let id: String
        let table: String
        let region: RegionCode
    }

    static let small = Task { try await AccessWorld() }
    static let roles = Role.allCases.filter { $0 != .visitor }

    var house: Kernel.House { services.house }

    private init() async throws {
        let house = Kernel.House(lines: bureau, keyring: try .ephemeral()), database = try await TestDatabase.make()
        try await database.migrate(house.migrations)
        let counter = Counter(database: database, house: house, clock: VirtualClock(try CivilDate(year: 2026, month: 6, day: 10)))
        try await Self.publish(counter)
        _ = try await DemoCity.build(scale: 0.0005, seed: 7, in: counter)
        services = Services(counter, attachments: NSTemporaryDirectory() + "minzheng-access-" + UUID().uuidString)
        var sessions: [Role: Session] = [:]
        let users = try await counter.read(as: .house) { try $0.all(User.self, where: "disabled_on IS NULL ORDER BY id") }
        for role in Self.roles {
            guard let user = users.first(where: { $0.role == role }) else { continue }
            sessions[role] = try await services.accounts.signIn(user.username, DemoCity.password)
        }
        self.sessions = sessions
        secrets = try await counter.read(as: .house) { reader in
            let people = try reader.all(Person.self, where: "1 = 1")
            return Set(try people.flatMap { [try $0.residentID.map { try reader.open($0).typed }, try $0.phone.map { try reader.open($0).typed }].compactMap { $0 } })
        }
        records = try await Self.samples(counter)
    }

    /// What the program ships becomes law of the invented place.
    static func publish(_ counter: Counter) async throws {
        let now = counter.clock.now(), shipped = bureau.flatMap(\.shipped)
        try await counter.database.write { connection in
            let columns = Ruling.shape.fields.map(\.name)
            let rows = shipped.map { ruling in
                let raw = Ruling(.make(at: now), ruling, draftedBy: "随程序发布", at: now, publishedBy: "随程序发布").raw
                return columns.map { if case .stored(let value) = raw[$0] { value } else { StoredValue.null } }
            }
            _ = try connection.insert(into: Ruling.table, columns, rows: rows)
        }
    }

    /// Of every placed table and of the cases: the first record in each of two townships.
    private static func samples(_ counter: Counter) async throws -> [Sample] {
        let tables = bureau.flatMap(\.records).filter(\.isPlaced).map(\.table) + ["case_file"]
        return try await counter.database.read { connection in
            try tables.flatMap { table in
                try [("000181001"), ("000181003")].compactMap { region -> Sample? in
                    let code = try RegionCode(region)
                    return try connection.first("SELECT id, region FROM \(Statement(identifier: table)) WHERE \(Reader.within("region", code)) ORDER BY id LIMIT 1") {
                        Sample(id: try $0.read(0), table: table, region: try $0.read(1))
                    }
                }
            }
        }
    }

    /// Looks at the house through the router, as one role or as nobody.
    func visit(_ body: @escaping @Sendable (Looker) async throws -> Void) async throws {
        try await application(services).test(.router) { try await body(Looker(client: $0, services: services)) }
    }

    /// Numbers that a text gives away.
    func leaks(in text: String) -> [String] {
        text.matches(of: /[0-9]{10,17}[0-9X]/).map { String($0.output) }.filter(secrets.contains)
    }
}

struct Looker: Sendable {
    let client: any TestClientProtocol
    let services: Services

    struct Seen: Sendable {
        let status: Int
        let location: String?
        let text: String
    }

    func get(_ path: String, as session: Session?) async throws -> Seen { try await send(path, .get, session, nil) }

    /// A form without its token.
    func post(_ path: String, as session: Session?) async throws -> Seen {
        try await send(path, .post, session, ByteBuffer(string: "x=1"), [.contentType: "application/x-www-form-urlencoded"])
    }

    /// A program with an empty object.
    func ask(_ path: String, as session: Session?) async throws -> Seen {
        try await send(path, .post, session, ByteBuffer(string: "{}"), [.contentType: "application/json"])
    }

    private func send(_ path: String, _ method: HTTPRequest.Method, _ session: Session?, _ body: ByteBuffer?, _ more: HTTPFields = [:]) async throws -> Seen {
        var headers = more
        if let session {
            headers[.cookie] = "\(SessionCookie.name(services))=\(session.token)"
            headers[.authorization] = "Bearer \(session.token)"
        }
        return try await client.execute(uri: path, method: method, headers: headers, body: body) { response in
            Seen(status: response.status.code, location: response.headers[.location], text: String(decoding: Array(response.body.readableBytesView), as: UTF8.self))
        }
    }
}
