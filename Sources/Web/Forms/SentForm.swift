import HTTPTypes
import Hummingbird
import Values

/// 提交的表单。Named texts and files, as a browser sent them, within limits that hold whatever is sent.
struct SentForm: Sendable {
    /// In the order in which they came.
    private(set) var names: [String] = []
    private var texts: [String: String] = [:]
    private(set) var files: [SentFile] = []
    /// Fields whose text was longer than any field may be; its beginning was kept.
    private(set) var overlong: Set<String> = []

    func text(_ name: String) -> String? { texts[name] }
    func has(_ name: String) -> Bool { texts[name] != nil }

    /// - Throws: `.invalid` when the field was sent before.
    mutating func add(_ name: String, _ text: String, isWhole: Bool) throws(Refusal) {
        guard texts[name] == nil else { throw .invalid("同一项提交了两次（\(name.prefix(60))），请返回上一页，刷新后再提交") }
        guard names.count < FormLimits.fields else { throw .tooLarge("表单的项目太多，请减少行数，分几次提交") }
        names.append(name)
        texts[name] = text
        if !isWhole { overlong.insert(name) }
    }

    mutating func add(_ file: SentFile) throws(Refusal) {
        guard files.count < FormLimits.files else { throw .tooLarge("一次最多上传 \(FormLimits.files) 个文件，请分几次提交") }
        files.append(file)
    }
}

/// 上传的文件。
struct SentFile: Sendable {
    /// The field's name, e.g. `documents.d1.file._file`.
    let name: String
    let filename: String
    let content: [UInt8]
    /// The file went on beyond the limit; its beginning was kept.
    let isWhole: Bool
}

/// 表单限量。
enum FormLimits {
    static let fields = 5_000
    static let files = 20
    static let nameBytes = 300
    /// More than any field may hold, but for those that take whole documents.
    static let textBytes = 65_536
    static let fileBytes = 10 << 20
    /// A name of 10 MB in Chinese, every byte escaped, still gets its message at its field.
    static let bodyBytes = 64 << 20
    /// From somebody nobody knows yet: a name and a password.
    static let strangerBytes = 64 << 10
}

extension SentForm {
    /// Reads a form as it arrives; what is too long is passed over, not kept.
    /// - Throws: `.invalid` when it is no form, `.tooLarge` when the whole of it is too large.
    ///
    /// - Parameter textBytes: the longest text of a field; one that takes whole documents says so.
    init(_ request: Request, atMost limit: Int = FormLimits.bodyBytes, textBytes: Int = FormLimits.textBytes, into sink: FileSink? = nil) async throws {
        let type = request.headers[.contentType] ?? "", body = request.body
        if let length = request.headers[.contentLength].flatMap(Int.init), length > limit { throw Self.tooLarge }
        if type.lowercased().hasPrefix("multipart/form-data") {
            var decoder = try MultipartDecoder(contentType: type, textBytes: textBytes, into: sink)
            try await Self.each(body, atMost: limit) { chunk in
                try decoder.take(chunk)
                if let sink, !sink.goesOn, let error = sink.error { throw error }
            }
            self = try decoder.finished()
        } else {
            guard type.isEmpty || type.lowercased().hasPrefix("application/x-www-form-urlencoded") else {
                throw Refusal.invalid("提交的不是表单，请从页面上提交")
            }
            var decoder = URLEncodedDecoder(textBytes: textBytes)
            try await Self.each(body, atMost: limit) { try decoder.take($0) }
            self = try decoder.finished()
        }
    }

    private static let tooLarge = Refusal.tooLarge("提交的内容太大，请压缩附件或分几次提交")

    private static func each(_ body: RequestBody, atMost limit: Int, _ take: (ByteBuffer) throws -> Void) async throws {
        var total = 0
        for try await chunk in body {
            total += chunk.readableBytes
            guard total <= limit else { throw tooLarge }
            try take(chunk)
        }
    }
}
