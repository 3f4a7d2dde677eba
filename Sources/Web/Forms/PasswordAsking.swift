import Commons
import Cryptography
import Hummingbird
import Kernel
import Storage
import Values

/// 登录口的几项。What an act is told by the door and never by a form: the hash of a new password, the proof that the present one
/// was typed again, and which session it is.
enum PasswordAsking {
    static let field = "_password"
    static let currentField = "_current_password"
    static let hashTerm = "password_hash"
    static let proofTerm = Term<String>.currentPassword.name
    static let sessionTerm = "own_session"
    static let hint = PasswordRule.hint

    /// Puts what the door knows in place of what a form may have carried there.
    static func answer(_ form: SentForm, _ outline: Outline, into values: inout RawFields, for act: ID<JournalEntry>, _ desk: DoorDesk) async throws -> [Refusal.Problem] {
        var problems: [Refusal.Problem] = []
        desk.tellSession(outline, &values)
        if outline.asksForCurrentPassword { problems += try await prove(form, into: &values, for: act, desk) }
        if outline.asksForPassword { problems += try await hash(form, into: &values, desk) }
        return problems
    }

    private static func prove(_ form: SentForm, into values: inout RawFields, for act: ID<JournalEntry>, _ desk: DoorDesk) async throws -> [Refusal.Problem] {
        values[proofTerm] = nil
        guard let current = form.text(currentField), !current.isEmpty else { return [.init([currentField], "请填写现在的密码")] }
        do {
            values[proofTerm] = .typed(try await desk.services.accounts.proof(current, of: desk.session.actor, for: act, from: desk.caller))
            return []
        } catch let refusal as Refusal where refusal.kind == .invalid {
            return [.init([currentField], refusal.message)]
        }
    }

    private static func hash(_ form: SentForm, into values: inout RawFields, _ desk: DoorDesk) async throws -> [Refusal.Problem] {
        values[hashTerm] = nil
        let password = form.text(field) ?? "", username = try await desk.username(values)
        if let problem = PasswordRule.problem(of: password, username: username) { return [.init([field], problem)] }
        values[hashTerm] = .typed(try await PasswordHash.make(password))
        return []
    }
}

/// Who stands at the door with a form in hand.
struct DoorDesk: Sendable {
    let services: Services
    let session: Session
    let caller: Caller

    func tellSession(_ outline: Outline, _ values: inout RawFields) {
        if outline.asksForSession { values[PasswordAsking.sessionTerm] = .typed(session.id.text) }
    }

    /// Whose password is set: the new account's, the named account's, or one's own.
    func username(_ values: RawFields) async throws -> String? {
        if let username = values.text("username") { return username }
        let id = values.text("user") ?? session.actor.user.text
        return try await services.counter.database.read { try $0.value("SELECT username FROM user_account WHERE id = \(id)") }
    }
}

extension Outline {
    var asksForPassword: Bool { self[PasswordAsking.hashTerm]?.origin == .carried }
    var asksForCurrentPassword: Bool { self[PasswordAsking.proofTerm]?.origin == .carried }
    var asksForSession: Bool { self[PasswordAsking.sessionTerm]?.origin == .carried }
}
