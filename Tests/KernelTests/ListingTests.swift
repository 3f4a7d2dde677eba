import Kernel
import Testing
import Values

/// Paging by keys: every row once, in order, forwards and back.
@Suite struct ListingTests {
    @Test("翻页不漏不重，退回来也一样", arguments: [1, 2, 3, 7, 50])
    func pagesHoldEveryRowOnce(_ limit: Int) async throws {
        let office = try await ToyOffice()
        let names = (0 ..< 7).map { "借用人\($0 / 2)" }
        for name in names { try await office.lend(name) }
        try await office.lend("外乡人", as: neighbour, region: "000181002")
        try await office.counter.read(as: clerk) { reader in
            var seen: [String] = [], pages: [[String]] = [], request = ListingRequest(limit: limit), before: String?
            while true {
                let page = try reader.page(loans, request)
                pages.append(page.rows.compactMap { $0.raw.text("id") })
                seen += page.rows.compactMap { $0.cells.first }
                before = page.previous
                guard let next = page.next else { break }
                request.cursor = next
            }
            #expect(seen == names.sorted(by: >))
            #expect(Set(pages.flatMap { $0 }).count == 7)
            guard pages.count > 1 else { return }
            let back = try reader.page(loans, ListingRequest(cursor: before, isBackward: true, limit: limit))
            #expect(back.rows.compactMap { $0.raw.text("id") } == pages[pages.count - 2])
        }
    }

    @Test("筛选与合计同一范围")
    func totalsFollowTheFilter() async throws {
        let office = try await ToyOffice()
        for name in ["甲", "甲", "乙"] { try await office.lend(name) }
        try await office.counter.read(as: clerk) { reader in
            let totals = try reader.totals(loans, ListingRequest(filters: ["borrower": "甲"]))
            #expect(totals.map(\.1) == [2, 2])
            #expect(try reader.page(loans, ListingRequest(filters: ["borrower": "丙"])).rows.isEmpty)
        }
    }

    @Test("坏的翻页位置、排序、筛选值：说清楚", arguments: [
        ListingRequest(cursor: "zz"), ListingRequest(cursor: "t4"), ListingRequest(cursor: "i1"), ListingRequest(sort: "secret"),
        ListingRequest(filters: ["region": "12"]),
    ])
    func badRequestsAreRefused(_ request: ListingRequest) async throws {
        let office = try await ToyOffice()
        await #expect(throws: Refusal.self) { try await office.counter.read(as: clerk) { _ = try $0.page(loans, request) } }
    }
}
