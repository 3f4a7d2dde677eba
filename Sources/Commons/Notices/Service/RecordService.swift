import Kernel
import Storage
import Values

/// 文书已送达。The line that issued it notes the day; its remedies run from then on.
public struct DocumentServed: Fact {
    public let service: Service
}

/// 登记送达。
struct RecordService: Action, RecordsService {
    let id: ID<Service>
    let service: ServiceFacts

    static let title = "登记送达"
    static let guidance = "按实际送达的情况登记。申请行政复议、提起诉讼的期限从送达之日起算，请核对日期。"
    static let roles: Set<Role> = [.community, .townshipClerk, .townshipReviewer, .countyReviewer]
    static let subject = Subject<RecordService>.located(Term<ID<Service>>.service.name) { act, reader in
        let service = try reader.find(act.id)
        return Located(id: service.id.text, region: service.region)
    }
    static let shape = Shape<RecordService> {
        Field(.service, \.id)
        serviceFields
    }

    init(from reading: Reading<RecordService>) throws(Refusal) {
        id = try reading(.service)
        service = try ServiceFacts(from: reading)
    }

    func perform(at desk: Desk) throws -> Outcome {
        let served = try desk.serve(try desk.find(id), service)
        desk.emit(DocumentServed(service: served))
        let until = RemedyTerm.review.lastDay(after: served.servedOn ?? desk.today, desk.calendar)
        return Outcome(served.id, "\(served.title)已登记\(service.method.label)，\(served.servedOn?.shown ?? "")视为送达，申请行政复议到\(until.shown)为止",
                       link: "/notices/services/\(served.id.text)")
    }
}

extension Desk {
    /// 应送达的文书。Puts a document among those that must reach somebody.
    /// - Parameter within: as the procedure says; nil: as the place rules for all.
    public func mustServe(_ document: String, of file: CaseFile, title: String, to addressee: PersonName, link: String, issuedOn: CivilDate? = nil, within: Span? = nil) throws {
        let issued = issuedOn ?? today
        let span = try within ?? rulings(on: issued, in: file.region).find(serviceLimit)?.value ?? .workingDays(7)
        let due = calendar.due(after: issued, span).date
        // The service bears the id of its document, so that whoever knows the one knows the other.
        try insert(Service(ID(rawValue: document) ?? makeID(), of: document, file, title: title, to: addressee, link: link, issuedOn: issued, dueOn: due))
    }

    /// Notes how a document reached its addressee, once.
    @discardableResult
    public func serve(_ service: Service, _ facts: ServiceFacts) throws -> Service {
        guard service.sentOn == nil else { throw Refusal.outOfOrder("《\(service.title)》已经登记过送达，不能改动。登记有误的，请联系审计核实") }
        guard facts.deliveredOn >= service.issuedOn, facts.deliveredOn <= today else {
            throw Refusal.invalid("送达日期应在文书日期（\(service.issuedOn.shown)）和今天之间").at(["delivered_on"])
        }
        var service = service
        let days = facts.method == .published ? try rulings(on: facts.deliveredOn, in: service.region)(publicationDays).value : 0
        service.take(facts, servedOn: presumedService(facts.method, on: facts.deliveredOn, publication: days), by: actor.name)
        try update(service)
        return service
    }
}

extension Reader {
    /// The service of a document; nil for one that was issued before services were kept.
    public func service(of document: String) throws -> Service? { try first(Service.self, where: "document_id = \(document)") }
}
