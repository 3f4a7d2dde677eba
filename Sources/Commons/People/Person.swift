import Kernel
import Values

/// 人员。One record of a person across every line (一人一档). The ID number rests sealed; its blind index finds it.
public struct Person: Versioned, Placed {
    public let id: ID<Person>
    public let name: PersonName
    public let sex: Sex
    public let bornOn: CivilDate
    /// 公民身份号码；nil for newborns and people whose number isn't known yet.
    public let residentID: Sealed<ResidentID>?
    public let residentIndex: BlindIndex<ResidentID>?
    public let phone: Sealed<Phone>?
    /// 户籍地。
    public let region: RegionCode
    public let address: String?
    public let diedOn: CivilDate?
    public let version: Int

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
        version = try reading(.version)
    }

    public init(id: ID<Person>, name: PersonName, sex: Sex, bornOn: CivilDate, residentID: Sealed<ResidentID>?, residentIndex: BlindIndex<ResidentID>?,
                phone: Sealed<Phone>? = nil, region: RegionCode, address: String? = nil, diedOn: CivilDate? = nil, version: Int = 1) {
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
        self.version = version
    }

    /// The same person, known to have died.
    func died(on day: CivilDate) -> Person {
        Person(id: id, name: name, sex: sex, bornOn: bornOn, residentID: residentID, residentIndex: residentIndex, phone: phone, region: region,
               address: address, diedOn: day, version: version + 1)
    }
}

/// 某人死亡。Lines that pay somebody hold the next payment and open its check.
public struct PersonDied: Fact {
    public let person: ID<Person>
    public let diedOn: CivilDate
}

extension Term where Value == PersonName {
    public static var personName: Term<PersonName> { Term("name", "姓名", hint: "与身份证一致；少数民族姓名用间隔号「·」") }
}
extension Term where Value == Sex {
    public static var sex: Term<Sex> { Term("sex", "性别") }
}
extension Term where Value == CivilDate {
    public static var bornOn: Term<CivilDate> { Term("born_on", "出生日期") }
    public static var diedOn: Term<CivilDate> { Term("died_on", "死亡日期") }
}
extension Term where Value == ResidentID {
    public static var residentID: Term<ResidentID> { Term("resident_id", "公民身份号码", hint: "18 位，末位可为 X；旧 15 位自动升为 18 位") }
}
extension Term where Value == Phone {
    public static var phone: Term<Phone> { Term("phone", "联系电话", hint: "手机或座机") }
}
extension Term where Value == Sealed<ResidentID> {
    public static var sealedResidentID: Term<Sealed<ResidentID>> { Term("resident_id", "公民身份号码") }
}
extension Term where Value == BlindIndex<ResidentID> {
    static var residentIndex: Term<BlindIndex<ResidentID>> { Term("resident_index", "身份号码索引") }
}
extension Term where Value == Sealed<Phone> {
    public static var sealedPhone: Term<Sealed<Phone>> { Term("phone", "联系电话") }
}
extension Term where Value == String {
    public static var address: Term<String> { Term("address", "住址", hint: "街路巷、门牌、楼栋、单元、室") }
}
extension Term where Value == ID<Person> {
    public static var person: Term<ID<Person>> { Term("person", "人员", .carried) }
    public static var newPerson: Term<ID<Person>> { Term("person", "人员编号", .made) }
}

extension ResidentID: Maskable {
    public var masked: String { Masked.residentID(self) }
}
extension Phone: Maskable {
    public var masked: String { Masked.phone(self) }
}
