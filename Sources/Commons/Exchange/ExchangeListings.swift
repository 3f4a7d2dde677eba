import Kernel
import Storage
import Values

/// 导入记录。
let imports = Listing("runs", "导入记录", of: ImportRunRow.self, sorted: [.descending(Term<ID<ImportRun>>.id)],
                      filters: [.equals(.importState), .equals(.importer)], roles: .importReaders, emptyText: "上传过的导入表会出现在这里",
                      link: { "/exchange/imports/\($0.text("id") ?? "")" }) { query in
    """
    SELECT id, importer, filename, state, rows_right + rows_present AS acceptable, rows_wrong + rows_duplicate AS faulty,
           entered, changed, skipped, uploader, uploaded_at, confirmer
    FROM import_run WHERE \(query.within("region"))
    """
}

struct ImportRunRow: Shaped {
    let id: ID<ImportRun>, importer: String, filename: String, state: ImportState, acceptable: Int, faulty: Int, entered: Int, changed: Int, skipped: Int
    let uploader: String, uploadedAt: Instant, confirmer: String?

    static let shape = Shape<ImportRunRow> {
        Field(.uploadedAt, \.uploadedAt)
        Field(.importer, \.importer)
        Field(.filename, \.filename)
        Field(.importState, \.state)
        Field(.acceptable, \.acceptable)
        Field(.faulty, \.faulty)
        Field(.entered, \.entered)
        Field(.changed, \.changed)
        Field(.skipped, \.skipped)
        Field(.uploader, \.uploader)
        Field(.confirmer, \.confirmer)
        Field(.id, \.id)
    }

    init(from reading: Reading<ImportRunRow>) throws(Refusal) {
        id = try reading(.id)
        importer = try reading(.importer)
        filename = try reading(.filename)
        state = try reading(.importState)
        acceptable = try reading(.acceptable)
        faulty = try reading(.faulty)
        entered = try reading(.entered)
        changed = try reading(.changed)
        skipped = try reading(.skipped)
        uploader = try reading(.uploader)
        uploadedAt = try reading(.uploadedAt)
        confirmer = try reading(.confirmer)
    }
}

/// 没有办成的行：entering or taking back, and why.
let importLeftovers = Listing("leftovers", "未能登记或撤回的行", of: LeftoverRow.self, sorted: [.ascending(.importOfRow), .ascending(.lineNumber)],
                              filters: [.equals(.importNumber)], roles: .importReaders, emptyText: "导入和撤销中没有办成的行会列在这里",
                              link: { "/exchange/imports/\($0.text("import_id") ?? "")" }) { query in
    """
    SELECT l.import_id AS import_id, l.line AS line, l.reason AS reason
    FROM import_leftover AS l JOIN import_run AS r ON r.id = l.import_id WHERE \(query.within("r.region"))
    """
}

struct LeftoverRow: Shaped {
    let run: ID<ImportRun>, line: Int, reason: String

    static let shape = Shape<LeftoverRow> {
        Field(.lineNumber, \.line)
        Field(.leftoverReason, \.reason)
        Field(.importOfRow, \.run)
    }

    init(from reading: Reading<LeftoverRow>) throws(Refusal) {
        run = try reading(.importOfRow)
        line = try reading(.lineNumber)
        reason = try reading(.leftoverReason)
    }
}

extension Set<Role> {
    /// Those who import, and those who look after them.
    static let importReaders: Set<Role> = .importers.union([.leader, .auditor, .securityAdministrator])
}

extension Term where Value == ID<ImportRun> {
    static var importOfRow: Term<ID<ImportRun>> { Term("import_id", "导入") }
}
extension Term where Value == Int {
    static var lineNumber: Term<Int> { Term("line", "行号") }
    static var acceptable: Term<Int> { Term("acceptable", "可导入行数") }
    static var faulty: Term<Int> { Term("faulty", "有误或重复") }
}
extension Term where Value == String {
    /// As it is typed into a filter.
    static var importNumber: Term<String> { Term("import_id", "导入编号") }
    static var leftoverReason: Term<String> { Term("reason", "原因") }
}
