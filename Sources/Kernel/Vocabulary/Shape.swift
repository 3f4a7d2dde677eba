import Synchronization
import Values

/// A type made of named values. Forms, JSON, SQL rows, spreadsheets and OpenAPI all come from its shape.
public protocol Shaped: Sendable {
    static var shape: Shape<Self> { get }
    init(from reading: Reading<Self>) throws(Refusal)
}

/// The named values a type is made of, in the order people meet them.
public final class Shape<Root>: Sendable {
    public let fields: [Field<Root>]
    // Every value that passes is read and written through these: a field as a whole is much to copy each time.
    private let names: [String]
    private let checks: [Field<Root>.Check]
    private let writers: [@Sendable (Root) -> Raw]
    /// Set once a record of this shape has been read or written.
    let table = AtomicLazyReference<RecordTable>()

    public init(@ShapeBuilder<Root> _ fields: () -> [Field<Root>]) {
        self.fields = fields()
        names = self.fields.map { $0.name }
        checks = self.fields.map { $0.check }
        writers = self.fields.map { $0.write }
    }

    /// What the shape looks like to someone who doesn't know the type.
    public var outline: Outline { Outline(fields: fields.map(\.outline)) }

    /// Every fault in `raw`, so that a form can show them all at once.
    public func problems(in raw: RawFields, at path: [String] = []) -> [Refusal.Problem] {
        var problems: [Refusal.Problem] = []
        for (name, check) in zip(names, checks) { problems += check(raw[name]) { path + [name] } }
        return problems
    }

    /// The machine's face of a value, for JSON and SQL.
    public func raw(_ root: Root) -> RawFields {
        RawFields(names: names, writers.map { $0(root) })
    }
}

extension Shaped {
    /// Reads a whole value, or refuses with every faulty field named.
    public static func read(_ raw: RawFields, key: String = "") throws(Refusal) -> Self {
        let problems = shape.problems(in: raw)
        guard problems.isEmpty else { throw .faults(problems) }
        return try Self(from: Reading(raw, key: key))
    }

    public var raw: RawFields { Self.shape.raw(self) }
}

extension Refusal {
    /// Several fields at once: 「有 3 处需要改正」.
    public static func faults(_ problems: [Problem]) -> Refusal {
        let message = problems.count == 1 ? problems[0].message : "有 \(problems.count) 处需要改正，已填内容都保留着"
        return Refusal(.invalid, message, problems: problems)
    }
}

@resultBuilder
public enum ShapeBuilder<Root> {
    public static func buildExpression(_ field: Field<Root>) -> [Field<Root>] { [field] }
    public static func buildExpression(_ fields: [Field<Root>]) -> [Field<Root>] { fields }
    public static func buildBlock(_ parts: [Field<Root>]...) -> [Field<Root>] { parts.flatMap { $0 } }
}

/// What a field looks like to forms, JSON schemas and spreadsheets.
public struct FieldOutline: Sendable, Hashable {
    public let name: String
    public let label: String
    public let hint: String?
    public let isRequired: Bool
    public let origin: TermOrigin
    public let content: Content
    public let nature: Nature

    /// What a value is beyond its control: schemas give it a format, interfaces mask what is sealed.
    public enum Nature: Sendable, Hashable { case plain, identifier, region, instant, sealed }

    public indirect enum Content: Sendable, Hashable {
        /// One value, its control and the most characters that may be typed.
        case value(FieldKind, maximumLength: Int)
        /// Several values that belong together.
        case group(Outline)
        /// A repeated group: rows that people add and remove.
        case rows(Outline)
    }
}

/// A shape without its type.
public struct Outline: Sendable, Hashable {
    public let fields: [FieldOutline]
    public init(fields: [FieldOutline]) { self.fields = fields }

    public subscript(name: String) -> FieldOutline? { fields.first { $0.name == name } }

    /// Names in `raw` that the shape doesn't know, as problems: an interface must not swallow what it was told.
    public func unknown(in raw: RawFields, at path: [String] = []) -> [Refusal.Problem] {
        raw.names.sorted().flatMap { name -> [Refusal.Problem] in
            let here = path + [name]
            guard let field = self[name] else { return [.init(here, "没有「\(name)」这一项，请核对接口文档")] }
            switch (field.content, raw[name]) {
            case (.group(let outline), .group(let fields)): return outline.unknown(in: fields, at: here)
            case (.rows(let outline), .rows(let rows)): return rows.flatMap { outline.unknown(in: $0.fields, at: here + [$0.key]) }
            default: return []
            }
        }
    }
}
