import Values

/// 行。One row of an answer, read by position; it may be kept after the statement has moved on.
public struct Row: Sendable {
    /// Names of the columns, shared by all rows of one answer.
    public let columns: [String]
    public let values: [StoredValue]

    public init(columns: [String], values: [StoredValue]) {
        self.columns = columns
        self.values = values
    }

    public var count: Int { values.count }

    /// The value at a position; NULL where the row has no such position.
    public subscript(index: Int) -> StoredValue {
        values.indices.contains(index) ? values[index] : .null
    }

    /// The value of a named column, nil if the answer has no such column.
    public subscript(name: String) -> StoredValue? {
        columns.firstIndex(of: name).map { self[$0] }
    }

    /// - Throws: `StorageError.other` if the column is NULL, absent or not of this type.
    public func read<Value: FieldValue>(_ index: Int) throws -> Value {
        let stored = try held(at: index)
        guard stored != .null else { throw StorageError.other("列 \(label(index)) 为空，而 \(Value.self) 不允许为空") }
        return try decode(stored, at: index)
    }

    /// - Throws: `StorageError.other` if the column is absent or not of this type; NULL is nil.
    public func read<Value: FieldValue>(_ index: Int) throws -> Value? {
        let stored = try held(at: index)
        return stored == .null ? nil : try decode(stored, at: index)
    }

    private func held(at index: Int) throws -> StoredValue {
        guard values.indices.contains(index) else {
            throw StorageError.other("结果只有 \(count) 列，没有第 \(index) 列")
        }
        return values[index]
    }

    /// What is stored was checked at the door, so a value that no longer reads is our fault and not a refusal.
    private func decode<Value: FieldValue>(_ stored: StoredValue, at index: Int) throws -> Value {
        do {
            return try Value(stored: stored)
        } catch {
            throw StorageError.other("列 \(label(index)) 的值不能读作 \(Value.self)")
        }
    }

    private func label(_ index: Int) -> String {
        columns.indices.contains(index) ? columns[index] : String(index)
    }
}
