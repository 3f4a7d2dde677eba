import Foundation
import Values

/// JSON as a value, with its members in order. The machine's face of shapes is written in it.
public enum JSON: Sendable, Hashable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([JSON])
    case object([Member])

    public struct Member: Sendable, Hashable {
        public let name: String
        public let value: JSON
        public init(_ name: String, _ value: JSON) { self.name = name; self.value = value }
    }

    public subscript(name: String) -> JSON? {
        if case .object(let members) = self { members.first { $0.name == name }?.value } else { nil }
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    public init(stringLiteral value: String) { self = .string(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, JSON)...) { self = .object(elements.map { Member($0, $1) }) }
}

// MARK: Text

extension JSON {
    public var text: String {
        var out = ""
        write(into: &out)
        return out
    }

    private func write(into out: inout String) {
        switch self {
        case .null: out += "null"
        case .bool(let value): out += value ? "true" : "false"
        case .integer(let value): out += String(value)
        case .number(let value): out += value.isFinite ? String(value) : "null"
        case .string(let value): Self.quote(value, into: &out)
        case .array(let values): Self.list(values, "[", "]", into: &out) { $0.write(into: &$1) }
        case .object(let members):
            Self.list(members, "{", "}", into: &out) { member, out in
                Self.quote(member.name, into: &out)
                out += ":"
                member.value.write(into: &out)
            }
        }
    }

    private static func list<T>(_ items: [T], _ open: String, _ close: String, into out: inout String, _ write: (T, inout String) -> Void) {
        out += open
        for (index, item) in items.enumerated() {
            if index > 0 { out += "," }
            write(item, &out)
        }
        out += close
    }

    private static func quote(_ text: String, into out: inout String) {
        out += "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\r": out += "\\r"
            case "\t": out += "\\t"
            case _ where scalar.value < 0x20: out += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: out.unicodeScalars.append(scalar)
            }
        }
        out += "\""
    }

    /// - Throws: `.invalid` when the text isn't JSON.
    public init(parsing text: String) throws(Refusal) { try self.init(parsing: Array(text.utf8)) }

    public init(parsing bytes: [UInt8]) throws(Refusal) {
        guard let parsed = try? JSONSerialization.jsonObject(with: Data(bytes), options: [.fragmentsAllowed]) else {
            throw .invalid("请求内容不是正确的 JSON，请检查引号、逗号和括号")
        }
        self = Self.converted(parsed)
    }

    private static func converted(_ any: Any) -> JSON {
        switch any {
        case let text as String: .string(text)
        case let number as NSNumber: converted(number)
        case let list as [Any]: .array(list.map(converted))
        case let object as [String: Any]: .object(object.keys.sorted().map { Member($0, converted(object[$0] ?? NSNull())) })
        default: .null
        }
    }

    private static func converted(_ number: NSNumber) -> JSON {
        switch String(cString: number.objCType) {
        case "c": .bool(number.boolValue)
        case "d", "f": whole(number.doubleValue).map(JSON.integer) ?? .number(number.doubleValue)
        default: .integer(number.int64Value)
        }
    }

    /// 12.0 is a whole number to everybody but the parser.
    private static func whole(_ double: Double) -> Int64? { abs(double) < 9e15 ? Int64(exactly: double) : nil }
}

// MARK: Raw values

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
