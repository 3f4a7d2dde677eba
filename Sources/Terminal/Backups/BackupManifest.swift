import Kernel
import Values

/// 备份清单。What a backup is and what must be in it; written last.
struct BackupManifest: Hashable {
    static let filename = "manifest.json", format: Int64 = 1

    let madeAt: Instant
    /// The last migration of each owner.
    let schema: [String: Int]
    let journal: JournalState
    /// Rows of every table.
    let rows: [String: Int]
    /// How many sealed values and files rest under each key: these keys are needed, and are not here.
    let keys: [String: Int]
    let database: KeptFile
    /// The list of attachments, itself a file.
    let list: KeptFile
    let attachments: Int

    struct JournalState: Hashable {
        let blocks: Int, head: String, unsealed: Int

        fileprivate var json: JSON {
            .object([.init("blocks", .integer(Int64(blocks))), .init("head", .string(head)), .init("unsealed", .integer(Int64(unsealed)))])
        }
    }

    /// SHA-256 in hexadecimal.
    struct KeptFile: Hashable {
        let name: String, bytes: Int, digest: String
    }
}

extension BackupManifest {
    var text: String {
        JSON.object([
            .init("format", .integer(Self.format)), .init("made_at", .string(madeAt.typed)), .init("schema", Self.json(schema)),
            .init("journal", journal.json),
            .init("keys", Self.json(keys)), .init("attachments", .integer(Int64(attachments))),
            .init("database", database.json), .init("list", list.json), .init("rows", Self.json(rows)),
        ]).indentedText
    }

    private static func json(_ counts: [String: Int]) -> JSON { .object(counts.sorted { $0.key < $1.key }.map { .init($0.key, .integer(Int64($0.value))) }) }

    /// - Throws: `.invalid` when the text is no manifest, or one of a later program.
    init(parsing text: String) throws(Refusal) {
        let json = try JSON(parsing: text)
        guard json["format"]?.number == Int(Self.format) else { throw .invalid("备份清单的格式不认识，请用做这份备份的程序或更新的程序") }
        guard let madeAt = json["made_at"]?.string.flatMap({ try? Instant(typed: $0) }), let journal = json["journal"], let blocks = journal["blocks"]?.number,
              let head = journal["head"]?.string, let unsealed = journal["unsealed"]?.number, let attachments = json["attachments"]?.number,
              let database = KeptFile(json["database"]), let list = KeptFile(json["list"])
        else { throw .invalid("备份清单不完整，这份备份不能使用") }
        self.madeAt = madeAt
        schema = Self.counts(json["schema"])
        self.journal = JournalState(blocks: blocks, head: head, unsealed: unsealed)
        rows = Self.counts(json["rows"])
        keys = Self.counts(json["keys"])
        self.database = database
        self.list = list
        self.attachments = attachments
    }

    private static func counts(_ json: JSON?) -> [String: Int] {
        guard case .object(let members)? = json else { return [:] }
        return Dictionary(members.compactMap { member in member.value.number.map { (member.name, $0) } }, uniquingKeysWith: { first, _ in first })
    }
}

extension BackupManifest.KeptFile {
    fileprivate var json: JSON { .object([.init("name", .string(name)), .init("bytes", .integer(Int64(bytes))), .init("sha256", .string(digest))]) }

    fileprivate init?(_ json: JSON?) {
        guard let name = json?["name"]?.string, let bytes = json?["bytes"]?.number, let digest = json?["sha256"]?.string else { return nil }
        self.init(name: name, bytes: bytes, digest: digest)
    }
}

extension JSON {
    fileprivate var number: Int? { if case .integer(let number) = self { Int(number) } else { nil } }
    fileprivate var string: String? { if case .string(let text) = self { text } else { nil } }
}

/// 附件清单。One line a file: SHA-256 of the sealed file, bytes, when it was last written (nanoseconds), its name in the data folder.
struct AttachmentList: Hashable {
    static let filename = "attachments.txt"
    var entries: [Entry]

    struct Entry: Hashable, Sendable {
        let digest: String, bytes: Int, writtenAt: Int, name: String
    }

    init(_ entries: [Entry]) { self.entries = entries }

    var text: String { entries.map { "\($0.digest) \($0.bytes) \($0.writtenAt) \($0.name)\n" }.joined() }

    /// - Throws: `.invalid`, naming the line.
    init(parsing text: String) throws(Refusal) {
        entries = []
        for (number, line) in text.split(separator: "\n").enumerated() {
            let parts = line.split(separator: " ")
            guard parts.count == 4, parts[0].count == 64, let bytes = Int(parts[1]), let writtenAt = Int(parts[2]) else {
                throw .invalid("附件清单第 \(number + 1) 行有误，这份备份不能使用")
            }
            entries.append(Entry(digest: String(parts[0]), bytes: bytes, writtenAt: writtenAt, name: String(parts[3])))
        }
    }
}
