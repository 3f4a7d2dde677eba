import Kernel
import Values

/// 批量办理。One act on many subjects, with values that are asked once.
///
/// Each is submitted by itself: its own permission, region, transaction and journal entry, whose cause is the id of the whole.
public struct BulkAct: Sendable, Hashable {
    /// Made by the form or the caller; repeating with it does nothing twice.
    public let id: ID<JournalEntry>
    /// `assistance.accept-application`.
    public let permission: String
    /// Where the rows were chosen, `assistance.applications`; nil from programs.
    public let listing: String?
    /// What all subjects share: everything but the subject itself.
    public let values: RawFields
    public let subjects: [BulkSubject]

    /// At once, while somebody waits; more become a job.
    public static let atOnce = 200
    public static let atMost = 2_000

    public init(_ permission: String, id: ID<JournalEntry>, listing: String? = nil, values: RawFields, subjects: [BulkSubject]) {
        self.permission = permission
        self.id = id
        self.listing = listing
        self.values = values
        self.subjects = subjects
    }

    /// The submission for one subject: repeated, it is the same.
    func submission(for subject: BulkSubject, term: String) -> Submission {
        var values = values
        values[term] = .received(.text(subject.id))
        return Submission(permission, id: id.derived(by: subject.id), values: values, version: subject.version, cause: id)
    }
}

public struct BulkSubject: Sendable, Hashable {
    public let id: String
    /// What people call it: 「DB2024-000123 试甲」.
    public let label: String
    /// As it was when it was chosen; nil where that isn't known.
    public let version: Int?

    /// What an id may look like at all, before it is written down: no control characters, no whole paragraphs.
    public static let idPattern = #"^[^\x00-\x1f\x7f-\x9f]{1,64}$"#
    var isWritable: Bool {
        (1 ... 64).contains(id.unicodeScalars.count) && id.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    }

    public init(_ id: String, label: String = "", version: Int? = nil) {
        self.id = id
        self.label = label.isEmpty ? id : label
        self.version = version
    }
}

/// 办理情况。How far a bulk came, and what became of each subject.
public struct BulkReport: Sendable, Hashable {
    public let id: ID<JournalEntry>
    public let permission: String
    public let listing: String?
    public let results: [BulkResult]

    public var waiting: Int { results.count { $0.state == .waiting } }
    public var done: Int { results.count { $0.state == .done } }
    public var refused: Int { results.count { $0.state == .refused } }
    public var isFinished: Bool { waiting == 0 }
    /// 「办成 12 件，未办成 3 件」
    public var sentence: String {
        let parts = ["办成 \(done) 件", refused > 0 ? "未办成 \(refused) 件" : nil, waiting > 0 ? "还有 \(waiting) 件未办" : nil]
        return parts.compactMap(\.self).joined(separator: "，")
    }
}

public struct BulkResult: Sendable, Hashable {
    public let subject: BulkSubject
    public var state: BulkState
    /// What was done, or why not.
    public var message: String
    public var link: String?
}

public enum BulkState: String, CodeList {
    case waiting, done, refused

    public var label: String {
        switch self { case .waiting: "未办"; case .done: "已办"; case .refused: "未办成" }
    }
}

extension AnyAction {
    /// The fields of the act that all subjects share; nil where it can't be asked once for many.
    ///
    /// Rows belong to one subject each, and so does what a form carries besides the subject.
    public var sharedOutline: Outline? {
        guard let subjectTerm, let subject = outline[subjectTerm], subject.origin != .made else { return nil }
        let rest = outline.fields.filter { $0.name != subjectTerm && $0.origin != .made }
        return rest.allSatisfy(Self.isShareable) ? Outline(fields: rest) : nil
    }

    private static func isShareable(_ field: FieldOutline) -> Bool {
        switch field.content {
        case .value: field.origin == .asked && field.name != "password_hash"
        case .group(let outline): outline.fields.allSatisfy(isShareable)
        case .rows: false
        }
    }
}

extension Line {
    /// The acts that this role may do on several rows of a listing at once.
    public func bulkActs(on listing: Listing, for role: Role) -> [AnyAction] {
        guard let term = listing.subjectTerm else { return [] }
        return actions.filter { $0.subjectTerm == term && $0.roles.contains(role) && $0.sharedOutline != nil }
    }
}
