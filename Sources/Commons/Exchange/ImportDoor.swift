import Kernel
import Storage
import Values

/// 导入的门口。What faces call: taking in a file, the faults beside its rows, the template.
extension ImportRoom {
    /// Takes in a file and enters that it came. Sent again under the same act, at whatever node, it is the same import.
    /// - Parameter fill: writes the content as it arrives, and says what the file is called.
    public func take(_ importer: String, act: ID<JournalEntry>? = nil, as actor: Actor,
                     _ fill: (SealedFileWriter) async throws -> String) async throws -> (run: ID<ImportRun>, receipt: Receipt) {
        let kind = try self.importer(importer)
        guard kind.uploaders.contains(actor.role) else { throw Refusal.forbidden("「上传\(kind.title)表」由\(kind.uploaders.labels)办理，您的岗位是\(actor.role.label)") }
        let now = counter.clock.now(), act = act ?? .make(at: now), id: ID<ImportRun> = .make(at: now)
        let writer = try receive(id)
        do {
            let filename = String(try await fill(writer).suffix(120))
            let digest = try writer.finish()
            if let known = try await taken(importer, filename, digest, by: act, as: actor) {
                try await discard(id)
                return known
            }
            let headings = try tables.open(writer.file, named: filename).headings
            try await shelve(id, writer.file)
            let upload = ImportUpload(filename: filename, digest: digest, bytes: writer.bytes, headings: headings)
            do {
                return (id, try await begin(id, importer, upload, act, as: actor))
            } catch {
                // The same may have come in at another node meanwhile.
                guard let known = try await taken(importer, filename, digest, by: act, as: actor) else { throw error }
                try await discard(id)
                return known
            }
        } catch StorageError.connection(let detail) {
            // It may have been entered all the same; if not, it is swept.
            throw StorageError.connection(detail)
        } catch {
            try await discard(id)
            throw error
        }
    }

    private func begin(_ id: ID<ImportRun>, _ importer: String, _ upload: ImportUpload, _ act: ID<JournalEntry>, as actor: Actor) async throws -> Receipt {
        let values: RawFields = ["import": .stored(id.stored), "importer": .typed(importer), "filename": .typed(upload.filename)]
        return try await counter.submit(Submission("exchange.\(BeginImport.name)", id: act, values: values), as: actor, bringing: upload)
    }

    /// The import that this act has begun already, if it was with the same file by the same person.
    private func taken(_ importer: String, _ filename: String, _ digest: String, by act: ID<JournalEntry>,
                       as actor: Actor) async throws -> (run: ID<ImportRun>, receipt: Receipt)? {
        let run = try await counter.read(as: actor) { reader -> ImportRun? in
            let subject: String? = try reader.connection.value("SELECT subject FROM journal WHERE id = \(act) AND actor = \(actor.user)")
            return try subject.flatMap(ID<ImportRun>.init(rawValue:)).flatMap { try reader.first(ImportRun.self, where: "id = \($0)") }
        }
        guard let run, run.importer == importer, run.filename == filename, run.digest == digest else { return nil }
        let upload = ImportUpload(filename: filename, digest: digest, bytes: run.bytes, headings: run.columns.map(\.heading))
        return (run.id, try await begin(run.id, importer, upload, act, as: actor))
    }

    /// One fault as people read it.
    public struct FoundFault: Sendable, Hashable {
        public let line: Int, column: String, message: String
    }

    /// The first faults of a checked table.
    public func faults(of run: ImportRun, from line: Int = 0, limit: Int) async throws -> [FoundFault] {
        let labels = try labels(of: run)
        return try await withStaging(run.id) { try await $0.faults(from: line, limit: limit) }
            .map { FoundFault(line: $0.line, column: labels($0.term), message: $0.message) }
    }

    /// By the heading in the file where there is one.
    private func labels(of run: ImportRun) throws -> @Sendable (String) -> String {
        let outline = try importer(run.importer).outline
        let headings = Dictionary(run.columns.compactMap { column in column.field.map { ($0, column.heading) } }, uniquingKeysWith: { first, _ in first })
        return { headings[$0] ?? outline[$0]?.label ?? "整行" }
    }

    /// The same table with what is wrong beside each row.
    public func annotated(_ run: ImportRun) async throws -> (content: [UInt8], filename: String) {
        var byLine: [Int: [SourceFault]] = [:], next = 0
        while true {
            let found = try await faults(of: run, from: next, limit: 20_000)
            for fault in found { byLine[fault.line, default: []].append(SourceFault(fault.column, fault.message)) }
            guard found.count == 20_000, let last = found.last else { break }
            // A line's faults lie together; those of the last are read again.
            byLine[last.line] = nil
            next = last.line
        }
        let found = byLine
        return try await withUpload(run.id) { try tables.annotate($0, named: run.filename) { found[$0] ?? [] } }
    }

    public func template(_ importer: String, as format: TableFormat) throws -> [UInt8] {
        try tables.template(ImportTemplate(try self.importer(importer)), as: format)
    }
}
