import Kernel
import Storage
import Testing
import Values

/// A later change of what was written shows, whatever was changed.
@Suite struct JournalTests {
    @Test("封存后账实相符，余下的尾巴数得清")
    func sealedEntriesVerify() async throws {
        let office = try await ToyOffice()
        for number in 1 ... 5 { try await office.lend("借用人\(number)") }
        let sealer = Sealer(database: office.database, clock: office.clock)
        #expect(try await sealer.sealWaiting(limit: 3) == 3)
        #expect(try await sealer.sealWaiting(limit: 3) == 2)
        try await office.lend("迟来的")
        let verdict = try await Sealer.verify(office.database)
        #expect(verdict.isSound && verdict.blocks == 2 && verdict.sealedEntries == 5 && verdict.unsealedEntries == 1)
    }

    @Test("改动任何一处都查得出", arguments: [
        "UPDATE journal SET message = '改过' WHERE block = 1 AND id = (SELECT min(id) FROM journal)",
        "UPDATE journal SET actor_name = '别人' WHERE id = (SELECT max(id) FROM journal)",
        "UPDATE journal SET rulings = '' WHERE id = (SELECT min(id) FROM journal)",
        "DELETE FROM journal WHERE id = (SELECT min(id) FROM journal)",
        "UPDATE journal_block SET root = 'x' WHERE number = 1",
        "UPDATE journal_block SET before_hash = 'x' WHERE number = 2",
        "UPDATE journal_block SET sealed_at = '2030-01-01T00:00:00.000Z' WHERE number = 2",
        "DELETE FROM journal_block WHERE number = 1",
        "UPDATE journal SET block = 2 WHERE block = 1",
        """
        INSERT INTO journal (id, at, actor, actor_name, actor_role, region, action, subject, digest, rulings, message, block)
        SELECT '00000000000000000000000000', at, actor, actor_name, actor_role, region, action, subject, digest, rulings, message, 99 FROM journal LIMIT 1
        """,
    ] as [Statement])
    func anyChangeShows(_ tampering: Statement) async throws {
        let office = try await ToyOffice()
        let sealer = Sealer(database: office.database, clock: office.clock)
        for round in 1 ... 2 {
            for number in 1 ... 2 { try await office.lend("借用人\(round)\(number)") }
            try await sealer.sealWaiting()
        }
        #expect(try await Sealer.verify(office.database).isSound)
        try await office.database.write { try $0.run(tampering) }
        #expect(try await !Sealer.verify(office.database).isSound)
    }
}
