import Kernel
import Values

/// JSON schemas (2020-12) of outlines: formats, bounds, labels and units of every named value.
extension Outline {
    /// What an interface may be told.
    var inputSchema: JSON {
        .object([
            .init("type", "object"), .init("additionalProperties", false),
            .init("properties", .object(fields.map { .init($0.name, $0.schema(input: true)) })),
            .init("required", .array(fields.filter { $0.isRequired && $0.origin != .made }.map { .string($0.name) })),
        ])
    }

    /// What an interface answers: every name is there, what is absent is null.
    var outputSchema: JSON {
        .object([
            .init("type", "object"),
            .init("properties", .object(fields.map { .init($0.name, $0.schema(input: false)) })),
            .init("required", .array(fields.map { .string($0.name) })),
        ])
    }
}

extension FieldOutline {
    func schema(input: Bool) -> JSON {
        var members = [JSON.Member("title", .string(label))]
        if let text = description(input: input) { members.append(.init("description", .string(text))) }
        switch content {
        case .value(let kind, let maximumLength): members += value(kind, input ? maximumLength : nil, nullable: !isRequired)
        case .group(let outline): members += (input ? outline.inputSchema : outline.outputSchema).membersOfObject
        case .rows(let outline): members += [.init("type", "array"), .init("items", input ? outline.rowSchema : outline.outputSchema)]
        }
        return .object(members)
    }

    private func description(input: Bool) -> String? {
        let unit: String? = switch content {
        case .value(.money, _): "单位：分"
        case .value(.ratio, _): "单位：万分之一，3000 表示 30%"
        case .value(.choice(let choices), _): choices.map { "\($0.code)：\($0.label)" }.joined(separator: "；")
        case .value where nature == .sealed: "脱敏显示"
        case .value where nature == .region: "区划代码，6、9 或 12 位数字"
        case .rows where input: "每行可用 key 指定行号，不指定的从 1 编号"
        default: nil
        }
        let made = input && origin == .made ? "由调用方生成；不填时由办理编号推出" : nil
        let parts = [hint, unit, made].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: "。")
    }

    private func value(_ kind: FieldKind, _ maximumLength: Int?, nullable: Bool) -> [JSON.Member] {
        let schema = kind.schema(nature)
        let type: JSON = nullable ? .array([.string(schema.type), "null"]) : .string(schema.type)
        let length = maximumLength.flatMap { schema.type == "string" && !schema.isBounded ? JSON.Member("maxLength", .integer(Int64($0))) : nil }
        return [.init("type", type)] + (nullable ? schema.rest.map(Self.admittingNull) : schema.rest) + (length.map { [$0] } ?? [])
    }

    private static func admittingNull(_ member: JSON.Member) -> JSON.Member {
        guard member.name == "enum", case .array(let codes) = member.value else { return member }
        return .init("enum", .array(codes + [.null]))
    }
}

/// The type of a value and what else binds it.
private struct ValueSchema {
    let type: String
    var rest: [JSON.Member] = []
    /// The rest already says how long it may be.
    var isBounded = false
}

extension FieldKind {
    fileprivate func schema(_ nature: FieldOutline.Nature) -> ValueSchema {
        switch self {
        case .integer, .money, .ratio: ValueSchema(type: "integer", rest: [.init("format", "int64")])
        case .yesNo: ValueSchema(type: "boolean")
        case .date: ValueSchema(type: "string", rest: [.init("format", "date")], isBounded: true)
        case .month: ValueSchema(type: "string", rest: [.init("pattern", "^[0-9]{4}-(0[1-9]|1[0-2])$")], isBounded: true)
        case .choice(let choices):
            ValueSchema(type: "string", rest: [
                .init("enum", .array(choices.map { .string($0.code) })),
                .init("x-labels", .object(choices.map { .init($0.code, .string($0.label)) })),
            ], isBounded: true)
        case .text, .longText, .reference, .attachment: text(nature)
        }
    }

    private func text(_ nature: FieldOutline.Nature) -> ValueSchema {
        switch nature {
        case .identifier: ValueSchema(type: "string", rest: [.init("pattern", .string(JSON.idPattern))], isBounded: true)
        case .region: ValueSchema(type: "string", rest: [.init("pattern", "^([0-9]{6}|[0-9]{9}|[0-9]{12})$")], isBounded: true)
        case .instant: ValueSchema(type: "string", rest: [.init("format", "date-time")], isBounded: true)
        case .plain, .sealed: ValueSchema(type: "string")
        }
    }

    /// The type of a filter in a query; texts are taken as they come.
    var querySchema: JSON {
        let schema = schema(.plain)
        return .object([.init("type", .string(schema.type))] + schema.rest)
    }
}

extension Outline {
    /// A row of a repeated group: its own fields, and the key that names it.
    fileprivate var rowSchema: JSON {
        .object(inputSchema.membersOfObject.map { member in
            guard member.name == "properties" else { return member }
            let key = JSON.Member("key", ["type": "string", "title": "行号", "pattern": "^[0-9A-Za-z_-]{1,40}$"])
            return .init("properties", .object([key] + member.value.membersOfObject))
        })
    }
}

extension JSON {
    /// 26 characters of Crockford base 32.
    static let idPattern = "^[0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{26}$"

    var membersOfObject: [Member] { if case .object(let members) = self { members } else { [] } }
}
