internal import Foundation

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
