import Kernel
import Values

/// 人员。One record of a person across every line (一人一档). The ID number rests sealed; its blind index finds it.
public struct Person: Versioned, Placed {
    public let id: ID<Person>
    public internal(set) var name: PersonName
    public internal(set) var sex: Sex
    public internal(set) var bornOn: CivilDate
    /// 公民身份号码；nil for newborns and people whose number isn't known yet.
    public internal(set) var residentID: Sealed<ResidentID>?
    public internal(set) var residentIndex: BlindIndex<ResidentID>?
    public internal(set) var phone: Sealed<Phone>?
    /// 户籍地; for people without one, the place that looks after them.
    public internal(set) var region: RegionCode
    public internal(set) var address: String?
    public internal(set) var diedOn: CivilDate?
    public internal(set) var phoneIndex: BlindIndex<Phone>?
    /// 没有公民身份号码的，凭什么证件，或为什么没有; nil where there is a number.
    public internal(set) var documentKind: DocumentKind?
    public internal(set) var documentNumber: Sealed<DocumentNumber>?
    public internal(set) var documentIndex: BlindIndex<DocumentNumber>?
    /// 居住地，与户籍地不同的才登记。
    public internal(set) var livingIn: RegionCode?
    /// 出生日期是估计的。
    public internal(set) var isBirthEstimated: Bool
    /// 合并后保留的那一份档案; nil for a file that stands by itself. Always points at a file that isn't merged (平铺).
    public internal(set) var mergedInto: ID<Person>?
    public internal(set) var version: Int

    public static let table = "person"
    public static let title = "人员"
    public static let shape = Shape<Person> {
        Field(.id, \.id)
        Field(.personName, \.name)
        Field(.sex, \.sex)
        Field(.bornOn, \.bornOn)
        Field(.sealedResidentID, \.residentID)
        Field(.residentIndex, \.residentIndex)
        Field(.sealedPhone, \.phone)
        Field(.region, \.region)
        Field(.address, \.address)
        Field(.diedOn, \.diedOn)
        Field(.phoneIndex, \.phoneIndex)
        Field(.documentKind, \.documentKind)
        Field(.sealedDocumentNumber, \.documentNumber)
        Field(.documentIndex, \.documentIndex)
        Field(.livingIn, \.livingIn)
        Field(.isBirthEstimated, \.isBirthEstimated)
        Field(.mergedInto, \.mergedInto)
        Field(.version, \.version)
    }

    public init(from reading: Reading<Person>) throws(Refusal) {
        id = try reading(.id)
        name = try reading(.personName)
        sex = try reading(.sex)
        bornOn = try reading(.bornOn)
        residentID = try reading(.sealedResidentID)
        residentIndex = try reading(.residentIndex)
        phone = try reading(.sealedPhone)
        region = try reading(.region)
        address = try reading(.address)
        diedOn = try reading(.diedOn)
        phoneIndex = try reading(.phoneIndex)
        documentKind = try reading(.documentKind)
        documentNumber = try reading(.sealedDocumentNumber)
        documentIndex = try reading(.documentIndex)
        livingIn = try reading(.livingIn)
        isBirthEstimated = try reading(.isBirthEstimated)
        mergedInto = try reading(.mergedInto)
        version = try reading(.version)
    }

    public init(id: ID<Person>, name: PersonName, sex: Sex, bornOn: CivilDate, residentID: Sealed<ResidentID>?, residentIndex: BlindIndex<ResidentID>?,
                phone: Sealed<Phone>? = nil, region: RegionCode, address: String? = nil, diedOn: CivilDate? = nil,
                phoneIndex: BlindIndex<Phone>? = nil, documentKind: DocumentKind? = nil, documentNumber: Sealed<DocumentNumber>? = nil,
                documentIndex: BlindIndex<DocumentNumber>? = nil, livingIn: RegionCode? = nil, isBirthEstimated: Bool = false,
                mergedInto: ID<Person>? = nil, version: Int = 1) {
        self.id = id
        self.name = name
        self.sex = sex
        self.bornOn = bornOn
        self.residentID = residentID
        self.residentIndex = residentIndex
        self.phone = phone
        self.region = region
        self.address = address
        self.diedOn = diedOn
        self.phoneIndex = phoneIndex
        self.documentKind = documentKind
        self.documentNumber = documentNumber
        self.documentIndex = documentIndex
        self.livingIn = livingIn
        self.isBirthEstimated = isBirthEstimated
        self.mergedInto = mergedInto
        self.version = version
    }
}
