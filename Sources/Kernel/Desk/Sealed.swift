import Cryptography
import Values

/// 密存的值。A value that rests encrypted and is opened row by row, by those who may.
///
/// Shape of data: text `algorithm.key.base64`. Equality of sealed values means nothing; look up by `BlindIndex`.
public struct Sealed<Value: FieldValue>: FieldValue {
    let text: String

    init(text: String) { self.text = text }

    public static var kind: FieldKind { .text }
    public static var maximumLength: Int { 4000 }
    public init(typed text: String) throws(Refusal) { throw .invalid("密存的值不能直接填写") }
    public var typed: String { "" }
    public var shown: String { "（密存）" }

    public init(stored: StoredValue) throws(Refusal) {
        guard case .text(let text) = stored else { throw .invalid("密存的值应当是文本") }
        self.text = text
    }

    public var stored: StoredValue { .text(text) }
}

/// 盲索引。Finds a sealed value by equality without opening anything.
public struct BlindIndex<Value: FieldValue>: FieldValue {
    let text: String

    init(text: String) { self.text = text }

    public static var kind: FieldKind { .text }
    public init(typed text: String) throws(Refusal) { throw .invalid("盲索引不能直接填写") }
    public var typed: String { "" }
    public var shown: String { "" }

    public init(stored: StoredValue) throws(Refusal) {
        guard case .text(let text) = stored else { throw .invalid("盲索引应当是文本") }
        self.text = text
    }

    public var stored: StoredValue { .text(text) }
}

/// A value that may be shown in part: 110***********002X.
public protocol Maskable: FieldValue {
    var masked: String { get }
    /// What `FieldMask` knows it as.
    static var identifier: Identifier { get }
}

extension Maskable {
    public static var identifier: Identifier { .credential }
}

/// A value whose stored face may not leave the house.
protocol Concealed {}

extension BlindIndex: Concealed {}

protocol AnySealed: Concealed, SendableMetatype {
    /// What `FieldMask` knows the value as.
    static var identifier: Identifier { get }
    /// Opens sealed texts of a column and gives the face that may be shown of them, or the whole.
    static func face(isWhole: Bool) -> @Sendable (String, Keyring) throws -> String
    /// The same value, sealed by the current key.
    static func reseal(_ text: String, by keyring: Keyring) throws -> String
}

extension Sealed: AnySealed {
    static var identifier: Identifier { (Value.self as? any Maskable.Type)?.identifier ?? .credential }

    static func face(isWhole: Bool) -> @Sendable (String, Keyring) throws -> String {
        let purpose = Keyring.purpose(of: Value.self)
        if isWhole { return { try $1.open($0, for: purpose) } }
        guard Value.self is any Maskable.Type else { return { _, _ in "＊＊＊" } }
        return { text, keyring in
            let value = try Value(typed: try keyring.open(text, for: purpose))
            return (value as? any Maskable)?.masked ?? "＊＊＊"
        }
    }

    static func reseal(_ text: String, by keyring: Keyring) throws -> String {
        let purpose = Keyring.purpose(of: Value.self)
        return try keyring.seal(try keyring.open(text, for: purpose), for: purpose)
    }
}

extension Keyring {
    /// The purpose binds a sealed value to its type, so that one kind can't be passed off as another.
    fileprivate static func purpose<Value: FieldValue>(of type: Value.Type) -> String { String(describing: Value.self) }

    public func seal<Value: FieldValue>(_ value: Value) throws -> Sealed<Value> {
        Sealed(text: try seal(value.typed, for: Self.purpose(of: Value.self)))
    }

    /// Opens one after another of a kind: its purpose is named once.
    public func opener<Value: FieldValue>() -> @Sendable (Sealed<Value>) throws -> Value {
        let purpose = Self.purpose(of: Value.self)
        return { try Value(typed: try self.open($0.text, for: purpose)) }
    }

    public func open<Value: FieldValue>(_ sealed: Sealed<Value>) throws -> Value {
        try Value(typed: try open(sealed.text, for: Self.purpose(of: Value.self)))
    }

    public func index<Value: FieldValue>(_ value: Value) throws -> BlindIndex<Value> {
        BlindIndex(text: try blindIndex(value.typed, for: Self.purpose(of: Value.self)))
    }
}
