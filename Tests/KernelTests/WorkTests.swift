import Kernel
import Testing
import Values

/// Drafts rest sealed; they come back as they were typed.
@Suite struct DraftTests {
    @Test("草稿原样回来，落库不是明文，交了就没有")
    func draftsComeBackAsTyped() async throws {
        let office = try await ToyOffice()
        let drafts = Drafts(office.counter)
        try await drafts.save(ShapeTests.nested, of: "toys.lend-toy", subject: "-", by: clerk)
        let loaded = try await drafts.load("toys.lend-toy", subject: "-", by: clerk)
        #expect(loaded?.values == ShapeTests.nested)
        #expect(try await drafts.load("toys.lend-toy", subject: "-", by: otherClerk) == nil)
        let resting = try await office.database.read { try $0.value("SELECT sealed FROM draft") as String? }
        #expect(resting?.contains("张三丰") == false)
        try await drafts.discard("toys.lend-toy", subject: "-", by: clerk)
        #expect(try await drafts.load("toys.lend-toy", subject: "-", by: clerk) == nil)
    }
}
