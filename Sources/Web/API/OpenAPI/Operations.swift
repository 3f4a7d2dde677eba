import Commons
import Kernel
import Values

/// What one line offers, as operations: name, method, operation.
extension Line {
    var operations: [(name: String, method: String, operation: JSON)] {
        actions.map { ($0.name, "post", $0.operation) }
            + actions.filter { $0.sharedOutline != nil }.map { ("\($0.name)/bulk", "post", $0.bulkOperation) }
            + listings.filter { $0.papers != nil }.map { ("\($0.name)/papers", "get", $0.papersOperation(of: self)) }
            + inquiries.map { ($0.name, "post", $0.operation(of: self)) }
            + listings.map { ($0.name, "get", $0.operation(of: self)) }
    }
}

extension AnyAction {
    fileprivate var operation: JSON {
        .object([
            .init("operationId", .string("do.\(permission)")), .init("tags", [.string(line)]), .init("summary", .string(title)),
            .init("description", .string([guidance, "办理岗位：\(roles.labels)。"].filter { !$0.isEmpty }.joined(separator: "\n"))),
            .init("parameters", [["$ref": "#/components/parameters/Idempotency-Key"], ["$ref": "#/components/parameters/If-Match"]]),
            .init("requestBody", OpenAPI.body(permission)),
            .init("responses", .object([
                .init("201", OpenAPI.answer("已办理", OpenAPI.reference("receipt"))),
                .init("200", OpenAPI.answer("同一提交此前已办理，返回当时的结果", OpenAPI.reference("receipt"))),
            ] + JSON.problems(["400", "401", "403", "404", "409", "412", "413", "415", "422", "503"]))),
        ])
    }
}

extension AnyInquiry {
    fileprivate func operation(of line: Line) -> JSON {
        .object([
            .init("operationId", .string("ask.\(line.name).\(name)")), .init("tags", [.string(line.name)]), .init("summary", .string(title)),
            .init("description", .string([guidance, "只作答，不留存。使用岗位：\(roles.labels)。"].filter { !$0.isEmpty }.joined(separator: "\n"))),
            .init("requestBody", OpenAPI.body("\(line.name).\(name)")),
            .init("responses", .object([.init("200", OpenAPI.answer("结果", OpenAPI.reference("\(line.name).\(name).answer")))]
                + JSON.problems(["400", "401", "403", "404", "409", "413", "415", "422"]))),
        ])
    }
}

extension Listing {
    fileprivate func operation(of line: Line) -> JSON {
        let shared: [JSON] = [["$ref": "#/components/parameters/after"], ["$ref": "#/components/parameters/limit"]]
        return .object([
            .init("operationId", .string("list.\(line.name).\(name)")), .init("tags", [.string(line.name)]), .init("summary", .string(title)),
            .init("description", .string("只列出管辖区域内的记录。来自备用库时，响应头 X-Data-As-Of 写明数据截至的时刻。查看岗位：\(roles.labels)。")),
            .init("parameters", .array(shared + [sortParameter] + filters.map(\.parameter))),
            .init("responses", .object([.init("200", OpenAPI.answer("一页记录", pageSchema(of: line)))] + JSON.problems(["401", "403", "422"]))),
        ])
    }

    private var sortParameter: JSON {
        let columns = sort.map(\.column)
        return ["name": "sort", "in": "query", "description": "按哪一列排序，前加 - 为倒序；不填按默认次序",
                "schema": ["type": "string", "enum": .array(columns.flatMap { [JSON.string($0), .string("-\($0)")] })]]
    }

    private func pageSchema(of line: Line) -> JSON {
        [
            "type": "object",
            "properties": [
                "items": ["type": "array", "items": OpenAPI.reference("\(line.name).\(name).row")],
                "next": ["type": ["string", "null"], "description": "下一页的 after；没有下一页时为 null"],
            ],
            "required": ["items", "next"],
        ]
    }
}

extension Filter {
    var parameter: JSON {
        let unit = switch kind { case .money: "，单位为分"; case .ratio: "，单位为万分之一"; default: "" }
        return ["name": .string(name), "in": "query", "description": .string("\(label)\(relation)\(unit)"), "schema": kind.querySchema]
    }
}
