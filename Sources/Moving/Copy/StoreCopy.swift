import Storage
import Synchronization
import Values

/// 复制库表。Copies every table of one database into another, out of one snapshot, in slices that are each whole.
///
/// Rows go in key order and a slice is a transaction, so the last key of the copy says where a killed copy goes on: no count is kept beside it.
public struct StoreCopy: Sendable {
    let source: any Database
    let target: any Database
    /// Rows to a slice.
    public var slice = 10_000
    public var tell: @Sendable (CopyProgress) -> Void = { _ in }

    public init(from source: any Database, to target: any Database) { (self.source, self.target) = (source, target) }

    private struct Slice: Sendable {
        let table: StoredTable, rows: [[StoredValue]]
    }

    /// - Returns: rows copied by this call.
    /// - Throws: `.conflict` when the two aren't of one schema.
    @discardableResult
    public func run() async throws -> Int {
        let tables = try await source.read { try $0.tables() }
        let known = try await target.read { try $0.tables() }
        guard Set(known.map(\.form)) == Set(tables.map(\.form)) else {
            throw Refusal.conflict("两边的库表不一样，请先用同一个程序把原库升级到最新（minzheng migrate）")
        }
        let places = try await target.read { connection in try tables.map { try connection.reached(in: $0) } }
        let handover = Handover<Slice>()
        async let read: Void = reading(tables, places, handover)
        var copied = 0
        try await handover.take { slice in
            try await target.bulk { try $0.enter(slice.rows, into: slice.table) }
            copied += slice.rows.count
            tell(CopyProgress(table: slice.table.name, rows: copied))
        }
        try await read
        return copied
    }

    /// Reads on the source's own thread, all tables in one snapshot.
    private func reading(_ tables: [StoredTable], _ places: [TablePlace], _ handover: Handover<Slice>) async throws {
        defer { handover.finish() }
        let limit = slice, isFirst = Mutex(true)
        try await source.survey { connection in
            // An engine may try a reading again when it lost its server; what was handed on can't be taken back.
            guard isFirst.withLock({ first in defer { first = false }; return first }) else { throw Refusal.busy("读取途中断线，请再运行一次，从断处接着做") }
            for (table, place) in zip(tables, places) {
                var rows: [[StoredValue]] = []
                rows.reserveCapacity(limit)
                try connection.eachRow(of: table, from: place) { row in
                    rows.append(row)
                    guard rows.count == limit else { return }
                    try handover.put(Slice(table: table, rows: rows))
                    rows.removeAll(keepingCapacity: true)
                }
                if !rows.isEmpty { try handover.put(Slice(table: table, rows: rows)) }
            }
        }
    }
}

/// How far a copy is.
public struct CopyProgress: Hashable, Sendable {
    public let table: String
    /// Rows of all tables so far.
    public let rows: Int
}

extension StoredTable {
    /// What must be the same on both sides; references may be aside while a database is filled.
    fileprivate var form: StoredTable { StoredTable(name, kind: kind, columns: columns, key: key) }
}
