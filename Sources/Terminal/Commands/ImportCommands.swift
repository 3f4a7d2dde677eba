import ArgumentParser
import Commons
import Foundation
import Kernel
import Values

/// `minzheng import`.
struct ImportCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "导入：人员、家庭、区划等表格的核对、登记和撤销",
        subcommands: [
            ImportTable.self, WriteTemplate.self, ListImports.self, ShowImport.self, ReconcileImportCommand.self, ConfirmImportCommand.self, CancelImportCommand.self,
            ResumeImportCommand.self, UndoImportCommand.self,
        ],
        defaultSubcommand: ImportTable.self)
}

/// `minzheng import people 人员.xlsx --as shenhe --dry-run`.
struct ImportTable: Errand {
    static let configuration = CommandConfiguration(commandName: "table", abstract: "核对一张表；加 --confirm 由另一人确认后登记")

    @Argument(help: "导入种类，如 people；见 import template --help") var kind: String
    @Argument(help: "表格文件，xlsx 或 CSV") var file: String
    @Option(name: .customLong("as"), help: "上传人的用户名") var user: String
    @Option(name: .customLong("column"), parsing: .singleValue, help: "列的对应：表中的列名=数据项，如 证件=resident_id") var columns: [String] = []
    @Flag(name: .long, help: "只核对，不登记（默认）") var dryRun = false
    @Option(name: .long, help: "确认人的用户名，须为另一人；写了就登记") var confirm: String?
    @Flag(name: .long, help: "有误的行不导入，只导入正确的行") var partial = false
    @Option(name: .long, help: "把标注了错误的表写到这个文件") var faults: String?
    @OptionGroup var options: PlaceOptions

    func validate() throws {
        guard !dryRun || confirm == nil else { throw ValidationError("--dry-run 和 --confirm 只能选一个") }
    }

    func run(at place: Workplace) async throws {
        try await options.withOffice(at: place) { office in
            let desk = ImportErrand(office: office, console: place.console), uploader = try await office.accounts.actor(named: user)
            let confirmer = try await confirm.asyncMap { try await office.accounts.actor(named: $0) }
            if let confirmer { try require(confirmer, otherThan: uploader, for: try office.imports.importer(kind)) }
            let run = try await desk.check(try await desk.bring(kind, file, as: uploader), columns, as: uploader)
            try await desk.tell(run)
            if let faults, run.wrong + run.duplicate > 0 { try await desk.write(run, to: faults) }
            guard let confirmer else { return }
            try await desk.confirm(run, partial: partial, as: confirmer)
        }
    }

    /// Said before the table is brought, not after it was checked.
    private func require(_ confirmer: Actor, otherThan uploader: Actor, for importer: any Importing.Type) throws(Refusal) {
        guard !importer.confirmers.isEmpty else { throw .invalid("\(importer.title)只用来核对，不用确认，请去掉 --confirm") }
        guard confirmer.user != uploader.user else { throw .forbidden("--confirm 须由另一人，不能是上传人本人") }
        guard importer.confirmers.contains(confirmer.role) else {
            throw .forbidden("确认导入\(importer.title)由\(importer.confirmers.labels)办理，--confirm 写的人岗位是\(confirmer.role.label)")
        }
    }
}

struct WriteTemplate: Errand {
    static let configuration = CommandConfiguration(commandName: "template", abstract: "写出空白模板；不写种类则列出可导入的种类")

    @Argument(help: "导入种类") var kind: String?
    @Argument(help: "写入的文件，.xlsx 或 .csv；默认 种类.xlsx") var file: String?
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        guard let kind else {
            let rows = place.lines.flatMap(\.importers).inOrder.map { [$0.name, $0.title, $0.uploaders.labels, $0.confirmers.labels] }
            return place.console.write(TextTable(["种类", "名称", "上传", "确认"].map { TextTable.Column($0) }, rows).text)
        }
        try await options.withOffice(at: place, .create) { office in
            let path = file ?? "\(kind).xlsx", format: TableFormat = path.hasSuffix(".csv") ? .csv : .xlsx
            try place.console.save(try office.imports.template(kind, as: format), to: path)
            place.console.line("模板已写到 \(path)")
        }
    }
}

struct ListImports: Errand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "列出导入记录")

    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        try await options.withOffice(at: place) { office in
            let listing = try office.house.listing("exchange", "runs")
            try await ListingPrint(listing: listing, request: ListingRequest(), limit: 1_000, office: office, actor: .commandLine, console: place.console).table()
        }
    }
}

struct ShowImport: Errand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "查看一次导入：进度、结果、前 20 处错误")

    @Argument(help: "导入编号") var id: String
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        try await options.withOffice(at: place) { office in
            let desk = ImportErrand(office: office, console: place.console)
            try await desk.tell(try await desk.find(id))
        }
    }
}

struct ReconcileImportCommand: Errand {
    static let configuration = CommandConfiguration(commandName: "reconcile", abstract: "在保户与最近一次发放名册核对：名册的导入编号，或户数和金额合计")

    @Argument(help: "在保户的导入编号") var id: String
    @Option(name: .long, help: "发放名册的导入编号") var roster: String?
    @Option(name: .long, help: "名册户数") var count: Int?
    @Option(name: .long, help: "名册金额合计，元") var sum: String?
    @Option(name: .long, help: "差异的原因") var note: String?
    @Option(name: .customLong("as"), help: "经办人的用户名") var user: String
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        let receipt = try await options.withOffice(at: place) { office in
            let desk = ImportErrand(office: office, console: place.console)
            let theirs = try await roster.asyncMap { try await desk.find($0).id }
            return try await office.imports.reconcile(try await desk.find(id).id, roster: theirs, count: count, sum: try sum.map { try Amount(typed: $0) }, note: note,
                                                      as: try await office.accounts.actor(named: user))
        }
        place.console.write(DoAct.told(receipt))
    }
}

/// Lets in what was checked before: a table whose people are two, or one that had to be held against a roster first.
struct ConfirmImportCommand: Errand {
    static let configuration = CommandConfiguration(commandName: "confirm", abstract: "确认一张核对过的表，并登记到完")

    @Argument(help: "导入编号") var id: String
    @Flag(name: .long, help: "有误的行不导入，只导入正确的行") var partial = false
    @Option(name: .customLong("as"), help: "确认人的用户名，须为上传人以外的人") var user: String
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        try await options.withOffice(at: place) { office in
            let desk = ImportErrand(office: office, console: place.console)
            try await desk.confirm(try await desk.find(id), partial: partial, as: try await office.accounts.actor(named: user))
        }
    }
}

struct CancelImportCommand: Errand {
    static let configuration = CommandConfiguration(commandName: "cancel", abstract: "取消一张还没有确认的表")

    @Argument(help: "导入编号") var id: String
    @Option(name: .customLong("as"), help: "经办人的用户名") var user: String
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        try await options.withOffice(at: place) { office in
            let desk = ImportErrand(office: office, console: place.console)
            try await desk.submit("cancel-import", try await desk.find(id), as: try await office.accounts.actor(named: user))
        }
    }
}

struct ResumeImportCommand: Errand {
    static let configuration = CommandConfiguration(commandName: "resume", abstract: "接着办中断的导入，到办完为止")

    @Argument(help: "导入编号") var id: String
    @Option(name: .customLong("as"), help: "经办人的用户名") var user: String
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        try await options.withOffice(at: place) { office in
            let desk = ImportErrand(office: office, console: place.console), run = try await desk.find(id)
            if run.halted != nil { try await desk.submit("resume-import", run, as: try await office.accounts.actor(named: user)) }
            try await desk.finish(run)
        }
    }
}

struct UndoImportCommand: Errand {
    static let configuration = CommandConfiguration(commandName: "undo", abstract: "撤销一次导入：没人动过的撤回，其余列出原因")

    @Argument(help: "导入编号") var id: String
    @Option(name: .long, help: "撤销的原因") var reason: String
    @Option(name: .customLong("as"), help: "经办人的用户名") var user: String
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        try await options.withOffice(at: place) { office in
            let desk = ImportErrand(office: office, console: place.console), run = try await desk.find(id)
            try await desk.submit("undo-import", run, ["reason": .typed(reason)], as: try await office.accounts.actor(named: user))
            try await desk.finish(run)
        }
    }
}

extension Optional {
    fileprivate func asyncMap<T>(_ body: (Wrapped) async throws -> T) async throws -> T? {
        if let wrapped = self { try await body(wrapped) } else { nil }
    }
}
