import Foundation
import Hummingbird
import Kernel
import Values

/// 请求内容。A JSON body within its limit, as named values that the outline knows.
extension Request {
    /// Two million bytes: a household with every income in it takes a hundredth of that.
    static let largestJSON = 2_000_000

    /// - Throws: 415 for another type, 413 over the limit, 400 for what isn't JSON.
    func json() async throws -> JSON {
        let type = headers[.contentType]?.split(separator: ";").first?.trimmingCharacters(in: .whitespaces).lowercased()
        guard type == "application/json" else {
            throw APIProblem(.unsupportedMediaType, .invalid("请求内容的类型应为 application/json，请设置 Content-Type"))
        }
        let bytes = try await bytes()
        do { return try JSON(parsing: bytes) } catch { throw APIProblem(.badRequest, error) }
    }

    /// - Throws: 422 with every name the outline doesn't know.
    func fields(for outline: Outline) async throws -> RawFields {
        let fields = try await json().rawFields()
        let misfits = outline.misfits(in: fields)
        guard misfits.isEmpty else { throw Refusal.faults(misfits) }
        return fields
    }

    private func bytes() async throws -> [UInt8] {
        var collected: [UInt8] = []
        for try await part in body {
            guard collected.count + part.readableBytes <= Self.largestJSON else { throw Refusal.tooLarge("请求内容超过 2 MB，请分几次提交；附件请先上传") }
            collected += Array(buffer: part)
        }
        return collected
    }
}
