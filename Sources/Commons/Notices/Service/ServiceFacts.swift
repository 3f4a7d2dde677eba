import Kernel
import Values

/// 送达经过。How a document was handed over, and what proves it.
public struct ServiceFacts: Sendable, Hashable {
    /// The day of signing, leaving, arriving or publishing.
    public let deliveredOn: CivilDate
    public let method: ServiceMethod
    let receiver: String?
    let isRefused: Bool?
    let hasConsented: Bool?
    let witness: String?
    let tracking: String?
    let proof: AttachmentReference?
    let note: LongText?

    public init<Root>(from reading: Reading<Root>) throws(Refusal) {
        deliveredOn = try reading(.handedOn)
        method = try reading(.serviceMethod)
        receiver = try reading(.receiver)
        isRefused = try reading(.refusedToSign)
        hasConsented = try reading(.consentedToElectronic)
        witness = try reading(.serviceWitness)
        tracking = try reading(.trackingNumber)
        proof = try reading(.serviceProof)
        note = try reading(.serviceNote)
        try check()
    }

    /// What each way of service needs to hold.
    private func check() throws(Refusal) {
        switch method {
        case .inPerson where isRefused == true: throw .invalid("被送达人拒收的不是直接送达，请按留置送达登记").at(["refused"])
        case .left where witness == nil && proof == nil: throw .invalid("留置送达须有见证人签名，或者附拍照、录像").at(["witness"])
        case .post where tracking == nil: throw .invalid("请填写邮件编号，送达日期以回执上注明的收件日期为准").at(["tracking"])
        case .electronic where hasConsented != true: throw .invalid("电子送达须经被送达人同意，请先取得同意；没有同意的改用其他方式").at(["consented"])
        case .entrusted where note == nil: throw .invalid("请写明委托谁送达、怎样送达").at(["note"])
        case .published where note == nil && proof == nil: throw .invalid("请写明公告发布在哪里、为什么用公告送达").at(["note"])
        default: return
        }
    }
}

/// An act that hands a document over.
public protocol RecordsService: Shaped {
    var service: ServiceFacts { get }
}

extension RecordsService {
    public static var serviceFields: [Field<Self>] {
        [
            Field(.handedOn, \.service.deliveredOn), Field(.serviceMethod, \.service.method), Field(.receiver, \.service.receiver),
            Field(.refusedToSign, \.service.isRefused), Field(.consentedToElectronic, \.service.hasConsented), Field(.serviceWitness, \.service.witness),
            Field(.trackingNumber, \.service.tracking), Field(.serviceProof, \.service.proof), Field(.serviceNote, \.service.note),
        ]
    }
}

extension Term where Value == CivilDate {
    static var handedOn: Term<CivilDate> { Term("delivered_on", "送达日期", hint: "签收、留置、到达的日期；邮寄的填回执上的收件日期，公告的填发布日期") }
}
extension Term where Value == ServiceMethod {
    static var serviceMethod: Term<ServiceMethod> { Term("delivery", "送达方式") }
    static var servedBy: Term<ServiceMethod> { Term("method", "送达方式") }
}
extension Term where Value == String {
    static var receiver: Term<String> { Term("receiver", "签收人", hint: "不是本人签收的，写明与本人的关系") }
    static var serviceWitness: Term<String> { Term("witness", "见证人", hint: "留置送达填写") }
    static var trackingNumber: Term<String> { Term("tracking", "邮件编号", hint: "邮寄送达填写") }
}
extension Term where Value == Bool {
    static var refusedToSign: Term<Bool> { Term("refused", "拒收") }
    static var consentedToElectronic: Term<Bool> { Term("consented", "同意电子送达", hint: "电子送达填写") }
}
extension Term where Value == AttachmentReference {
    static var serviceProof: Term<AttachmentReference> { Term("proof", "送达回证、照片", hint: "JPG、PNG 或者 PDF，不超过 10 MB") }
}
extension Term where Value == LongText {
    static var serviceNote: Term<LongText> { Term("note", "经过说明") }
}
