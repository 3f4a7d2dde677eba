import Commons
import Cryptography
import Foundation
import Hummingbird
import HummingbirdTesting
import Kernel
import Storage
import TestSupport
import Testing
import Values
@testable import Web

/// The interface over a temporary database, with two clerks whose names look invented.
struct APIOffice {
    let services: Services
    let clock: VirtualClock
    let database: any Database

    init() async throws {
        database = try await TestDatabase.make()
        clock = VirtualClock(try CivilDate(typed: "2024-07-05"))
        let house = House(lines: [basketLine] + commonLines, keyring: try .ephemeral())
        services = Services(Counter(database: database, house: house, clock: clock), attachments: "unused")
        try await database.migrate(house.migrations)
        try await employ("jingban", .townshipClerk, "000181001")
        try await employ("waixiang", .townshipClerk, "000181002")
        try await employ("shenji", .auditor, "000000")
    }

    static let password = "jiade-mima-2024"

    private func employ(_ username: String, _ role: Role, _ region: String) async throws {
        let chief = Actor(user: .make(at: clock.now()), name: "安全甲", role: .securityAdministrator, region: .country)
        let values: RawFields = [
            "username": .typed(username), "name": .typed("甲\(role.label.prefix(2))"), "role": .typed(role.rawValue), "region": .typed(region),
            "password_hash": .typed(try await PasswordHash.make(Self.password)),
        ]
        _ = try await services.counter.submit(Submission("users.add-user", id: .make(at: clock.now()), values: values), as: chief)
    }

    /// Only what the interface needs: its routes, who is asking, and what answers faults.
    private var application: Application<RouterResponder<DeskContext>> {
        let router = Router(context: DeskContext.self)
        router.add(middleware: Faults(services: services))
        router.add(middleware: Sessions(services: services))
        APIRoutes.add(to: router, services)
        return Application(router: router)
    }

    func visit<T: Sendable>(as username: String = "jingban", _ body: @escaping @Sendable (APIVisitor) async throws -> T) async throws -> T {
        let session = try await services.accounts.signIn(username, Self.password)
        return try await application.test(.router) { client in
            try await body(APIVisitor(client: client, token: session.token, cookie: "\(SessionCookie.name(services))=\(session.token)"))
        }
    }
}

/// One program at the interface.
struct APIVisitor: Sendable {
    let client: any TestClientProtocol
    let token: String
    let cookie: String

    func post(_ path: String, _ body: String, _ headers: [String: String] = [:], type: String? = "application/json", signedIn: Bool = true) async throws -> APIAnswer {
        var headers = headers
        if let type { headers["Content-Type"] = type }
        return try await send(path, .post, headers, ByteBuffer(string: body), signedIn: signedIn)
    }

    func get(_ path: String) async throws -> APIAnswer { try await send(path, .get, [:], nil, signedIn: true) }

    func send(_ path: String, _ method: HTTPRequest.Method, _ headers: [String: String], _ body: ByteBuffer?, signedIn: Bool) async throws -> APIAnswer {
        var fields = HTTPFields()
        for (name, value) in headers { fields.set(name, value) }
        if signedIn { fields.set("Authorization", "Bearer \(token)") }
        if headers["Cookie"] == nil { fields.set("Cookie", signedIn && !path.hasPrefix("/api") ? cookie : "") }
        return try await client.execute(uri: path, method: method, headers: fields, body: body) { response in
            APIAnswer(status: response.status.code, type: response.headers[.contentType] ?? "", headers: response.headers, bytes: Array(buffer: response.body))
        }
    }
}

struct APIAnswer: Sendable {
    let status: Int
    let type: String
    let headers: HTTPFields
    let bytes: [UInt8]

    var text: String { String(decoding: bytes, as: UTF8.self) }
    var json: JSON { (try? JSON(parsing: bytes)) ?? .null }

    /// The paths of a problem's fields.
    var paths: [String] {
        guard case .array(let problems)? = json["problems"] else { return [] }
        return problems.compactMap { if case .string(let path)? = $0["path"] { path } else { nil } }
    }
}

/// A question with rows.
let basketLine = Line("basket", "篮子", inquiries: [WeighBasket.self])

struct WeighBasket: Inquiry {
    let apples: [Apple]
    static let title = "称一称"
    static let name = "weights"
    static let shape = Shape<WeighBasket> { Each(.apples, \.apples) }
    init(from reading: Reading<WeighBasket>) throws(Refusal) { apples = try reading(.apples) }
    func answer(at reader: Reader) throws -> BasketWeight { BasketWeight(grams: apples.reduce(0) { $0 + $1.grams }) }
}

struct Apple: Entry {
    let key: String
    let grams: Int
    static let shape = Shape<Apple> { Field(.grams, \.grams) }
    init(from reading: Reading<Apple>) throws(Refusal) {
        key = reading.key
        grams = try reading(.grams)
    }
}

struct BasketWeight: Shaped {
    let grams: Int
    static let shape = Shape<BasketWeight> { Field(.grams, \.grams) }
    init(grams: Int) { self.grams = grams }
    init(from reading: Reading<BasketWeight>) throws(Refusal) { grams = try reading(.grams) }
}

extension Term where Value == Int { static var grams: Term<Int> { Term("weight_g", "重量") } }
extension Term where Value == [Apple] { static var apples: Term<[Apple]> { Term("apples", "苹果") } }
