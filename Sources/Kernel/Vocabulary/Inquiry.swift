import Values

/// 试算、查询。A question that is answered and not stored: the same rules as the act, without its consequences.
public protocol Inquiry: Shaped {
    associatedtype Answer: Shaped
    static var title: String { get }
    static var name: String { get }
    static var guidance: String { get }
    static var roles: Set<Role> { get }
    func answer(at reader: Reader) throws -> Answer
}

extension Inquiry {
    public static var name: String { kebab(String(describing: Self.self)) }
    public static var guidance: String { "" }
    public static var roles: Set<Role> { .everyone }
}

/// An inquiry without its type.
public struct AnyInquiry: Sendable {
    public let name: String
    public let title: String
    public let guidance: String
    public let roles: Set<Role>
    public let outline: Outline
    public let answerOutline: Outline
    /// Question in, answer out, both raw.
    public let answer: @Sendable (RawFields, Reader) throws -> RawFields
    /// Reads the question and writes it again: fields and initialiser agree where nothing is lost or moved.
    let reread: @Sendable (RawFields) throws -> RawFields

    init<I: Inquiry>(_ type: I.Type) {
        name = I.name
        title = I.title
        guidance = I.guidance
        roles = I.roles
        outline = I.shape.outline
        answerOutline = I.Answer.shape.outline
        reread = { try I.read($0).raw }
        answer = { raw, reader in try I.read(raw).answer(at: reader).raw }
    }
}
