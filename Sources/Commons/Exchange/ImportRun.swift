import Kernel
import Values

/// 一次导入。One table on its way in: who brought it, how far it came, what was found, who let it in.
public struct ImportRun: Versioned, Placed {
    public let id: ID<ImportRun>
    /// The importer's name.
    public let importer: String
    public let filename: String
    public let digest: String
    public let bytes: Int
    public let region: RegionCode
    public let uploadedBy: ID<Actor>
    public let uploader: String
    public let uploadedAt: Instant
    public var state: ImportState
    public var columns: [ImportColumn]
    public var progress: Int
    public var right: Int
    public var wrong: Int
    public var duplicate: Int
    public var present: Int
    /// 只导入正确的行。
    public var isPartial: Bool
    /// The last line that entered or was taken back.
    public var cursor: Int
    public var entered: Int
    public var changed: Int
    public var skipped: Int
    public var confirmer: String?
    public var confirmedBy: ID<Actor>?
    public var confirmedAt: Instant?
    /// The act of letting it in: the cause of every slice.
    public var confirmation: ID<JournalEntry>?
    public var withdrawn: Int
    public var left: Int
    public var note: String?
    /// What stopped the work; it goes on when somebody says so.
    public var halted: String?
    public var version: Int

    public static let table = "import_run"
    public static let title = "导入"
    public static let shape = Shape<ImportRun> {
        Field(.id, \.id)
        Field(.importer, \.importer)
        Field(.filename, \.filename)
        Field(.hash, \.digest)
        Field(.bytes, \.bytes)
        Field(.region, \.region)
        Field(.uploadedBy, \.uploadedBy)
        Field(.uploader, \.uploader)
        Field(.uploadedAt, \.uploadedAt)
        Field(.importState, \.state)
        Each(.importColumns, \.columns, table: "import_column")
        Field(.progress, \.progress)
        Field(.rowsRight, \.right)
        Field(.rowsWrong, \.wrong)
        Field(.rowsDuplicate, \.duplicate)
        Field(.rowsPresent, \.present)
        Field(.isPartial, \.isPartial)
        Field(.cursorLine, \.cursor)
        Field(.entered, \.entered)
        Field(.changed, \.changed)
        Field(.skipped, \.skipped)
        Field(.confirmer, \.confirmer)
        Field(.confirmedBy, \.confirmedBy)
        Field(.confirmedAt, \.confirmedAt)
        Field(.confirmation, \.confirmation)
        Field(.withdrawn, \.withdrawn)
        Field(.leftOver, \.left)
        Field(.importNote, \.note)
        Field(.halted, \.halted)
        Field(.version, \.version)
    }

    public init(from reading: Reading<ImportRun>) throws(Refusal) {
        id = try reading(.id)
        importer = try reading(.importer)
        filename = try reading(.filename)
        digest = try reading(.hash)
        bytes = try reading(.bytes)
        region = try reading(.region)
        uploadedBy = try reading(.uploadedBy)
        uploader = try reading(.uploader)
        uploadedAt = try reading(.uploadedAt)
        state = try reading(.importState)
        columns = try reading(.importColumns)
        progress = try reading(.progress)
        right = try reading(.rowsRight)
        wrong = try reading(.rowsWrong)
        duplicate = try reading(.rowsDuplicate)
        present = try reading(.rowsPresent)
        isPartial = try reading(.isPartial)
        cursor = try reading(.cursorLine)
        entered = try reading(.entered)
        changed = try reading(.changed)
        skipped = try reading(.skipped)
        confirmer = try reading(.confirmer)
        confirmedBy = try reading(.confirmedBy)
        confirmedAt = try reading(.confirmedAt)
        confirmation = try reading(.confirmation)
        withdrawn = try reading(.withdrawn)
        left = try reading(.leftOver)
        note = try reading(.importNote)
        halted = try reading(.halted)
        version = try reading(.version)
    }

    init(_ id: ID<ImportRun>, of importer: any Importing.Type, _ upload: ImportUpload, _ columns: [ImportColumn], by actor: Actor, at now: Instant) {
        self.id = id
        self.importer = importer.name
        filename = upload.filename
        digest = upload.digest
        bytes = upload.bytes
        region = actor.region
        uploadedBy = actor.user
        uploader = actor.name
        uploadedAt = now
        state = .mapping
        self.columns = columns
        (progress, right, wrong, duplicate, present, isPartial, cursor, entered, changed, skipped, withdrawn, left) = (0, 0, 0, 0, 0, false, 0, 0, 0, 0, 0, 0)
        (confirmer, confirmedBy, confirmedAt, confirmation, note, halted) = (nil, nil, nil, nil, nil, nil)
        version = 1
    }

    public var link: String { "/exchange/imports/\(id.text)" }
    /// Every row that was found to be there or right.
    public var acceptable: Int { right + present }
    public var total: Int { right + wrong + duplicate + present }
    var batch: ImportBatch { ImportBatch(id) }
}

/// 列的对应。One column of the file, and the term it holds.
public struct ImportColumn: Entry, Hashable {
    public let key: String
    public let heading: String
    /// The term's name; nil for a column that isn't imported.
    public let field: String?

    public static let shape = Shape<ImportColumn> {
        Field(.heading, \.heading)
        Field(.mappedField, \.field)
    }

    public init(from reading: Reading<ImportColumn>) throws(Refusal) {
        key = reading.key
        heading = try reading(.heading)
        field = try reading(.mappedField)
    }

    public init(_ number: Int, _ heading: String, _ field: String?) {
        key = "c\(number)"
        self.heading = heading.isEmpty ? "（第 \(number) 列没有列名）" : String(heading.prefix(60))
        self.field = field
    }
}

/// 导入的状态。
public enum ImportState: String, CodeList {
    case mapping, checking, checked, promoting, promoted, undoing, undone, cancelled, unreadable

    public var label: String {
        switch self {
        case .mapping: "待对应列"
        case .checking: "核对中"
        case .checked: "已核对，待确认"
        case .promoting: "导入中"
        case .promoted: "已导入"
        case .undoing: "撤销中"
        case .undone: "已撤销"
        case .cancelled: "已取消"
        case .unreadable: "读不了"
        }
    }

    /// Somebody at the back is at it.
    public var isAtWork: Bool { self == .checking || self == .promoting || self == .undoing }
}
