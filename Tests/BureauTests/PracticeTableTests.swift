import Demo
import Testing
import Values

/// The tables of docs/go-live.md: what they say of themselves is so.
@Suite("练习表")
struct PracticeTableTests {
    private static let day = CivilDate(written: 2026, 7, 1)
    private static func tables(people: Int = 500, recipients: Int = 30, seed: UInt64 = 7) throws -> PracticeTables {
        try PracticeTables(people: people, recipients: recipients, seed: seed, today: day)
    }

    @Test("规模的两边", arguments: [(499, 30, false), (500, 30, true), (500, 9, false), (500, 10, true), (500, 50, true), (500, 51, false), (500_001, 30, false)])
    func bounds(_ people: Int, _ recipients: Int, _ isMade: Bool) throws {
        #expect((try? Self.tables(people: people, recipients: recipients)) != nil || !isMade)
        guard !isMade else { return }
        #expect(throws: Refusal.self) { try Self.tables(people: people, recipients: recipients) }
    }

    @Test("同一种子同一天是同一套，换了种子就不同")
    func seeds() throws {
        #expect(try Self.tables().all == Self.tables().all)
        #expect(try Self.tables().all != Self.tables(seed: 8).all)
    }

    @Test("人数、户数、成员相符；号码各不相同，都是虚构的")
    func counts() throws {
        let tables = try Self.tables(), people = tables.all[1].mended, households = tables.all[2].mended, members = tables.all[3].mended
        #expect(people.count == tables.people && households.count == tables.households && people.count == 500)
        #expect(households.count + members.count == people.count)
        #expect(Set(people.map { $0[1] }).count == people.count)
        #expect(try people.allSatisfy { $0[1].hasPrefix("0001") && (try ResidentID(typed: $0[1])).typed == $0[1] })
        #expect(tables.all[4].mended.count == 30 && tables.all[5].mended.count == 31)
    }

    @Test("故意的错都在原表里，说明逐处写着；改好的没有错")
    func slips() throws {
        for table in try Self.tables().all {
            let differing = zip(table.rows, table.mended).filter { $0 != $1 }.count
            #expect(differing == table.notes.count && table.isFaulty == (differing > 0))
            #expect(table.mended.allSatisfy { $0.count == table.headings.count })
        }
        #expect(try Self.tables().all.map(\.notes.count) == [0, 5, 3, 0, 3, 0, 0])
    }
}
