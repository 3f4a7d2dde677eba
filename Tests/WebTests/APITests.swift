import Foundation
import Hummingbird
import Kernel
import Testing
import Values
@testable import Web

@Suite("接口")
struct APITests {
    private static let person = #"{"name": "张三某", "resident_id": "000181199001010011", "region": "000181001001"}"#
    private static let act = "01J204RGT0ABCDEFGHJKMNPQRS"

    // MARK: What can't be read

    struct Bad: Sendable {
        let body: String, headers: [String: String], type: String?, status: Int, path: String

        init(_ body: String, _ status: Int, _ path: String = "", headers: [String: String] = [:], type: String? = "application/json") {
            (self.body, self.status, self.path, self.headers, self.type) = (body, status, path, headers, type)
        }
    }

    @Test("读不懂的请求，说明是哪一处", arguments: [
        Bad("", 400), Bad("{", 400), Bad("[1]", 422), Bad(person, 415, type: "text/plain"), Bad(person, 415, type: nil),
        Bad(person, 400, "Idempotency-Key", headers: ["Idempotency-Key": "1"]), Bad(person, 400, "If-Match", headers: ["If-Match": "7"]),
        Bad(person, 400, "If-Match", headers: ["If-Match": "\"-1\""]),
        Bad(#"{"nme": "张三某"}"#, 422, "nme"), Bad(#"{"name": ["张三某"]}"#, 422, "name.1"), Bad(#"{"name": {"a": "张三某"}}"#, 422, "name"), Bad(#"{"name": 1.5}"#, 422, "name"),
        Bad(#"{"name": "张三某", "resident_id": "000181199001010012", "region": "000181001001"}"#, 422, "resident_id"),
        Bad(#"{"name": "张三某", "resident_id": "000181199001010011", "region": 181}"#, 422, "region"),
        Bad("{}", 422, "name"),
    ])
    func malformed(_ bad: Bad) async throws {
        let answer = try await APIOffice().visit { try await $0.post("/api/people/register-person", bad.body, bad.headers, type: bad.type) }
        #expect(answer.status == bad.status, "\(answer.text)")
        #expect(answer.type == "application/problem+json")
        #expect(answer.json["status"] == .integer(Int64(bad.status)))
        if !bad.path.isEmpty { #expect(answer.paths.contains(bad.path), "\(answer.text)") }
    }

    @Test("过长的名字和过大的内容")
    func tooMuch() async throws {
        let office = try await APIOffice()
        let long = #"{"name": "\#(String(repeating: "某", count: 300))", "resident_id": "000181199001010011", "region": "000181001001"}"#
        let huge = #"{"name": "\#(String(repeating: "a", count: Request.largestJSON))"}"#
        try await office.visit { (visitor) async throws in
            #expect(try await visitor.post("/api/people/register-person", long).paths == ["name"])
            #expect(try await visitor.post("/api/people/register-person", huge).status == 413)
        }
    }

    @Test("接口不认网页的会话，地址怎么写都一样", arguments: ["/api/people/persons", "//api/people/persons", "/api//people/persons"])
    func cookiesDoNotCount(_ path: String) async throws {
        try await APIOffice().visit { (visitor) async throws in
            #expect(try await visitor.send(path, .get, ["Cookie": visitor.cookie], nil, signedIn: false).status == 401)
        }
    }

    @Test("自拟的编号已有经历：不能再用来登记")
    func takenIDs() async throws {
        let second = #"{"name": "张四某", "resident_id": "000181199001010038", "region": "000181001001", "person": "01J2QCK8G0ABCDEFGHJKMNPQRT"}"#
        let first = #"{"name": "张三某", "resident_id": "000181199001010011", "region": "000181001001", "person": "01J2QCK8G0ABCDEFGHJKMNPQRT"}"#
        try await APIOffice().visit { (visitor) async throws in
            #expect(try await visitor.post("/api/people/register-person", first, ["Idempotency-Key": Self.act]).status == 201)
            #expect(try await visitor.post("/api/people/register-person", first, ["Idempotency-Key": Self.act]).status == 200)
            let answer = try await visitor.post("/api/people/register-person", second)
            #expect(answer.status == 409 && answer.paths == ["person"], "\(answer.text)")
        }
    }

    @Test("没有登录、没有这个地址、没有这个权限")
    func closedDoors() async throws {
        let office = try await APIOffice()
        try await office.visit(as: "shenji") { (visitor) async throws in
            let stranger = try await visitor.post("/api/people/register-person", Self.person, signedIn: false)
            #expect(stranger.status == 401)
            #expect(stranger.headers[.wwwAuthenticate] == "Bearer")
            #expect(try await visitor.post("/api/people/register-person", Self.person).status == 403)
            #expect(try await visitor.post("/api/people/nothing", "{}").status == 404)
            #expect(try await visitor.post("/api/nowhere/nothing", "{}").status == 404)
            #expect(try await visitor.get("/api/people/nothing").status == 404)
        }
        try await office.visit(as: "waixiang") { (visitor) async throws in
            #expect(try await visitor.post("/api/people/register-person", Self.person).status == 403)
        }
    }

    // MARK: Acts

    @Test("办理一次；重复得到同样的结果；同号异文被拒绝")
    func idempotent() async throws {
        try await APIOffice().visit { (visitor) async throws in
            let first = try await visitor.post("/api/people/register-person", Self.person, ["Idempotency-Key": Self.act])
            #expect(first.status == 201, "\(first.text)")
            #expect(first.json["act"] == .string(Self.act) && first.json["repeat"] == false)
            let again = try await visitor.post("/api/people/register-person", Self.person, ["Idempotency-Key": Self.act])
            #expect(again.status == 200)
            #expect(again.json["subject"] == first.json["subject"] && again.json["repeat"] == true)
            let other = try await visitor.post("/api/people/register-person", Self.person.replacing("张三某", with: "李四某"), ["Idempotency-Key": Self.act])
            #expect(other.status == 409)
        }
    }

    @Test("所见版本旧了是 412，没有版本则不问")
    func versions() async throws {
        try await APIOffice().visit { (visitor) async throws in
            let made = try await visitor.post("/api/people/register-person", Self.person)
            guard case .string(let id)? = made.json["subject"] else { Issue.record("\(made.text)"); return }
            let death = #"{"person": "\#(id)", "died_on": "2024-07-01"}"#
            #expect(try await visitor.post("/api/people/record-death", death, ["If-Match": "\"2\""]).status == 412)
            let done = try await visitor.post("/api/people/record-death", death, ["If-Match": "\"1\""])
            #expect(done.status == 201, "\(done.text)")
        }
    }

    // MARK: Listings, inquiries, exports

    @Test("台账一页一页，号码脱敏，只在本区域")
    func listing() async throws {
        let office = try await APIOffice()
        try await office.visit { (visitor) async throws in
            for (name, number) in [("张三某", "000181199001010011"), ("李四某", "00018119900101002X"), ("王五某", "000181199001010038")] {
                let made = try await visitor.post("/api/people/register-person", #"{"name": "\#(name)", "resident_id": "\#(number)", "region": "000181001001"}"#)
                #expect(made.status == 201, "\(made.text)")
            }
            let first = try await visitor.get("/api/people/persons?limit=2").json
            guard case .array(let items)? = first["items"], case .string(let next)? = first["next"] else { Issue.record("\(first.text)"); return }
            #expect(items.count == 2)
            #expect(items[0]["born_on"] == "1990-01-01" && items[0]["died_on"] == .null)
            #expect(!first.text.contains("000181199001010011") && !first.text.contains("aes."))
            let second = try await visitor.get("/api/people/persons?limit=2&after=\(next)").json
            guard case .array(let rest)? = second["items"] else { Issue.record("\(second.text)"); return }
            #expect(rest.count == 1 && second["next"] == .null)
            for (query, path) in [("limit=0", "limit"), ("limit=501", "limit"), ("colour=red", "colour"), ("region=1", "region"), ("born_on=", "born_on")] {
                let answer = try await visitor.get("/api/people/persons?\(query)")
                #expect(answer.status == 422 && answer.paths == [path], "\(answer.text)")
            }
            #expect(try await visitor.get("/api/people/persons?after=zzz").status == 422)
            let csv = try await visitor.get("/people/persons.csv")
            #expect(csv.text.contains("\r\n共 3 行，导出时间 ") && csv.text.contains("王五某"))
            let xlsx = try await visitor.get("/people/persons.xlsx")
            #expect(xlsx.bytes.starts(with: [0x50, 0x4B]))
        }
        try await office.visit(as: "waixiang") { (visitor) async throws in
            #expect(try await visitor.get("/api/people/persons").json["items"] == [])
            #expect(try await visitor.get("/people/persons.csv").text.contains("共 0 行，"))
        }
    }

    @Test("试算只作答")
    func inquiry() async throws {
        try await APIOffice().visit { (visitor) async throws in
            let answer = try await visitor.post("/api/basket/weights", #"{"apples": [{"weight_g": 120}, {"weight_g": 80}]}"#)
            #expect(answer.status == 200 && answer.text == #"{"weight_g":200}"#)
            #expect(try await visitor.post("/api/basket/weights", #"{"apples": [{"weight_g": 1}, {}]}"#).paths == ["apples.2.weight_g"])
            #expect(try await visitor.post("/api/basket/weights", #"{"apples": [{"key": "大", "weight_g": 1}]}"#).paths == ["apples"])
        }
    }

    // MARK: Sessions

    @Test("登录、退出；输错不说哪个错；连续输错锁定")
    func sessions() async throws {
        try await APIOffice().visit { (visitor) async throws in
            func signIn(_ username: String, _ password: String) async throws -> APIAnswer {
                try await visitor.post("/api/session", #"{"username": "\#(username)", "password": "\#(password)"}"#, signedIn: false)
            }
            #expect(try await visitor.post("/api/session", #"{"username": "jingban"}"#, signedIn: false).paths == ["password"])
            #expect(try await visitor.post("/api/session", #"{"username": 1, "password": "x", "more": 1}"#, signedIn: false).paths.sorted() == ["more", "username"])
            let made = try await signIn("jingban", APIOffice.password)
            #expect(made.status == 201)
            #expect(made.json["token"] != nil && made.json["expires_at"] != nil)
            for _ in 1 ... 5 { #expect(try await signIn("shenji", "cuode-mima").status == 401) }
            #expect(try await signIn("shenji", APIOffice.password).status == 429)
            #expect(try await visitor.send("/api/session", .delete, [:], nil, signedIn: true).status == 204)
            #expect(try await visitor.get("/api/people/persons").status == 401)
        }
    }

    @Test("接口说明不必登录")
    func document() async throws {
        let answer = try await APIOffice().visit { try await $0.send("/api/openapi.json", .get, [:], nil, signedIn: false) }
        #expect(answer.status == 200)
        #expect(answer.json["paths"]?["/api/basket/weights"]?["post"] != nil)
    }
}
