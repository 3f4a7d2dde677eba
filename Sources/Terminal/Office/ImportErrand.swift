import Commons
import Foundation
import Kernel
import Values

/// 命令行导入。The same acts as the pages, one after another, with the work done here instead of behind.
struct ImportErrand {
    let office: Office
    let console: Console

    private var counter: Counter { office.counter }

    func bring(_ kind: String, _ path: String, as actor: Actor) async throws -> ID<ImportRun> {
        guard let file = FileHandle(forReadingAtPath: path) else { throw Refusal.absent("读不到文件 \(path)，请核对路径和权限") }
        return try await office.imports.take(kind, as: actor) { writer in
            while let part = try file.read(upToCount: 1 << 20), !part.isEmpty { try writer.add(part) }
            return path.split(separator: "/").last.map(String.init) ?? path
        }.run
    }

    func check(_ id: ID<ImportRun>, _ assignments: [String], as actor: Actor) async throws -> ImportRun {
        let run = try await find(id.text)
        var chosen: [String: String] = [:]
        for text in assignments {
            let assignment = try Assignment(text)
            guard run.columns.contains(where: { $0.heading == assignment.name }) else {
                throw Refusal.absent("表里没有「\(assignment.name)」这一列，有：\(run.columns.map(\.heading).joined(separator: "、"))")
            }
            chosen[assignment.name] = assignment.value
        }
        let columns = run.columns.enumerated().map { ImportColumn($0 + 1, $1.heading, chosen[$1.heading] ?? ($1.field.flatMap { chosen.values.contains($0) ? nil : $0 })) }
        try await submit("map-columns", run, ["columns": .rows(columns.map { RawRow(key: $0.key, fields: $0.raw) })], as: actor)
        return try await work(on: id)
    }

    func confirm(_ run: ImportRun, partial: Bool, as actor: Actor) async throws {
        try await submit("confirm-import", run, partial ? ["is_partial": .typed("1")] : [:], as: actor)
        try await finish(run)
    }

    func finish(_ run: ImportRun) async throws { try await tell(try await work(on: run.id)) }

    @discardableResult
    func submit(_ action: String, _ run: ImportRun, _ values: RawFields = [:], as actor: Actor) async throws -> Receipt {
        var values = values
        values["import"] = .stored(run.id.stored)
        let receipt = try await counter.submit(Submission("exchange.\(action)", id: .make(at: counter.clock.now()), values: values), as: actor)
        console.line(receipt.outcome.message)
        return receipt
    }

    func find(_ text: String) async throws -> ImportRun {
        guard let id = ID<ImportRun>(rawValue: text) else { throw Refusal.invalid("导入编号应为 26 位数字和字母，见 minzheng import list") }
        return try await counter.read(as: .house) { try $0.find(id) }
    }

    /// Until nothing is left to do for this import, or it was halted. A server at work on it is waited for.
    private func work(on id: ID<ImportRun>) async throws -> ImportRun {
        let runner = ImportRunner(office.imports)
        while true {
            let run = try await find(id.text)
            guard run.state.isAtWork, run.halted == nil else { return run }
            if try await !runner.runSlice() { try await Task.sleep(for: .milliseconds(200)) }
        }
    }

    // MARK: Telling

    func tell(_ run: ImportRun) async throws {
        let importer = try office.imports.importer(run.importer)
        console.line("\(importer.title)：\(run.filename)，\(run.state.label)，编号 \(run.id.text)")
        console.line("正确 \(run.right) 行，已有 \(run.present) 行，有误 \(run.wrong) 行，表内重复 \(run.duplicate) 行")
        if let halted = run.halted { console.line("中断：\(halted)") }
        if run.state == .unreadable, let note = run.note { console.line(note) }
        if run.confirmer != nil { console.line("新增 \(run.entered)，补充 \(run.changed)，已有未动 \(run.skipped)") }
        if run.state == .undone { console.line("已撤回 \(run.withdrawn)，未能撤回 \(run.left)") }
        guard run.wrong + run.duplicate > 0, [.checked, .promoting, .promoted].contains(run.state) else { return }
        let rows = try await office.imports.faults(of: run, limit: 20).map { [String($0.line), $0.column, $0.message] }
        console.write(TextTable([TextTable.Column("行号", isNumber: true), TextTable.Column("列"), TextTable.Column("错误")], rows).text)
    }

    func write(_ run: ImportRun, to path: String) async throws {
        try await counter.note(AccessNote(.export, "exchange.faults", subject: run.id.text, rows: run.total), by: .commandLine)
        try console.save(try await office.imports.annotated(run).content, to: path)
        console.line("标注了错误的表已写到 \(path)")
    }
}
