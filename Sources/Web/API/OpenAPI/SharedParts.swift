import Kernel
import Values

/// What every document has, whichever lines stand behind it: session, receipt, problem, headers.
enum SharedParts {
    static let paths: [JSON.Member] = [
        .init("/api/session", [
            "post": [
                "operationId": "session.begin", "tags": ["session"], "summary": "登录", "security": .array([]),
                "requestBody": OpenAPI.body("credentials"),
                "responses": .object([.init("201", OpenAPI.answer("已登录", OpenAPI.reference("session")))]
                    + JSON.problems(["400", "401", "413", "415", "422", "429"])),
            ],
            "delete": [
                "operationId": "session.end", "tags": ["session"], "summary": "退出",
                "responses": .object([.init("204", ["description": "已退出"])] + JSON.problems(["401"])),
            ],
        ]),
        .init("/api/openapi.json", [
            "get": [
                "operationId": "openapi", "tags": ["session"], "summary": "本说明", "security": .array([]),
                "responses": ["200": OpenAPI.answer("OpenAPI 3.1 文档", ["type": "object"])],
            ],
        ]),
        .init("/api/bulk/{id}", BulkOperations.report),
    ]

    static let parameters: JSON = [
        "Idempotency-Key": [
            "name": "Idempotency-Key", "in": "header", "description": "办理编号，26 位，由调用方生成；重复提交同一编号不会重复办理。不填由系统生成并随结果返回",
            "schema": ["type": "string", "pattern": .string(JSON.idPattern)],
        ],
        "If-Match": [
            "name": "If-Match", "in": "header", "description": "所见的版本，如 \"7\"；此后被别人改过的，返回 412", "schema": ["type": "string", "pattern": "^\"[0-9]{1,9}\"$"],
        ],
        "after": ["name": "after", "in": "query", "description": "上一页的 next", "schema": ["type": "string"]],
        "limit": [
            "name": "limit", "in": "query", "description": "每页行数", "schema": ["type": "integer", "minimum": 1, "maximum": 500, "default": 50],
        ],
    ]

    static let responses: JSON = .object([
        problem("400", "请求的写法有误"), problem("401", "尚未登录，或登录已过期"), problem("403", "本岗位或本区域无权办理"), problem("404", "没有这个地址或这条记录"),
        problem("409", "与现状冲突：环节不符、编号已用过，或没有可适用的规则"), problem("412", "所见版本之后被别人改过"), problem("413", "内容过大"),
        problem("415", "内容类型须为 application/json"), problem("422", "有项目须改正，或依法不符合条件"), problem("429", "连续输错，暂时锁定"), problem("503", "办理的人太多，请稍后再试"),
    ])

    static let schemas: [JSON.Member] = [
        .init("problem", [
            "type": "object",
            "properties": [
                "type": ["type": "string"], "title": ["type": "string"], "status": ["type": "integer"],
                "detail": ["type": "string", "description": "写给人看的话，说明下一步怎么做"],
                "basis": ["type": "string", "description": "依据"],
                "problems": [
                    "type": "array",
                    "items": [
                        "type": "object", "required": ["path", "message"],
                        "properties": ["path": ["type": "string", "description": "如 members.m1.income；空为整体"], "message": ["type": "string"]],
                    ],
                ],
            ],
            "required": ["type", "title", "status", "detail", "problems"],
        ]),
        .init("receipt", [
            "type": "object",
            "properties": [
                "act": ["type": "string", "description": "办理编号"], "subject": ["type": "string", "description": "办成或改动的那一条的编号"],
                "message": ["type": "string"], "link": ["type": ["string", "null"]],
                "repeat": ["type": "boolean", "description": "此前已办理，这次没有重复办理"],
            ],
            "required": ["act", "subject", "message", "link", "repeat"],
        ]),
        .init("bulk-report", BulkOperations.reportSchema),
        .init("credentials", [
            "type": "object", "additionalProperties": false,
            "properties": ["username": ["type": "string", "maxLength": 200], "password": ["type": "string", "maxLength": 200]],
            "required": ["username", "password"],
        ]),
        .init("session", [
            "type": "object",
            "properties": ["token": ["type": "string"], "expires_at": ["type": "string", "format": "date-time"]],
            "required": ["token", "expires_at"],
        ]),
    ]

    private static func problem(_ status: String, _ description: String) -> JSON.Member {
        let content = OpenAPI.content(OpenAPI.reference("problem"), type: "application/problem+json").membersOfObject
        return .init(status, .object([.init("description", .string(description))] + content))
    }
}
