import Values

/// The other side of a shape: hands an initialiser its values by term.
public struct Reading<Root>: Sendable {
    let raw: RawFields
    /// The row's stable key when a repeated group is read; empty otherwise.
    public let key: String

    public init(_ raw: RawFields, key: String = "") {
        self.raw = raw
        self.key = key
    }

    public func callAsFunction<Value: FieldValue>(_ term: Term<Value>) throws(Refusal) -> Value {
        do throws(Refusal) { return try Self.required(raw[term.name], term) } catch { throw error.at([term.name]) }
    }

    public func callAsFunction<Value: FieldValue>(_ term: Term<Value>) throws(Refusal) -> Value? {
        do throws(Refusal) { return try Self.parse(raw[term.name], as: Value.self) } catch { throw error.at([term.name]) }
    }

    public func callAsFunction<Part: Shaped>(_ term: Term<Part>) throws(Refusal) -> Part {
        do throws(Refusal) { return try Part(from: Reading<Part>(raw.group(term.name))) } catch { throw error.at([term.name]) }
    }

    public func callAsFunction<Row: Entry>(_ term: Term<[Row]>) throws(Refusal) -> [Row] {
        var rows: [Row] = []
        for row in raw.rows(term.name) {
            do throws(Refusal) { rows.append(try Row(from: Reading<Row>(row.fields, key: row.key))) } catch { throw error.at([term.name, row.key]) }
        }
        return rows
    }

    static func required<Value: FieldValue>(_ raw: Raw?, _ term: Term<Value>) throws(Refusal) -> Value {
        guard let value = try parse(raw, as: Value.self) else { throw .invalid("请填写「\(term.label)」") }
        return value
    }

    static func parse<Value: FieldValue>(_ raw: Raw?, as type: Value.Type) throws(Refusal) -> Value? {
        guard let raw, !raw.isBlank else { return nil }
        switch raw {
        case .typed(let text):
            guard text.utf8.count <= Value.maximumLength * 4 else { throw .invalid("内容太长，最多 \(Value.maximumLength) 个字") }
            return try Value(typed: text)
        case .received(let sent): return try Value(received: sent)
        case .stored(let stored): return try Value(stored: stored)
        case .group, .rows: throw .invalid("这里应当只填一个值")
        }
    }
}
