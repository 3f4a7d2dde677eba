import Kernel
import Values

/// 送达。One document that must reach one person: by when, how it did, and what proves it.
public struct Service: Placed {
    public let id: ID<Service>
    /// The decision or notice that is served.
    public let document: String
    public let caseID: String
    public let number: String
    public let region: RegionCode
    public let title: String
    let addressee: PersonName
    /// Where the document is read.
    let link: String
    public let issuedOn: CivilDate
    let dueOn: CivilDate
    public internal(set) var method: ServiceMethod?
    var sentOn: CivilDate?
    /// 视为送达之日：in the future while a publication runs.
    public internal(set) var servedOn: CivilDate?
    var receiver: String?
    var isRefused: Bool?
    var hasConsented: Bool?
    var witness: String?
    var tracking: String?
    var proof: AttachmentReference?
    var note: LongText?
    var recordedBy: String?

    public static let table = "service"
    public static let title = "送达"
    public static let shape = Shape<Service> {
        Field(.id, \.id)
        Field(.documentID, \.document)
        Field(.noticeCase, \.caseID)
        Field(.fileNumber, \.number)
        Field(.region, \.region)
        Field(.documentTitle, \.title)
        Field(.addressee, \.addressee)
        Field(.documentLink, \.link)
        Field(.issuedOn, \.issuedOn)
        Field(.serviceDue, \.dueOn)
        Field(.servedBy, \.method)
        Field(.sentOn, \.sentOn)
        Field(.servedOn, \.servedOn)
        Field(.receiver, \.receiver)
        Field(.refusedToSign, \.isRefused)
        Field(.consentedToElectronic, \.hasConsented)
        Field(.serviceWitness, \.witness)
        Field(.trackingNumber, \.tracking)
        Field(.serviceProof, \.proof)
        Field(.serviceNote, \.note)
        Field(.serviceRecorder, \.recordedBy)
    }

    public init(from reading: Reading<Service>) throws(Refusal) {
        id = try reading(.id)
        document = try reading(.documentID)
        caseID = try reading(.noticeCase)
        number = try reading(.fileNumber)
        region = try reading(.region)
        title = try reading(.documentTitle)
        addressee = try reading(.addressee)
        link = try reading(.documentLink)
        issuedOn = try reading(.issuedOn)
        dueOn = try reading(.serviceDue)
        method = try reading(.servedBy)
        sentOn = try reading(.sentOn)
        servedOn = try reading(.servedOn)
        receiver = try reading(.receiver)
        isRefused = try reading(.refusedToSign)
        hasConsented = try reading(.consentedToElectronic)
        witness = try reading(.serviceWitness)
        tracking = try reading(.trackingNumber)
        proof = try reading(.serviceProof)
        note = try reading(.serviceNote)
        recordedBy = try reading(.serviceRecorder)
    }

    init(_ id: ID<Service>, of document: String, _ file: CaseFile, title: String, to addressee: PersonName, link: String, issuedOn: CivilDate, dueOn: CivilDate) {
        self.id = id
        self.document = document
        caseID = file.id
        number = file.number
        region = file.region
        self.title = title
        self.addressee = addressee
        self.link = link
        self.issuedOn = issuedOn
        self.dueOn = dueOn
    }

    func isServed(on day: CivilDate) -> Bool { servedOn.map { $0 <= day } ?? false }

    mutating func take(_ facts: ServiceFacts, servedOn day: CivilDate, by name: String) {
        method = facts.method
        sentOn = facts.deliveredOn
        servedOn = day
        receiver = facts.receiver
        isRefused = facts.isRefused
        hasConsented = facts.hasConsented
        witness = facts.witness
        tracking = facts.tracking
        proof = facts.proof
        note = facts.note
        recordedBy = name
    }
}

extension Term where Value == ID<Service> {
    static var service: Term<ID<Service>> { Term("service", "送达", .carried) }
    static var serviceReference: Term<ID<Service>> { Term("service_id", "所争议的文书") }
}
extension Term where Value == String {
    static var documentID: Term<String> { Term("document_id", "文书编号") }
    static var documentTitle: Term<String> { Term("title", "文书") }
    static var documentLink: Term<String> { Term("link", "文书地址") }
    static var serviceRecorder: Term<String> { Term("recorded_by", "送达人") }
}
extension Term where Value == PersonName {
    static var addressee: Term<PersonName> { Term("addressee", "被送达人") }
}
extension Term where Value == CivilDate {
    static var issuedOn: Term<CivilDate> { Term("issued_on", "文书日期") }
    static var serviceDue: Term<CivilDate> { Term("due_on", "应在何日前送达") }
    static var sentOn: Term<CivilDate> { Term("sent_on", "送出、签收日期") }
    static var servedOn: Term<CivilDate> { Term("served_on", "视为送达之日") }
}
