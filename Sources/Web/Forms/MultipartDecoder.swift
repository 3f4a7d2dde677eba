import Hummingbird
import Values

/// Decodes `multipart/form-data` (RFC 7578) as it arrives, holding no more than one file and the limits of a text.
struct MultipartDecoder {
    private var form = SentForm()
    /// CR LF, two dashes and the boundary.
    private let delimiter: [UInt8]
    /// What has come and cannot be judged yet. It begins with CR LF, so that the first boundary is found like any other.
    private var pending: [UInt8] = [13, 10]
    private var state = State.beforeFirst
    private var part: Part?

    private enum State { case beforeFirst, afterDelimiter, inHeaders, inBody, atEnd }

    /// Takes the content of a file instead of keeping it.
    private let sink: FileSink?

    private struct Part {
        let name: String
        /// nil for a text.
        let filename: String?
        let textBytes: Int
        var sink: FileSink?
        var content: [UInt8] = []
        var isWhole = true

        mutating func take(_ bytes: ArraySlice<UInt8>) {
            if let sink { return sink.take(bytes) }
            let room = (filename == nil ? textBytes : FormLimits.fileBytes) - content.count
            content.append(contentsOf: bytes.prefix(room))
            if bytes.count > room { isWhole = false }
        }
    }

    private let textBytes: Int

    init(contentType: String, textBytes: Int = FormLimits.textBytes, into sink: FileSink? = nil) throws(Refusal) {
        (self.sink, self.textBytes) = (sink, textBytes)
        guard let boundary = Self.parameter("boundary", in: contentType), !boundary.isEmpty, boundary.utf8.count <= 70 else { throw Self.broken }
        delimiter = [13, 10, 45, 45] + Array(boundary.utf8)
    }

    mutating func take(_ chunk: ByteBuffer) throws(Refusal) {
        pending.append(contentsOf: chunk.readableBytesView)
        while try step() {}
    }

    /// - Throws: `.invalid` when the end is missing: the connection broke off.
    mutating func finished() throws(Refusal) -> SentForm {
        guard state == .atEnd else { throw Self.broken }
        return form
    }

    static let broken = Refusal.invalid("表单内容残缺，可能是上传中断了，请重新提交")

    /// Takes one step through what is pending.
    /// - Returns: whether there may be another.
    private mutating func step() throws(Refusal) -> Bool {
        switch state {
        case .beforeFirst, .inBody: return try takeBody()
        case .afterDelimiter: return try takeDelimiterEnd()
        case .inHeaders: return try takeHeaders()
        case .atEnd:
            pending.removeAll()
            return false
        }
    }

    private mutating func takeBody() throws(Refusal) -> Bool {
        guard let start = pending.firstPosition(of: delimiter) else {
            let safe = max(0, pending.count - delimiter.count + 1)
            part?.take(pending[..<safe])
            pending.removeFirst(safe)
            return false
        }
        part?.take(pending[..<start])
        pending.removeFirst(start + delimiter.count)
        try endPart()
        state = .afterDelimiter
        return true
    }

    private mutating func takeDelimiterEnd() throws(Refusal) -> Bool {
        guard pending.count >= 2 else { return false }
        let isLast = pending.starts(with: [45, 45])
        guard isLast || pending.starts(with: [13, 10]) else { throw Self.broken }
        if isLast { state = .atEnd; return true }
        // The CR LF stays: headers may be none, and then the blank line begins with it.
        state = .inHeaders
        return true
    }

    private mutating func takeHeaders() throws(Refusal) -> Bool {
        guard let end = pending.firstPosition(of: [13, 10, 13, 10]) else {
            guard pending.count < 8_192 else { throw Self.broken }
            return false
        }
        part = try Self.part(String(decoding: pending[..<end], as: UTF8.self), textBytes: textBytes)
        if let sink, let filename = part?.filename, part?.name == sink.field {
            sink.filename = filename
            part?.sink = sink
        }
        pending.removeFirst(end + 4)
        // So that a part without content still ends at CR LF and the boundary.
        state = .inBody
        return true
    }

    private static func part(_ headers: String, textBytes: Int) throws(Refusal) -> Part {
        let lines = headers.split(whereSeparator: \.isNewline)
        guard let disposition = lines.first(where: { $0.lowercased().hasPrefix("content-disposition:") }),
              let name = parameter("name", in: disposition), !name.isEmpty, name.utf8.count <= FormLimits.nameBytes
        else { throw broken }
        return Part(name: name, filename: parameter("filename", in: disposition), textBytes: textBytes)
    }

    /// `name="…"` in a header; browsers write a quote inside as `%22`.
    private static func parameter(_ name: String, in header: some StringProtocol) -> String? {
        for piece in header.split(separator: ";").dropFirst() {
            let pair = piece.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, pair[0].trimmed.lowercased() == name else { continue }
            let value = pair[1].trimmed
            return value.hasPrefix("\"") ? String(value.dropFirst().prefix { $0 != "\"" }).replacing("%22", with: "\"") : value
        }
        return nil
    }

    private mutating func endPart() throws(Refusal) {
        guard let part else { return }
        self.part = nil
        guard let filename = part.filename else {
            return try form.add(part.name, String(decoding: part.content, as: UTF8.self), isWhole: part.isWhole)
        }
        guard part.sink == nil else { return }
        // A file box left empty.
        if filename.isEmpty, part.content.isEmpty { return }
        let last = filename.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? "附件"
        try form.add(SentFile(name: part.name, filename: last, content: part.content, isWhole: part.isWhole))
    }
}

/// 边收边存。One file field whose content is handed on as it comes. Lives in one request.
final class FileSink {
    let field: String
    var filename = ""
    /// What handing on met; nothing more is handed on after it.
    private(set) var error: (any Error)?
    /// The rest of the form is read all the same: what was typed in it isn't lost with the file.
    let goesOn: Bool
    private let handOn: (ArraySlice<UInt8>) throws -> Void

    init(_ field: String, goesOn: Bool = false, _ handOn: @escaping (ArraySlice<UInt8>) throws -> Void) {
        self.field = field
        self.goesOn = goesOn
        self.handOn = handOn
    }

    func take(_ bytes: ArraySlice<UInt8>) {
        guard error == nil else { return }
        do { try handOn(bytes) } catch { self.error = error }
    }
}

extension StringProtocol {
    fileprivate var trimmed: String {
        String(drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}

extension [UInt8] {
    /// Where another sequence first stands in this one.
    func firstPosition(of other: [UInt8]) -> Int? {
        guard let first = other.first else { return nil }
        return withUnsafeBufferPointer { here in
            other.withUnsafeBufferPointer { sought in
                for start in stride(from: 0, through: here.count - sought.count, by: 1) where here[start] == first {
                    var length = 1
                    while length < sought.count, here[start + length] == sought[length] { length += 1 }
                    if length == sought.count { return start }
                }
                return nil
            }
        }
    }
}
