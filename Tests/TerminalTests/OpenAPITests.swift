import Commons
import Kernel
import Values
import Web
import Testing
@testable import Terminal

@Suite("接口说明")
struct OpenAPITests {
    private let document = OpenAPI.document(shopLines, title: "甲店")
    private var schemas: JSON { document["components"]?["schemas"] ?? .null }

    @Test("每个事项、台账和查询都在")
    func everythingIsThere() {
        for line in shopLines {
            for action in line.actions {
                #expect(document["paths"]?["/api/\(line.name)/\(action.name)"]?["post"]?["requestBody"] != nil, "\(action.permission)")
                #expect(schemas[action.permission]?["additionalProperties"] == false)
            }
            for listing in line.listings {
                #expect(document["paths"]?["/api/\(line.name)/\(listing.name)"]?["get"]?["parameters"] != nil)
                #expect(schemas["\(line.name).\(listing.name).row"] != nil)
            }
        }
        #expect(document["openapi"] == "3.1.0")
        #expect(schemas["shop.prices.answer"]?["properties"]?["total_fen"]?["format"] == "int64")
    }

    @Test("查询可能查不到，批量办理只收编号")
    func answers() {
        #expect(document["paths"]?["/api/shop/prices"]?["post"]?["responses"]?["404"] != nil)
        for line in shopLines {
            for action in line.actions where action.sharedOutline != nil {
                let subjects = schemas["\(action.permission).bulk"]?["properties"]?["subjects"]?["items"]?["oneOf"]
                guard case .array(let forms)? = subjects, forms.count == 2 else { Issue.record("\(action.permission)"); continue }
                #expect(forms[0]["pattern"] == .string(BulkSubject.idPattern) && forms[1]["additionalProperties"] == false, "\(action.permission)")
            }
        }
    }

    @Test("每个引用都有所指，每个操作编号只用一次")
    func references() {
        for reference in document.texts(under: "$ref") { #expect(document.at(reference) != nil, "\(reference)") }
        let operations = document.texts(under: "operationId")
        #expect(Set(operations).count == operations.count)
    }

    @Test("字段的类型、长度、格式、代码表和必填")
    func fields() {
        let person = schemas["people.register-person"]
        #expect(person?["required"] == ["name", "region"])
        #expect(person?["properties"]?["person"]?["pattern"] != nil)
        #expect(person?["properties"]?["address"]?["type"] == ["string", "null"])
        #expect(person?["properties"]?["address"]?["maxLength"] == 200)
        let buyer = schemas["shop.prices"]?["properties"]?["buyer"]
        #expect(buyer?["type"] == "object")
        #expect(buyer?["properties"]?["sex"]?["x-labels"]?["1"] != nil)
        #expect(buyer?["required"] == ["name"])
        let goods = schemas["shop.prices"]?["properties"]?["goods"]?["items"]
        #expect(goods?["properties"]?["key"] != nil)
        #expect(goods?["properties"]?["born_on"]?["format"] == "date")
        #expect(goods?["properties"]?["price_fen"]?["description"] == "不含税。单位：分")
    }

    @Test("缩进的写法与紧凑的写法同义")
    func indentation() throws {
        #expect(try JSON(parsing: document.indentedText) == (try JSON(parsing: document.text)))
        #expect(JSON.object([.init("空", []), .init("无", .object([]))]).indentedText == "{\n  \"空\": [],\n  \"无\": {}\n}\n")
    }
}

extension JSON {
    /// Every text that stands under a name, anywhere.
    fileprivate func texts(under name: String) -> [String] {
        switch self {
        case .array(let values): values.flatMap { $0.texts(under: name) }
        case .object(let members): members.flatMap { member -> [String] in
            if member.name == name, case .string(let text) = member.value { return [text] }
            return member.value.texts(under: name)
        }
        default: []
        }
    }

    /// What a local reference points at.
    fileprivate func at(_ reference: String) -> JSON? {
        reference.split(separator: "/").dropFirst().reduce(Optional(self)) { $0?[String($1)] }
    }
}
