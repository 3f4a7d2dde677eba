import Cryptography
import Kernel
import Values

/// 密码的受理。A form never carries a hash: it asks for the password, and the door hashes it before anything else sees it.
enum PasswordAsking {
    static let field = "_password"
    static let hashTerm = "password_hash"
    static let shortest = 10
    static let hint = "至少 \(shortest) 个字符；只在这里填一次，系统只留存摘要"

    /// Puts the hash in place of what a form may have carried there.
    static func answer(_ form: SentForm, into values: inout RawFields) async throws -> [Refusal.Problem] {
        let password = form.text(field) ?? ""
        values[hashTerm] = nil
        guard (shortest ... 200).contains(password.count) else { return [.init([field], "密码须为 \(shortest) 至 200 个字符，请重新填写")] }
        values[hashTerm] = .typed(try await PasswordHash.make(password))
        return []
    }
}

extension Outline {
    var asksForPassword: Bool { self[PasswordAsking.hashTerm]?.origin == .carried }
}
