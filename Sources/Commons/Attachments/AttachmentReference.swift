import Kernel
import Values

/// 附件的引用。A field that asks for a document: the form uploads it, the act carries only its id.
public struct AttachmentReference: FieldValue {
    public let id: ID<Attachment>

    public init(_ id: ID<Attachment>) { self.id = id }

    public static var kind: FieldKind { .attachment }
    public static var maximumLength: Int { 40 }
    public init(typed text: String) throws(Refusal) { id = try ID(typed: text) }
    public var typed: String { id.typed }
    public init(stored: StoredValue) throws(Refusal) { id = try ID(stored: stored) }
    public var stored: StoredValue { id.stored }
}
