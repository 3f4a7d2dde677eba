import Kernel
import Values

extension Term where Value == ID<Organisation> {
    public static var organisation: Term<ID<Organisation>> { Term("organisation", "组织机构", .carried) }
    public static var organisationID: Term<ID<Organisation>> { Term("organisation_id", "组织机构") }
    static var newOrganisation: Term<ID<Organisation>> { Term("organisation", "机构编号", .made) }
}
extension Term where Value == CreditCode {
    public static var creditCode: Term<CreditCode> { Term("credit_code", "统一社会信用代码", hint: "18 位，见登记证书；没有登记的社区组织可以不填") }
    static var rightCode: Term<CreditCode> { Term("right_code", "正确的信用代码", hint: "18 位，照登记证书") }
    static var pendingCode: Term<CreditCode> { Term("pending_code", "待复核的信用代码") }
}
extension Term where Value == OrganisationKind {
    public static var organisationKind: Term<OrganisationKind> { Term("kind", "类别") }
}
extension Term where Value == OrganisationStatus {
    public static var organisationStatus: Term<OrganisationStatus> { Term("status", "状态") }
}
extension Term where Value == ID<Actor> {
    static var pendingBy: Term<ID<Actor>> { Term("pending_by", "提出人") }
}
extension Term where Value == Sealed<Phone> {
    static var sealedRepresentativePhone: Term<Sealed<Phone>> { Term("representative_phone", "负责人电话") }
}
extension Term where Value == BlindIndex<Phone> {
    static var organisationPhoneIndex: Term<BlindIndex<Phone>> { Term("phone_index", "电话索引") }
}
extension Term where Value == Phone {
    static var representativePhone: Term<Phone> { Term("representative_phone", "负责人电话", hint: "密存，页面上只显示一部分") }
    static var changedPhone: Term<Phone> { Term("phone", "联系电话", hint: "不变的不填") }
    static var newRepresentativePhone: Term<Phone> { Term("representative_phone", "负责人电话", hint: "不变的不填") }
}
extension Term where Value == String {
    public static var organisationName: Term<String> { Term("name", "机构名称", hint: "与登记证书一致") }
    static var representative: Term<String> { Term("representative", "法定代表人（负责人）") }
    static var changedItem: Term<String> { Term("item", "变更项目") }
    static var beforeText: Term<String> { Term("before_text", "变更前") }
    static var afterText: Term<String> { Term("after_text", "变更后") }
}
extension Term where Value == CivilDate {
    static var foundedOn: Term<CivilDate> { Term("founded_on", "成立日期") }
    static var statusOn: Term<CivilDate> { Term("status_on", "状态起始日期") }
    static var organisationChangedOn: Term<CivilDate> { Term("changed_on", "变更日期") }
}
extension Term where Value == Bool {
    static var isDistinct: Term<Bool> { Term("is_distinct", "确认不是同一机构", hint: "名称相近的机构已登记时，核对后勾选") }
}
