import Commons
import Kernel
import Values

/// 一次性告知补正。All that is missing is told at once, and only once (第十条).
struct RequestSupplement: Action {
    let application: ID<Application>
    let items: [SupplementItem]

    static let title = "一次性告知补正"
    static let guidance = "一次写全需要补正的材料，只能告知一次。能够通过部门查询的材料不得要求补交。"
    static let roles: Set<Role> = [.townshipClerk]
    static let subject = Subject<RequestSupplement>.opened(.application, \.application)
    static let shape = Shape<RequestSupplement> {
        Field(.application, \.application)
        Each(.supplementItems, \.items)
    }

    init(from reading: Reading<RequestSupplement>) throws(Refusal) {
        application = try reading(.application)
        items = try reading(.supplementItems)
        guard !items.isEmpty else { throw .invalid("请写明需要补正的材料").at(["items"]) }
    }

    func perform(at desk: Desk) throws -> Outcome {
        var application = try desk.find(application)
        guard application.supplements.isEmpty else {
            let told = application.supplements.map(\.item).joined(separator: "、")
            throw Refusal(.outOfOrder, "已经一次性告知过（\(told)），不能再次要求补正。材料齐全的请受理", basis: .confirmation2021("第十条"))
        }
        application.supplements = items.map { SupplementEntry(key: $0.key, item: $0.item, requestedOn: desk.today) }
        try desk.update(application)
        try desk.tell(application, "需要补齐材料")
        return Outcome(application.id, "已一次性告知补正 \(items.count) 项。下一步：申请人补齐后登记", link: application.link)
    }
}

/// 登记补正材料。
struct CompleteDocuments: Action {
    let application: ID<Application>
    let documents: [DocumentEntry]
    let haveAllConsented: Bool?

    static let title = "登记补正材料"
    static let roles: Set<Role> = [.community, .townshipClerk]
    static let subject = Subject<CompleteDocuments>.opened(.application, \.application)
    static let shape = Shape<CompleteDocuments> {
        Field(.application, \.application)
        Each(.documents, \.documents)
        Field(.allConsented, \.haveAllConsented)
    }

    init(from reading: Reading<CompleteDocuments>) throws(Refusal) {
        application = try reading(.application)
        documents = try reading(.documents)
        haveAllConsented = try reading(.allConsented)
        guard !documents.isEmpty || haveAllConsented == true else { throw .invalid("请登记补交的材料，或者确认授权书已签齐").at(["documents"]) }
    }

    func perform(at desk: Desk) throws -> Outcome {
        var application = try desk.find(application)
        application.supplements = application.supplements.map { supplement in
            var supplied = supplement
            supplied.isSupplied = true
            return supplied
        }
        let known = application.documents.count
        application.documents += documents.enumerated().map { DocumentEntry($1, key: "d\(known + $0 + 1)") }
        if haveAllConsented == true { application.declaration = try consented(application.declaration, at: desk) }
        try desk.update(application)
        return Outcome(application.id, "补正材料已登记。下一步：审查并受理", link: application.link)
    }

    private func consented(_ declaration: ID<Declaration>, at desk: Desk) throws -> ID<Declaration> {
        let signed = try desk.find(declaration).copied(desk.makeID(), knownAt: desk.now) { copy in
            for index in copy.members.indices { copy.members[index].hasConsented = true }
        }
        try desk.insert(signed)
        return signed.id
    }
}

/// 一项需补正的材料。
struct SupplementItem: Entry, Hashable {
    let key: String
    let item: String

    static let shape = Shape<SupplementItem> { Field(.supplementItem, \.item) }

    init(from reading: Reading<SupplementItem>) throws(Refusal) {
        key = reading.key
        item = try reading(.supplementItem)
    }
}

extension DocumentEntry {
    init(_ other: DocumentEntry, key: String) {
        self.key = key
        kind = other.kind
        attachment = other.attachment
        note = other.note
    }
}

extension Term where Value == [SupplementItem] {
    static var supplementItems: Term<[SupplementItem]> { Term("items", "需补正的材料") }
}
extension Term where Value == Bool {
    static var allConsented: Term<Bool> { Term("all_consented", "全部成员已签授权书") }
}
