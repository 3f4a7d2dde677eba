import Values

/// 相似程度。How much speaks for two files being one person's, and what.
///
/// The weights are the office's own rule of thumb, not law: they order a reviewer's list and decide nothing.
struct Likeness: Hashable, Sendable {
    let evidence: EvidenceList
    /// 0–100.
    let score: Int

    /// From here on somebody looks at it.
    static let worthALook = 40

    var isWorthALook: Bool { score >= Self.worthALook }
}

/// 依据。One thing that speaks for, or against, two files being one person's.
enum Evidence: String, CodeList {
    case sameNumber = "same-number", sameDocument = "same-document", sameNameBirth = "same-name-birth", samePhone = "same-phone"
    case sameNameAddress = "same-name-address", samePinyinBirth = "same-pinyin-birth", otherNumber = "other-number", otherSex = "other-sex"

    var label: String {
        switch self {
        case .sameNumber: "公民身份号码相同"
        case .sameDocument: "证件号码相同"
        case .sameNameBirth: "姓名和出生日期相同"
        case .samePhone: "电话相同、姓名相近"
        case .sameNameAddress: "姓名和住址相同"
        case .samePinyinBirth: "姓名同音、出生日期相同"
        case .otherNumber: "但公民身份号码不同"
        case .otherSex: "但性别不同"
        }
    }

    /// Points for it; below zero against.
    var weight: Int {
        switch self {
        case .sameNumber: 100
        case .sameDocument: 90
        case .sameNameBirth: 80
        case .samePhone: 70
        case .sameNameAddress: 60
        case .samePinyinBirth: 50
        case .otherNumber: -50
        case .otherSex: -20
        }
    }
}

/// What is compared of a person: indexes in place of numbers, so that nothing is opened for it.
struct Traits: Hashable, Sendable {
    let id: ID<Person>
    let name: String
    let sex: Sex
    let bornOn: CivilDate
    /// Blind index of the 公民身份号码.
    let number: String?
    /// Kind and blind index of another document.
    let document: String?
    /// Blind index of the phone.
    let phone: String?
    let region: RegionCode
    /// The person's own address, else the household's.
    let address: String?

    var isNamed: Bool { name != Traits.nameless }
    var pinyin: String { ((try? PersonName(typed: name)).map(Pinyin.syllables) ?? [name]).joined(separator: " ") }

    /// What is written for a name where nobody knows it; it says nothing about who it is.
    static let nameless = "姓名不详"
}

/// The strongest evidence, ten more for each further one, less what speaks against it; 100 only for the same ID number.
func likeness(_ a: Traits, _ b: Traits) -> Likeness {
    let evidence = evidence(a, b)
    let speaking = evidence.filter { $0.weight > 0 }.map(\.weight), against = evidence.filter { $0.weight < 0 }.map(\.weight).reduce(0, +)
    guard let best = speaking.max() else { return Likeness(evidence: EvidenceList(evidence), score: 0) }
    let score = best == 100 ? 100 : best + 10 * (speaking.count - 1) + against
    return Likeness(evidence: EvidenceList(evidence), score: min(max(score, 0), best == 100 ? 100 : 99))
}

private func evidence(_ a: Traits, _ b: Traits) -> [Evidence] {
    var found: [Evidence] = []
    if let number = a.number, number == b.number { found.append(.sameNumber) }
    if let document = a.document, document == b.document { found.append(.sameDocument) }
    if a.isNamed, b.isNamed { found += namedEvidence(a, b) }
    if let one = a.number, let other = b.number, one != other { found.append(.otherNumber) }
    if [Sex.male, .female].contains(a.sex), [Sex.male, .female].contains(b.sex), a.sex != b.sex { found.append(.otherSex) }
    return found
}

private func namedEvidence(_ a: Traits, _ b: Traits) -> [Evidence] {
    var found: [Evidence] = []
    let isSameName = a.name == b.name, isSameBirth = a.bornOn == b.bornOn
    if isSameName, isSameBirth { found.append(.sameNameBirth) }
    if let phone = a.phone, phone == b.phone, isSimilar(a, b) { found.append(.samePhone) }
    if isSameName, let address = a.address, address == b.address, a.region == b.region { found.append(.sameNameAddress) }
    if !isSameName, isSameBirth, a.pinyin == b.pinyin { found.append(.samePinyinBirth) }
    return found
}

/// 姓名相近：the same or of the same sound; or one character apart and born in the same year, which parts brothers who share a phone.
private func isSimilar(_ a: Traits, _ b: Traits) -> Bool {
    if a.name == b.name || a.pinyin == b.pinyin { return true }
    return a.bornOn.year == b.bornOn.year && isOneApart(Array(a.name), Array(b.name))
}

/// One character changed, added or left out.
func isOneApart(_ a: [Character], _ b: [Character]) -> Bool {
    guard abs(a.count - b.count) <= 1, min(a.count, b.count) >= 2 else { return false }
    let head = zip(a, b).prefix { $0 == $1 }.count
    let tail = zip(a.dropFirst(head).reversed(), b.dropFirst(head).reversed()).prefix { $0 == $1 }.count
    return max(a.count, b.count) - head - tail == 1
}

/// 依据清单。Codes parted by spaces in a column; words for people. A code of a later edition is kept as it is.
struct EvidenceList: FieldValue {
    let codes: [String]

    init(_ all: [Evidence]) { codes = all.map(\.rawValue) }

    var all: [Evidence] { codes.compactMap(Evidence.init) }

    static var kind: FieldKind { .text }
    init(typed text: String) throws(Refusal) { codes = try String(typed: text).split(separator: " ").map(String.init) }
    var typed: String { codes.joined(separator: " ") }
    var shown: String { codes.map { Evidence(rawValue: $0)?.label ?? $0 }.joined(separator: "；") }
    init(stored: StoredValue) throws(Refusal) { codes = try String(stored: stored).split(separator: " ").map(String.init) }
    var stored: StoredValue { .text(typed) }
}
