import Bureau
import Commons
import Storage
import Testing
import Values
@testable import Kernel

/// 每项业务的共同约定，之四：台账和表。On a migrated, empty database.
struct RegisterTests {
    @Test("台账：语句可用，排序键是列且末一个唯一，筛选、合计、翻页都能用")
    func listingsRun() async throws {
        let trial = try await TrialBureau()
        for line in bureau {
            for listing in line.listings { try await check(listing, "\(line.name).\(listing.name)", trial.counter) }
        }
    }

    private func check(_ listing: Listing, _ name: String, _ counter: Counter) async throws {
        let last = try #require(listing.sort.last, "\(name) 没有排序键")
        #expect(listing.sort.allSatisfy { listing.columns[$0.column]?.isRequired == true }, "\(name)：排序键须是必有的列")
        #expect(Set(listing.filters.map(\.name)).count == listing.filters.count, "\(name)：筛选重名")
        #expect(listing.totals.compactMap(\.column).allSatisfy { listing.columns[$0] != nil }, "\(name)：合计的列不在")
        try await counter.read(as: .house) { reader in
            var requests = [ListingRequest(), ListingRequest(isBackward: true, sort: "-\(last.column)")]
            requests += listing.filters.map { ListingRequest(filters: [$0.name: Self.typed($0.kind)]) }
            let cursor = Cursor(RawFields(), listing.sort).encoded
            requests.append(ListingRequest(cursor: cursor))
            for request in requests {
                #expect(throws: Never.self, "\(name)：\(request)") {
                    _ = try reader.page(listing, request)
                    _ = try reader.totals(listing, request)
                }
            }
        }
    }

    @Test("台账：在示范市里，末一个排序键逐行不同，逐页翻完不多不少")
    func listingsMissNobody() async throws {
        let counter = try await DemoCityTests.small.value.bureau.counter
        for line in bureau {
            for listing in line.listings {
                try await counter.read(as: .house) { reader in
                    let key = listing.sort.last?.column ?? ""
                    var keys: Set<String> = [], rows = 0
                    var request: ListingRequest? = ListingRequest(limit: 500)
                    while let asked = request {
                        let page = try reader.page(listing, asked)
                        rows += page.rows.count
                        keys.formUnion(page.rows.map { $0.raw.text(key) ?? "" })
                        request = page.next.map { ListingRequest(cursor: $0, limit: 500) }
                    }
                    #expect(keys.count == rows, "\(line.name).\(listing.name)：\(key) 有相同的")
                    let counted = try reader.totals(listing, ListingRequest()).first { $0.0.column == nil }?.1
                    #expect(counted == nil || counted == rows, "\(line.name).\(listing.name)：合计 \(counted ?? 0)，逐页 \(rows)")
                }
            }
        }
    }

    private static func typed(_ kind: FieldKind) -> String {
        switch kind {
        case .integer, .money, .yesNo: "1"
        case .ratio: "30%"
        case .date: "2024-07-01"
        case .month: "2024-07"
        case .choice(let choices): choices.first?.code ?? ""
        case .text, .longText, .reference, .attachment: "000181"
        }
    }

    /// Registers that share a line have migrations under names of their own.
    private static let guests: [String: Set<String>] = ["people": ["commons", "places"], "desk": ["bulk", "access", "nodes"], "users": ["access", "asking"],
                                                         "exchange": ["outbound", "kept"],
                                                         "payments": ["ledger", "organisation-payments", "one-off-lists", "benefit-choices", "payment-returns", "payee-changes"],
                                                         "planning": ["plans", "summaries"]]

    @Test("表：每张都是 STRICT，每次迁移写明为什么，编号归本业务")
    func tablesAreStrict() async throws {
        let trial = try await TrialBureau()
        let loose: [String] = try await trial.read {
            guard $0.dialect == .sqlite else { return [] }
            return try $0.all("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'") { try $0.read(0) }
        }
        #expect(loose == [])
        for line in bureau {
            for migration in line.migrations {
                #expect(migration.why.unicodeScalars.contains { $0.properties.isIdeographic })
                #expect(migration.owner == line.name || Self.guests[line.name]?.contains(migration.owner) == true, "\(line.name)：\(migration.owner)")
            }
        }
    }

    /// Re-sealing, rows that follow a changed region and the data dictionary go by what is declared.
    @Test("每个登记都由所属业务申报")
    func everyRecordIsDeclared() throws {
        let declared = Set(bureau.flatMap(\.records).map(\.table)), found = Set(try RecordSource.all().filter { !$0.isChild }.map(\.table))
        #expect(found.subtracting(declared) == [])
    }

    @Test("登记与表一致：每个登记的栏目就是它那张表的列", arguments: try RecordSource.all())
    func recordsFitTheirTables(_ record: RecordSource) async throws {
        let trial = try await TrialBureau()
        let columns: Set<String> = try await trial.read { connection in
            Set(try connection.tables().first { $0.name == record.table }?.columns.map(\.name) ?? [])
        }
        #expect(!columns.isEmpty, "没有表 \(record.table)")
        let own = columns.subtracting(record.isChild ? ["parent_id", "key", "position"] : [])
        #expect(own.count == record.columns.count, "\(record.table)：表有 \(own.sorted())，登记有 \(record.columns)")
        for names in record.columns { #expect(!own.isDisjoint(with: names), "\(record.table) 没有列 \(names)") }
    }
}
