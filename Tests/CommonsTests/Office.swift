@testable import Commons
import Cryptography
import Kernel
import Storage
import TestSupport
import Testing
import Values

/// A bureau of the shared registers and one small line, over a temporary database, with a clock that stands where it is put.
struct Office {
    let database: any Database
    let counter: Counter
    let clock: VirtualClock

    init(on today: CivilDate = day(2024, 6, 20)) async throws {
        database = try await TestDatabase.make()
        clock = VirtualClock(today)
        let house = House(lines: [errands] + commonLines, keyring: try Keyring.ephemeral())
        counter = Counter(database: database, house: house, clock: clock)
        try await database.migrate(house.migrations)
    }

    @discardableResult
    func submit(_ permission: String, _ values: [String: String], as actor: Actor = clerk) async throws -> Receipt {
        let raw = RawFields(values.mapValues { .typed($0) })
        return try await counter.submit(Submission(permission, id: .make(at: clock.now()), values: raw), as: actor)
    }

    /// - Returns: the id of the new person.
    func register(_ name: String, _ number: String, region: RegionCode = township, as actor: Actor = clerk) async throws -> String {
        try await submit("people.register-person", ["name": name, "resident_id": number, "region": region.code], as: actor).outcome.subject
    }

    /// A page as it is read, without the frame.
    func page(_ line: String, _ path: String, _ parameters: [String: String] = [:], _ query: [String: String] = [:], as actor: Actor = clerk) async throws -> Shown {
        let page = try #require(counter.house.line(line)?.pages.first { $0.path == path })
        return try await counter.read(as: actor) { reader in
            let body = try page.body(Visit(reader: reader, parameters: parameters, query: query))
            return Shown(title: body.title, acts: body.acts, text: body.render().text)
        }
    }

    struct Shown: Sendable {
        let title: String, acts: [PageAct], text: String
    }

    /// The kind of refusal that `body` meets; nil when it is let through.
    func refusal(_ body: () async throws -> Void) async throws -> Refusal.Kind? {
        do { try await body(); return nil } catch let refusal as Refusal { return refusal.kind }
    }
}

func day(_ year: Int, _ month: Int, _ day: Int) -> CivilDate {
    guard let date = try? CivilDate(year: year, month: month, day: day) else { return .earliest }
    return date
}

/// A male of the invented county 000181, born on 1 January of a year between 1900 and 1999.
func number(born year: Int, sequence: Int = 1) -> String {
    let digits = "000181" + String(String(year).suffix(2)) + "0101" + String(String(1000 + sequence).suffix(3))
    return (try? ResidentID.upgrading(digits).typed) ?? digits
}

let county = region("000181"), township = region("000181001"), nextTownship = region("000181002")

func region(_ code: String) -> RegionCode { (try? RegionCode(code)) ?? .country }

private func actor(_ name: String, _ role: Role, _ region: RegionCode) -> Actor {
    Actor(user: .make(at: Instant(secondsSince1970: 1_700_000_000)), name: name, role: role, region: region)
}

let clerk = actor("经办甲", .townshipClerk, township)
let neighbour = actor("外乡丁", .townshipClerk, nextTownship)
let reviewer = actor("审核丙", .countyReviewer, county)
let policyOfficer = actor("政策戊", .policyOfficer, county)
let leader = actor("局长己", .leader, county)
let auditor = actor("审计庚", .auditor, county)
let security = actor("安全辛", .securityAdministrator, county)
