import Kernel
import Values

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
extension Term where Value == Bool {
    public static var isBirthEstimated: Term<Bool> { Term("birth_estimated", "出生日期为估计", hint: "不知道确切出生日期的选「是」") }
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
extension Term where Value == BlindIndex<Phone> {
    static var phoneIndex: Term<BlindIndex<Phone>> { Term("phone_index", "电话索引") }
}
extension Term where Value == DocumentKind {
    public static var documentKind: Term<DocumentKind> { Term("document_kind", "无公民身份号码的，持何证件", hint: "有公民身份号码的不选") }
}
extension Term where Value == DocumentNumber {
    public static var documentNumber: Term<DocumentNumber> { Term("document_no", "证件号码", hint: "按证件填写；未办证的新生儿、身份不明的不填") }
}
extension Term where Value == Sealed<DocumentNumber> {
    public static var sealedDocumentNumber: Term<Sealed<DocumentNumber>> { Term("document_no", "证件号码") }
}
extension Term where Value == BlindIndex<DocumentNumber> {
    static var documentIndex: Term<BlindIndex<DocumentNumber>> { Term("document_index", "证件号码索引") }
}
extension Term where Value == RegionCode {
    public static var livingIn: Term<RegionCode> { Term("living_in", "居住地", hint: "区划代码；与户籍地不同的才填") }
}
extension Term where Value == String {
    public static var address: Term<String> { Term("address", "住址", hint: "街路巷、门牌、楼栋、单元、室") }
}
extension Term where Value == ID<Person> {
    public static var person: Term<ID<Person>> { Term("person", "人员", .carried) }
    public static var newPerson: Term<ID<Person>> { Term("person", "人员编号", .made) }
    static var mergedInto: Term<ID<Person>> { Term("merged_into", "已并入") }
}

extension ResidentID: Maskable {
    public var masked: String { Masked.residentID(self) }
}
extension Phone: Maskable {
    public var masked: String { Masked.phone(self) }
}
