import Kernel
import Values

/// 附件引用。A field that is answered with a file: the id of an attachment stored beforehand.
public struct Enclosure: FieldValue {
    public let id: ID<Attachment>

    public init(_ id: ID<Attachment>) { self.id = id }

    public static var kind: FieldKind { .attachment }
    public static var maximumLength: Int { 40 }

    public init(typed text: String) throws(Refusal) {
        guard let id = ID<Attachment>(rawValue: text) else { throw .invalid("附件没有上传成功，请重新选择文件") }
        self.id = id
    }

    public var typed: String { id.text }
    public init(stored: StoredValue) throws(Refusal) { id = try ID(stored: stored) }
    public var stored: StoredValue { id.stored }
}
