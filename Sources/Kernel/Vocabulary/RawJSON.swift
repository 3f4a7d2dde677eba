import Values

extension JSON {
    /// The machine's face of raw values. Typed text stays text.
    public init(_ fields: RawFields) {
        self = .object(fields.names.sorted().map { Member($0, JSON(fields[$0] ?? .stored(.null))) })
    }

    /// The same, in the order of an outline.
    public init(_ fields: RawFields, in outline: Outline) {
        self = .object(outline.fields.map { field in
            let raw = fields[field.name] ?? .stored(.null)
            switch (field.content, raw) {
            case (.group(let outline), .group(let fields)): return Member(field.name, JSON(fields, in: outline))
            case (.rows(let outline), .rows(let rows)): return Member(field.name, .array(rows.map { JSON($0.fields, in: outline) }))
            case (.value(.yesNo, _), .stored(.integer(let number))), (.value(.yesNo, _), .received(.integer(let number))): return Member(field.name, .bool(number == 1))
            default: return Member(field.name, JSON(raw))
            }
        })
    }

    init(_ raw: Raw) {
        self = switch raw {
        case .typed(let text), .stored(.text(let text)), .received(.text(let text)): .string(text)
        case .stored(.integer(let number)), .received(.integer(let number)): .integer(number)
        case .stored(.null), .received(.null): .null
        case .group(let fields): JSON(fields)
        case .rows(let rows): .array(rows.map { row in .object([Member("key", .string(row.key))] + JSON(row.fields).members) })
        }
    }

    private var members: [Member] { if case .object(let members) = self { members } else { [] } }

    /// What an interface was told, as raw values. Rows without a key are numbered from 1.
    /// - Parameter typed: texts are people's, as in a draft, rather than a machine's.
    public func rawFields(typed: Bool = false) throws(Refusal) -> RawFields {
        guard case .object(let members) = self else { throw .invalid("请求内容应当是一个 JSON 对象") }
        var fields = RawFields()
        for member in members {
            do throws(Refusal) { fields[member.name] = try member.value.raw(typed: typed) } catch { throw error.at([member.name]) }
        }
        return fields
    }

    private func raw(typed: Bool) throws(Refusal) -> Raw {
        switch self {
        case .null: return .received(.null)
        case .bool(let value): return .received(.integer(value ? 1 : 0))
        case .integer(let value): return .received(.integer(value))
        case .number: throw .invalid("数字应当是整数：金额以分计，比例以万分之一计")
        case .string(let text): return typed ? .typed(text) : .received(.text(text))
        case .object: return .group(try rawFields(typed: typed))
        case .array(let values):
            var rows: [RawRow] = []
            for (index, value) in values.enumerated() {
                var fields: RawFields
                do throws(Refusal) {
                    guard case .object = value else { throw .invalid("列表的每一行应当是一个 JSON 对象") }
                    fields = try value.rawFields(typed: typed)
                } catch { throw error.at([String(index + 1)]) }
                let key = fields.text("key") ?? String(index + 1)
                fields["key"] = nil
                rows.append(RawRow(key: key, fields: fields))
            }
            return .rows(rows)
        }
    }
}
