@testable import Commons
import Kernel
import Storage
import Testing
import Values

let townReviewer = person("审核乙", .townshipReviewer, township)
let secondReviewer = person("审核壬", .countyReviewer, county)
let approver = person("审批癸", .countyApprover, county)
let neighbourReviewer = person("外乡审核", .townshipReviewer, nextTownship)
let financier = person("财务子", .finance, county)

private func person(_ name: String, _ role: Role, _ region: RegionCode) -> Actor {
    Actor(user: .make(at: Instant(secondsSince1970: 1_700_000_100)), name: name, role: role, region: region)
}

extension Office {
    /// A document that was uploaded.
    func paper(by actor: Actor = clerk) async throws -> String {
        let id: ID<Commons.Attachment> = .make(at: clock.now()), now = clock.now()
        try await database.write { connection in
            try connection.run("""
                INSERT INTO attachment (id, hash, filename, media_type, bytes, uploaded_by, uploaded_at)
                VALUES (\(id), \(id.text), '证明.pdf', 'application/pdf', 10, \(actor.user), \(now))
                """)
        }
        return id.text
    }

    func standing(_ id: String) async throws -> Person {
        try await counter.read(as: .house) { try $0.standing(ID(typed: id)) }
    }

    func file(_ id: String) async throws -> Person {
        try await counter.read(as: .house) { try $0.find(ID(typed: id)) }
    }

    /// What the counter says no with.
    func told(_ body: () async throws -> Void) async throws -> Refusal? {
        do { try await body(); return nil } catch let refusal as Refusal { return refusal }
    }

    /// Somebody without an ID number.
    func stranger(_ name: String, _ values: [String: String] = [:], as actor: Actor = clerk) async throws -> String {
        let given = ["name": name, "document_kind": "other", "document_no": "LS\(10_000 + Int.random(in: 0 ..< 90_000))", "sex": "1", "born_on": "1980-01-01", "region": actor.region.code]
        return try await submit("people.register-person", given.merging(values) { _, more in more }, as: actor).outcome.subject
    }

    func count(_ sql: Statement) async throws -> Int { try await database.read { try $0.value(sql) ?? 0 } }

    func runJobs() async throws { while try await JobRunner(counter).runSlice() {} }
}
