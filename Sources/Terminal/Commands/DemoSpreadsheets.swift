import ArgumentParser
import Demo
import Documents
import Foundation
import Kernel
import Values

/// `minzheng demo spreadsheets`: invented tables to try a first import with; no data folder is touched.
struct DemoSpreadsheets: Errand {
    static let configuration = CommandConfiguration(commandName: "spreadsheets", abstract: "生成练习导入用的表格：虚构的人员、家庭、在保户，故意有错")

    @Option(name: .long, help: "人数") var people = 50_000
    @Option(name: .long, help: "在保户数") var recipients = 3_000
    @Option(name: .long, help: "种子；同一种子同一天生成同样的表") var seed: UInt64 = 20_240_701
    @Option(name: .customLong("to"), help: "写入的文件夹，没有就新建") var folder: String

    func run(at place: Workplace) async throws {
        let tables = try PracticeTables(people: people, recipients: recipients, seed: seed, today: SystemClock().now().date)
        let mended = "\(folder)/改好的"
        do { try FileManager.default.createDirectory(atPath: mended, withIntermediateDirectories: true) } catch {
            throw Refusal.absent("建不了文件夹 \(folder)，请核对路径和权限")
        }
        for table in tables.all {
            try save(table, table.rows, in: folder)
            if table.isFaulty { try save(table, table.mended, in: mended) }
        }
        try place.console.save(guide(tables), to: "\(folder)/说明.txt")
        place.console.line("已写到 \(folder)：人员 \(tables.people) 人，家庭 \(tables.households) 户，在保户 \(tables.recipients) 户；哪些行故意有错，见 \(folder)/说明.txt")
    }

    private func save(_ table: PracticeTable, _ rows: [[String]], in folder: String) throws {
        let path = "\(folder)/\(table.title).\(table.format.ending)"
        guard table.format != .spreadsheet else {
            let writer = try SpreadsheetWriter(title: table.title, columns: table.headings.map { SpreadsheetColumn($0) })
            for row in rows { try writer.add(row: row.map { $0.isEmpty ? .empty : .text($0) }) }
            return try writer.finish(to: path, lastLine: "")
        }
        var encoder = CSVEncoder(byteOrderMark: table.format == .utf8)
        let bytes = ([table.headings] + rows).flatMap { encoder.row($0) }
        let isPlain = table.format == .utf8
        try Data(isPlain ? bytes : try TextEncoding.gb18030.encode(String(decoding: bytes, as: UTF8.self))).write(to: URL(fileURLWithPath: path))
    }

    private func guide(_ tables: PracticeTables) -> String {
        let parts = tables.all.map { table in
            ["", "\(table.title).\(table.format.ending)：\(table.mended.count) 行"] + (table.remark.isEmpty ? [] : ["  " + table.remark]) + table.notes.map { "  " + $0 }
        }
        return (["练习表：人、号码、账号都是虚构的，身份号码的地址码以 0001 开头，现实中没有这样的地方。", "按文件名的顺序导入。下面列出的各处是故意写错的；「改好的」文件夹里是改正后的同一张表。"]
            + parts.flatMap(\.self)).joined(separator: "\r\n") + "\r\n"
    }
}

/// `minzheng demo`: a whole city, or tables to import.
struct DemoCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "示范数据：虚构的城市，或练习导入用的表格", subcommands: [MakeDemo.self, DemoSpreadsheets.self], defaultSubcommand: MakeDemo.self)
}
