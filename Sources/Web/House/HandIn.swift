import Commons
import Documents
import Foundation
import Hummingbird
import Kernel
import Pages
import Values

/// 收文。`/{line}/hand-in/{name}`: a document is uploaded or pasted, read at the door and handed to the line that asked for it.
/// Programs send the file itself to `POST /api/{line}/hand-in/{name}?filename=…`.
struct HandIn: Sendable {
    let services: Services

    static let field = "document", pasted = "text", named = "name", act = "_act"
    /// 1 MB: three hundred thousand Chinese characters.
    static let pastedBytes = 1 << 20

    func add(to router: Router<DeskContext>) {
        for line in services.house.lines {
            for intake in line.intakes {
                let address = "/\(line.name)/hand-in/\(intake.name)", name = intake.name
                router.get(RouterPath(address)) { try await open(line, name, $0, $1) }
                router.post(RouterPath(address)) { try await receive(line, name, $0, $1) }
            }
        }
    }

    // MARK: The page

    private func open(_ line: Line, _ name: String, _ request: Request, _ context: DeskContext) async throws -> Response {
        let session = try context.signedIn(), intake = try services.house.intake(line.name, name, for: session.actor)
        return page(intake, of: line, Shell(services: services, request: request, session: session), [:], nil)
    }

    private func receive(_ line: Line, _ name: String, _ request: Request, _ context: DeskContext) async throws -> Response {
        let file = DocumentBytes(), sink = FileSink("\(Self.field)._file", goesOn: true) { try file.add($0) }
        guard let session = context.session else { return try await hold(line, name, request) }
        let intake = try services.house.intake(line.name, name), shell = Shell(services: services, request: request, session: session)
        var typed: [String: String] = [:]
        do {
            let form = try await Self.form(request, into: sink)
            guard Forgery.isGenuine(form, session) || Forgery.isFromHere(request) else { throw Forgery.stale }
            for name in [Self.pasted, Self.named, Self.act] { typed[name] = form.text(name) ?? "" }
            // Signed in anew while the form stood open: what was typed is kept, under the new token.
            guard Forgery.isGenuine(form, session) else { throw Self.signedInAnew(sink) }
            guard !form.overlong.contains(Self.pasted) else { throw Self.overlong.at([Self.pasted]) }
            _ = try services.house.intake(line.name, name, for: session.actor)
            if let error = sink.error { throw error }
            let document = try await Self.document(file, filename: sink.filename, typed, Query(request).dictionary)
            return .seeOther(try await intake.take(document, services.counter, session.actor).link)
        } catch let refusal as Refusal where refusal == Forgery.stale {
            throw refusal
        } catch {
            // Whatever went wrong, the words come back with what is to be done.
            let fault = try Faults(services: services).fault(for: error, request, context)
            return page(intake, of: line, shell, typed, fault)
        }
    }

    /// Four times what a file may have is read to its end, so that the words that come behind a large file are kept.
    private static func form(_ request: Request, into sink: FileSink) async throws -> SentForm {
        try await SentForm(request, atMost: 4 * DocumentText.maximumBytes, textBytes: pastedBytes, into: sink)
    }

    private static func signedInAnew(_ sink: FileSink) -> Refusal {
        .forbidden("登录已更新，刚才没有提交。您填的内容还在下面，请核对后再提交一次\(sink.filename.isEmpty ? "" : "；文件要重新选择")")
    }

    private static var overlong: Refusal { .invalid("粘贴的文字超过 \(pastedBytes >> 20) MB，框里只留了前面的，请存成文件后上传") }

    /// The session had ended: the words stay on the page until whoever typed them has signed in elsewhere.
    private func hold(_ line: Line, _ name: String, _ request: Request) async throws -> Response {
        guard Forgery.isFromHere(request) else { throw Refusal(.unauthenticated, "请先登录") }
        let sink = FileSink("\(Self.field)._file", goesOn: true) { _ in }, form = try await Self.form(request, into: sink)
        let content = HeldForm(address: "/\(line.name)/hand-in/\(name)\(Query(request).text)", form: form, hasLostFile: !sink.filename.isEmpty).markup
        return .page(PlainFrame(site: services.site(for: request), title: "登录已过期", content: content).markup, status: .unauthorized)
    }

    private func page(_ intake: DocumentIntake, of line: Line, _ shell: Shell, _ typed: [String: String], _ fault: Fault?) -> Response {
        let own: Set = [Self.field, Self.pasted, Self.named], told = fault?.refusal?.problems ?? []
        // What isn't said of a field of this page is said above it.
        let problems = told.filter { $0.path.first.map(own.contains) ?? false }, notice = fault.flatMap { problems.isEmpty ? $0.message : nil }
        func problem(_ name: String) -> String? { problems.first { $0.path.first == name }?.message }
        let act = typed[Self.act].flatMap { ID<JournalEntry>(rawValue: $0) }.flatMap { fault?.refusal?.kind == .conflict ? nil : $0 } ?? .make(at: services.counter.clock.now())
        let form = FormView(action: "/\(line.name)/hand-in/\(intake.name)\(Query(shell.request).text)",
                            hidden: [HiddenView(Forgery.field, shell.session.csrf), HiddenView(Self.act, act.text)], sections: [
            SectionView("文稿", fields: [
                FieldView([Self.field], "上传文件", .attachment(accept: ".txt,.docx,.html,.htm,.pdf"), hint: "txt、docx、html 或带文字的 PDF，最大 \(DocumentText.maximumBytes >> 20) MB",
                          problem: problem(Self.field), required: false),
                FieldView([Self.pasted], "或者粘贴文字", .longText(rows: 12), value: typed[Self.pasted] ?? "", problem: problem(Self.pasted), required: false),
                FieldView([Self.named], "文稿名称", .text(), value: typed[Self.named] ?? "", hint: "粘贴时填写；上传时不填则用文件名", problem: problem(Self.named), required: false),
            ]),
        ], errors: problems.map { ErrorView($0.path, $0.message) }, buttons: [ButtonView("读文稿", weight: .primary)])
        let rules: Markup = "\(each: intake.guidance.split(separator: "\n").map(String.init), { "<p class=\"hint\">\($0)</p>" })"
        var response = shell.page(intake.title, trail: [LinkView(line.title, href: "/\(line.name)")],
                                  content: "\(some: notice, { NoticeBoxView(.stop, $0).markup })\(rules)\(form)",
                                  status: fault.map { $0.status == .badRequest ? .unprocessableContent : $0.status } ?? .ok)
        if fault?.status == .serviceUnavailable { response.headers[.retryAfter] = "3" }
        return response
    }

    // MARK: For programs

    func add(to api: RouterGroup<DeskContext>) {
        api.post("/:line/hand-in/:name") { try await take($0, $1) }
    }

    private func take(_ request: Request, _ context: DeskContext) async throws -> Response {
        let actor = try context.signedIn().actor, query = Query(request)
        let intake = try services.house.intake(try context.parameters.require("line"), try context.parameters.require("name"), for: actor)
        let filename = query["filename"] ?? ""
        guard filename.count <= 120 else { throw Refusal.invalid("文件名不超过 120 字").at(["filename"]) }
        let file = DocumentBytes()
        for try await part in request.body { try file.add(ArraySlice(part.readableBytesView)) }
        let document = try await Self.document(file, filename: filename, [:], query.dictionary, act: try ActHeaders(request).act)
        let kept = try await intake.take(document, services.counter, actor)
        return .json(JSON.object([.init("id", .string(kept.id)), .init("link", .string(kept.link))]).text, status: .created)
    }

    /// Its place in the description of the interface.
    static func paths(_ lines: [Line]) -> [JSON.Member] {
        lines.flatMap { line in line.intakes.map { path($0, of: line) } }
    }

    private static func path(_ intake: DocumentIntake, of line: Line) -> JSON.Member {
        .init("/api/\(line.name)/hand-in/\(intake.name)", .object([.init("post", [
            "operationId": .string("upload.\(line.name).\(intake.name)"), "tags": .array([.string(line.name)]), "summary": .string(intake.title),
            "description": "请求内容就是文件本身（txt、docx、html、带文字的 PDF）。返回文稿编号 id 和接着办理的页面 link。",
            "parameters": [["name": "filename", "in": "query", "required": false, "description": "文件名", "schema": ["type": "string", "maxLength": 120]]],
            "requestBody": ["required": true, "content": .object([.init("application/octet-stream", ["schema": ["type": "string", "format": "binary"]])])],
            "responses": .object([.init("201", OpenAPI.answer("已收下", ["type": "object", "properties": ["id": ["type": "string"], "link": ["type": "string"]]]))]
                + JSON.problems(["400", "401", "403", "404", "409", "413", "422", "503"])),
        ])]))
    }

    // MARK: Reading

    /// The words of a file, or what was pasted; read on a thread that may wait.
    private static func document(_ file: DocumentBytes, filename: String, _ typed: [String: String], _ query: [String: String],
                                 act: ID<JournalEntry>? = nil) async throws -> HandedDocument {
        let text = typed[pasted] ?? "", name = typed[named] ?? "", act = act ?? typed[Self.act].flatMap { ID<JournalEntry>(rawValue: $0) }
        if !file.bytes.isEmpty || !filename.isEmpty {
            let bytes = file.bytes
            do {
                let read = try await onWaitingThread { try DocumentText(bytes, name: filename) }
                return HandedDocument(text: read.text, name: name.isEmpty ? filename : name, format: read.format.label, query: query, original: bytes, act: act)
            } catch let refusal as Refusal { throw refusal.at([field]) }
        }
        guard !Raw.typed(text).isBlank else { throw Refusal.invalid("请选择文件，或者粘贴文字").at([field]) }
        return HandedDocument(text: text, name: name.isEmpty ? "粘贴的文稿" : name, format: "粘贴", query: query, act: act)
    }
}

/// A file as it comes in, up to what a document may have. Lives in one request.
private final class DocumentBytes {
    private(set) var bytes: [UInt8] = []

    func add(_ part: ArraySlice<UInt8>) throws {
        guard bytes.count + part.count <= DocumentText.maximumBytes else {
            throw Refusal.tooLarge("文件超过 \(DocumentText.maximumBytes >> 20) MB，请去掉图片后另存，或只留正文").at([HandIn.field])
        }
        bytes.append(contentsOf: part)
    }
}

extension Line {
    var intakes: [DocumentIntake] { offers.compactMap { $0 as? DocumentIntake } }
}
