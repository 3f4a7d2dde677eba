import Commons
import Kernel
import Values

/// 接口说明。The OpenAPI 3.1 document of everything the lines declare.
public enum OpenAPI {
    public static func document(_ lines: [Line], title: String) -> JSON {
        [
            "openapi": "3.1.0",
            "info": [
                "title": .string("\(title)业务接口"), "version": "1",
                "description": """
                    办理事项、台账和试算与页面同源。金额以分计，比例以万分之一计，日期为 2024-07-01，代码取自代码表。\
                    出错时返回 application/problem+json，problems 逐项写明路径和原因。
                    """,
            ],
            "servers": [["url": "/"]],
            "security": [["bearer": .array([])]],
            "tags": .array([["name": "session", "description": "登录"]] + lines.map { ["name": .string($0.name), "description": .string($0.title)] }),
            "paths": .object(paths(lines)),
            "components": [
                "securitySchemes": ["bearer": ["type": "http", "scheme": "bearer", "description": "先 POST /api/session 取得 token"]],
                "parameters": SharedParts.parameters,
                "responses": SharedParts.responses,
                "schemas": .object(SharedParts.schemas + lines.flatMap(schemas)),
            ],
        ]
    }

    /// One path may hold an act, a listing and an inquiry of the same name; the first to declare a method keeps it.
    private static func paths(_ lines: [Line]) -> [JSON.Member] {
        var paths = SharedParts.paths + (lines.contains { !$0.importers.isEmpty } ? ImportAPI.paths : []) + HandIn.paths(lines)
        for line in lines {
            for (name, method, operation) in line.operations {
                let path = "/api/\(line.name)/\(name)"
                guard let place = paths.firstIndex(where: { $0.name == path }) else {
                    paths.append(.init(path, .object([.init(method, operation)])))
                    continue
                }
                let there = paths[place].value
                if there[method] == nil { paths[place] = .init(path, .object(there.membersOfObject + [.init(method, operation)])) }
            }
        }
        return paths
    }

    private static func schemas(_ line: Line) -> [JSON.Member] {
        line.actions.map { .init($0.permission, $0.outline.inputSchema) }
            + line.actions.compactMap { action in action.sharedOutline.map { .init("\(action.permission).bulk", BulkOperations.input($0)) } }
            + line.listings.map { .init("\(line.name).\($0.name).row", $0.columns.outputSchema) }
            + line.inquiries.flatMap { inquiry -> [JSON.Member] in
                [.init("\(line.name).\(inquiry.name)", inquiry.outline.inputSchema), .init("\(line.name).\(inquiry.name).answer", inquiry.answerOutline.outputSchema)]
            }
    }

    static func reference(_ schema: String) -> JSON { ["$ref": .string("#/components/schemas/\(schema)")] }

    static func content(_ schema: JSON, type: String = "application/json") -> JSON {
        .object([.init("content", .object([.init(type, ["schema": schema])]))])
    }

    static func answer(_ description: String, _ schema: JSON) -> JSON {
        .object([.init("description", .string(description))] + content(schema).membersOfObject)
    }

    static func body(_ schema: String) -> JSON {
        .object([.init("required", true)] + content(reference(schema)).membersOfObject)
    }
}

extension JSON {
    /// Responses of these statuses, each described once in the components.
    static func problems(_ statuses: [String]) -> [Member] { statuses.map { .init($0, ["$ref": .string("#/components/responses/\($0)")]) } }
}
