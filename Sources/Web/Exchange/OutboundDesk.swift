import Commons
import Documents
import Foundation
import Hummingbird
import Kernel
import Pages
import Values

/// 报送表样与文件。`/exchange/outbound-start`: choose a listing, hand in their empty form; `/exchange/outbound-file/{act}.xlsx`: the form, filled.
struct OutboundDesk: Sendable {
    let services: Services

    private static let start = "/exchange/outbound-start"

    func add(to router: Router<DeskContext>) {
        router.get(RouterPath(Self.start)) { request, context in
            try await draw(Shell(services: services, request: request, session: try context.signedIn()), [:], [])
        }
        router.post(RouterPath(Self.start)) { try await receive($0, $1) }
        router.get("/exchange/outbound-file/{file}") { try await file($0, $1) }
    }

    // MARK: Their empty form

    private func draw(_ shell: Shell, _ typed: [String: String], _ problems: [Refusal.Problem]) async throws -> Response {
        let listings = services.house.lines.flatMap { line in
            line.listings(for: shell.actor.role).map { Choice(code: "\(line.name).\($0.name)", label: "\(line.title)：\($0.title)") }
        }
        func problem(_ name: String) -> String? { problems.first { $0.path == [name] }?.message }
        let form = FormView(action: Self.start, hidden: [HiddenView(Forgery.field, shell.session.csrf)], sections: [SectionView("表样", fields: [
            FieldView(["listing"], "用哪个台账来填", .choice(listings), value: typed["listing"] ?? "", problem: problem("listing")),
            FieldView(["form"], "对方的空表", .attachment(accept: ".xlsx"), hint: "上传 .xlsx；标题和表头原样保留，我们的行填在下面", problem: problem("form"), required: false),
            FieldView(["header_line"], "表头在第几行", .integer(unit: "行"), value: typed["header_line"] ?? "", hint: "有两行表头的写下面一行；不填则取第一个有字的行",
                      problem: problem("header_line"), required: false),
            FieldView(["headers"], "没有空表时，写出表头", .longText(rows: 4), value: typed["headers"] ?? "", hint: "一行一个表头", problem: problem("headers"), required: false),
        ])], errors: problems.map { ErrorView($0.path, $0.message) }, buttons: [ButtonView("下一步：逐列对应", weight: .primary)])
        return shell.page("制作报送方案", trail: [LinkView("导入导出", href: "/exchange"), LinkView("对外报送方案", href: "/exchange/outbound-profiles")],
                          content: form.markup, status: problems.isEmpty ? .ok : .unprocessableContent)
    }

    private func receive(_ request: Request, _ context: DeskContext) async throws -> Response {
        let session = try context.signedIn(), form = try await SentForm(request), shell = Shell(services: services, request: request, session: session)
        try Forgery.require(form, session)
        let names = ["listing", "header_line", "headers"], typed = Dictionary(uniqueKeysWithValues: names.map { ($0, form.text($0) ?? "") })
        do {
            guard let listing = typed["listing"], !listing.isEmpty else { throw Refusal.invalid("请选择用哪个台账来填").at(["listing"]) }
            let line = try (typed["header_line"] ?? "").isEmpty ? nil : Self.line(typed["header_line"] ?? "")
            let found = try await headers(form.files.first { !$0.content.isEmpty }, line, typed["headers"] ?? "")
            let id = try await services.counter.keepTemplate(listing, filename: found.name, headerLine: found.line, headers: found.headers,
                                                             content: found.content, by: session.actor)
            return .seeOther("/exchange/do/save-outbound-profile?subject=\(id.text)")
        } catch let refusal as Refusal where refusal.kind == .invalid || refusal.kind == .tooLarge {
            return try await draw(shell, typed, refusal.problems.isEmpty ? refusal.at(["form"]).problems : refusal.problems)
        }
    }

    private static func line(_ text: String) throws(Refusal) -> Int {
        guard let line = Int(text), (1 ... 100).contains(line) else { throw Refusal.invalid("表头所在行应为 1 至 100 的整数").at(["header_line"]) }
        return line
    }

    private struct Found: Sendable { let name: String, line: Int, headers: [String], content: String? }

    private func headers(_ file: SentFile?, _ line: Int?, _ typed: String) async throws -> Found {
        guard let file else {
            let headers = typed.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
            guard !headers.isEmpty else { throw Refusal.invalid("请上传对方的空表，或写出表头").at(["headers"]) }
            return Found(name: "（自拟表头）", line: 1, headers: headers, content: nil)
        }
        guard file.isWhole, file.content.count <= 2 << 20 else { throw Refusal.tooLarge("空表超过 2 MB，请删去其中的数据行后再上传").at(["form"]) }
        return try await onWaitingThread {
            try OutboundFile.withForm(file.content) { path in
                let form = try OutgoingForm(template: path, options: TableOptions(headerLine: line)), reader = try TableReader(path: path, options: TableOptions(headerLine: line))
                return Found(name: file.filename, line: reader.headerLine, headers: form.headers, content: Data(file.content).base64EncodedString())
            }
        }
    }

    // MARK: The filled form

    private func file(_ request: Request, _ context: DeskContext) async throws -> Response {
        let actor = try context.signedIn().actor, name = try context.parameters.require("file")
        guard name.hasSuffix(".xlsx"), let act = ID<JournalEntry>(rawValue: String(name.dropLast(5))) else { throw Refusal.absent("没有这个文件，请重新按方案导出") }
        let (profile, reason) = try await services.counter.outboundRun(act, as: actor)
        let file = try await OutboundFile.make(profile, services.counter, as: actor)
        try await services.counter.noteOutbound(profile, rows: file.rows, reason: reason, by: actor)
        return Response(status: .ok, headers: [
            .contentType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", .cacheControl: "no-store",
            .contentDisposition: "attachment; filename*=UTF-8''\(Query.encoded("\(profile.name)-\(services.counter.clock.now().date.typed)")).xlsx",
        ], body: .init(byteBuffer: ByteBuffer(bytes: file.bytes)))
    }
}

/// 报送文件。Their form with our rows in it.
public struct OutboundFile: Sendable {
    public let bytes: [UInt8]
    public let rows: Int

    /// - Throws: `.outOfOrder` when the profile isn't approved, `.gap` for a value without a code of theirs.
    public static func make(_ profile: OutboundProfile, _ counter: Counter, as actor: Actor) async throws -> OutboundFile {
        let rows = Rows()
        let count = try await counter.eachOutboundRow(of: profile, as: actor) { await rows.add($0) }
        let all = await rows.all, template = try await counter.outboundTemplate(of: profile), content = template?.content.flatMap { Data(base64Encoded: $0) }
        let bytes = try await onWaitingThread { () throws -> [UInt8] in
            guard let content, let template else { return try Self.plain(profile, all) }
            return try Self.withForm(Array(content)) { path in
                let form = try OutgoingForm(template: path, options: TableOptions(headerLine: template.headerLine))
                for row in all { try form.add(row: row) }
                return try form.finish()
            }
        }
        return OutboundFile(bytes: bytes, rows: count)
    }

    private actor Rows {
        var all: [[SpreadsheetCell]] = []
        func add(_ rows: [[OutboundCell]]) { all += rows.map { $0.map(\.spreadsheetCell) } }
    }

    /// Only their headings and our rows: a receiving system takes a line of ours below them for a record.
    private static func plain(_ profile: OutboundProfile, _ rows: [[SpreadsheetCell]]) throws -> [UInt8] {
        let writer = try SpreadsheetWriter(title: profile.name, columns: profile.columns.map { SpreadsheetColumn($0.header) })
        for row in rows { try writer.add(row: row) }
        return try writer.finish(lastLine: "")
    }

    /// The form as a file for as long as it is read.
    static func withForm<T>(_ content: [UInt8], _ body: (String) throws -> T) throws -> T {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).xlsx")
        try Data(content).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try body(file.path)
    }
}

extension OutboundCell {
    fileprivate var spreadsheetCell: SpreadsheetCell {
        switch self {
        case .text(let text): text.isEmpty ? .empty : .text(text)
        case .integer(let number): .integer(number)
        case .money(let money): .money(money)
        }
    }
}
