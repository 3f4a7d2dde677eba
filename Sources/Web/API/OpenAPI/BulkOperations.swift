import Commons
import Kernel
import Values

/// What the interface offers on many rows at once.
enum BulkOperations {
    static func input(_ shared: Outline) -> JSON {
        [
            "type": "object", "additionalProperties": false, "required": ["subjects"],
            "properties": [
                "subjects": [
                    "type": "array", "minItems": 1, "maxItems": .integer(Int64(BulkAct.atMost)),
                    "description": .string("要办理的各件的编号；超过 \(BulkAct.atOnce) 件的在后台办理，用返回的编号查进度"),
                    "items": ["oneOf": [
                        subject,
                        ["type": "object", "additionalProperties": false, "required": ["id"],
                         "properties": ["id": subject, "version": ["type": "integer", "minimum": 0, "description": "所见的版本"]]],
                    ]],
                ],
                "values": shared.inputSchema,
            ],
        ]
    }

    private static let subject: JSON = ["type": "string", "pattern": .string(BulkSubject.idPattern)]

    static let report: JSON = [
        "get": [
            "operationId": "bulk.report", "tags": ["session"], "summary": "批量办理的进度和逐件结果",
            "parameters": [["name": "id", "in": "path", "required": true, "schema": ["type": "string", "pattern": .string(JSON.idPattern)]]],
            "responses": .object([.init("200", OpenAPI.answer("结果", OpenAPI.reference("bulk-report")))] + JSON.problems(["401", "404"])),
        ],
    ]

    static let reportSchema: JSON = [
        "type": "object", "required": ["bulk", "finished", "done", "refused", "waiting", "results"],
        "properties": [
            "bulk": ["type": "string", "description": "批量办理的编号；用它重复提交不会重复办理"], "finished": ["type": "boolean"],
            "done": ["type": "integer"], "refused": ["type": "integer"], "waiting": ["type": "integer"],
            "results": ["type": "array", "items": [
                "type": "object", "required": ["subject", "state", "message", "link"],
                "properties": [
                    "subject": ["type": "string"], "state": ["type": "string", "enum": ["waiting", "done", "refused"]],
                    "message": ["type": "string", "description": "办成的写结果，未办成的写原因"], "link": ["type": ["string", "null"]],
                ],
            ]],
        ],
    ]
}

extension AnyAction {
    var bulkOperation: JSON {
        .object([
            .init("operationId", .string("bulk.\(permission)")), .init("tags", [.string(line)]), .init("summary", .string("批量\(title)")),
            .init("description", .string("同样的内容办理多件，每件各自办理、各自记入日志。办理岗位：\(roles.labels)。")),
            .init("parameters", [["$ref": "#/components/parameters/Idempotency-Key"]]),
            .init("requestBody", OpenAPI.body("\(permission).bulk")),
            .init("responses", .object([
                .init("200", OpenAPI.answer("逐件结果", OpenAPI.reference("bulk-report"))), .init("202", OpenAPI.answer("件数较多，在后台办理", OpenAPI.reference("bulk-report"))),
            ] + JSON.problems(["400", "401", "403", "404", "409", "413", "415", "422", "503"]))),
        ])
    }
}

extension Listing {
    func papersOperation(of line: Line) -> JSON {
        .object([
            .init("operationId", .string("papers.\(line.name).\(name)")), .init("tags", [.string(line.name)]), .init("summary", .string("\(title)的文书（PDF）")),
            .init("description", .string("符合筛选的各行的文书合成一个 PDF，每份另起一页；最多 \(PrintOrders.atMost) 行。查看岗位：\(roles.labels)。")),
            .init("parameters", .array(filters.map(\.parameter))),
            .init("responses", .object([.init("200", ["description": "PDF", "content": ["application/pdf": ["schema": ["type": "string", "format": "binary"]]]])]
                + JSON.problems(["401", "403", "404", "413", "422"]))),
        ])
    }
}
