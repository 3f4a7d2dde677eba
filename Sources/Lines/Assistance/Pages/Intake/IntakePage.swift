import Commons
import Kernel
import Pages
import Storage
import Values

/// 受理新申请：begins with one box. Who is found is opened with what is known; who isn't is entered on the form.
let intakePage = Page("intake", "受理新申请", roles: ApplyForAllowance.roles, inMenu: true) { visit in
    let text = visit.query["q"] ?? ""
    let view = IntakeView(text: text, found: try visit.reader.applicants(matching: text))
    return Page.Body("受理新申请") { intakeMarkup(view) }
}

struct IntakeView: Sendable {
    let text: String
    let found: [Applicant]

    struct Applicant: Sendable {
        let name: String
        let facts: String
        /// What stands in the way: an application or an allowance that runs.
        let standing: String?
        let href: String
    }
}

func intakeMarkup(_ view: IntakeView) -> Markup {
    """
    <form class="filters" method="get" action="/assistance/intake" role="search" aria-label="找申请人"><div class="fields">
    \(FieldView(["q"], "申请人", .text(), value: view.text, hint: "姓名、姓名拼音首字母或者公民身份号码"))
    <div class="buttons">\(ButtonView("查找", weight: .primary))</div></div></form>
    \(if: !view.found.isEmpty, EntriesView(view.found.map { .init($0.name, [$0.facts, $0.standing].compactMap(\.self).joined(separator: "；"), href: $0.href) }).markup)
    \(if: view.found.isEmpty && !view.text.isEmpty, EmptyView("没有找到「\(view.text)」", "请核对是否有错字。没有登记过的，直接填写申请表，提交时一并登记。").markup)
    <p class="links">\(ActLink("没有登记过，直接填写申请表", href: "/assistance/do/\(ApplyForAllowance.name)"))</p>
    """
}

extension Reader {
    /// People within the reader's region, by number, name or initials; twenty at most.
    fileprivate func applicants(matching text: String) throws -> [IntakeView.Applicant] {
        let typed = text.filter { !$0.isWhitespace }
        guard !typed.isEmpty else { return [] }
        if let number = RawFields(["resident_id": .typed(typed)]).readable(.residentID) {
            return try person(with: number).filter { actor.covers($0.region) }.map { [try applicant($0)] } ?? []
        }
        let found = try all(Person.self, where: """
            \(within("region")) AND died_on IS NULL AND merged_into IS NULL AND \(matching("id", in: "person_search", typed)) ORDER BY id LIMIT 20
            """)
        return try found.map(applicant)
    }

    private func applicant(_ person: Person) throws -> IntakeView.Applicant {
        let number = try person.residentID.map { Masked.residentID(try open($0)) } ?? "没有身份号码"
        let household = try household(of: person.id).map { "\(try find($0.head).name.shown)户" } ?? "没有家庭登记"
        let facts = [person.sex.shown, "\(person.bornOn.age(on: today)) 岁", number, household, try regionPath(person.region)].joined(separator: " · ")
        return IntakeView.Applicant(name: person.name.shown, facts: facts, standing: try standing(of: person.id),
                                    href: "/assistance/do/\(ApplyForAllowance.name)?subject=\(person.id.text)")
    }

    /// 「已在申请 DB2024-000123 中」
    private func standing(of person: ID<Person>) throws -> String? {
        if let number = try runningApplication(of: person) { return "已在申请 \(number) 中" }
        return try runningAllowance(of: person).map { "已在享受，编号 \($0)" }
    }

    // MARK: Known facts

    /// 已知的事实。What the registers know of the applicant's household, for the form to begin with.
    ///
    /// - Parameter subject: the person the form was opened for; nil: the applicant's own row is all there is.
    func knownForIntake(_ subject: String?) throws -> RawFields {
        guard let person = try subject.flatMap(ID<Person>.init(rawValue:)).map({ try find($0) }) else {
            // A community or township takes applications for itself.
            let region: Raw = actor.region.level >= .township ? .typed(actor.region.typed) : .typed("")
            return ["region": region, "members": .rows([RawRow(key: "m1", fields: ["kinship": .typed(Kinship.applicant.rawValue)])])]
        }
        try requireDuty(person.region)
        let household = try household(of: person.id)
        var known: RawFields = ["region": .typed((household?.region ?? person.region).typed)]
        if let area = household?.area { known["area"] = .typed(area.rawValue) }
        if let address = household?.address ?? person.address { known["address"] = .typed(address) }
        if let phone = person.phone { known["phone"] = .typed(try open(phone).typed) }
        known["members"] = .rows(try membersForIntake(person, household))
        return known
    }

    private func membersForIntake(_ applicant: Person, _ household: Household?) throws -> [RawRow] {
        let others = try household.map { try members(of: $0.id) }?.filter { $0.person.id != applicant.id } ?? []
        let isHead = household?.head == applicant.id
        let people = [(applicant, Kinship.applicant as Kinship?)] + others.map { ($0.person, isHead ? Kinship($0.membership.relation) : nil) }
        return try people.enumerated().map { RawRow(key: "m\($0 + 1)", fields: try known($1.0, $1.1)) }
    }

    private func known(_ person: Person, _ kinship: Kinship?) throws -> RawFields {
        var known: RawFields = ["name": .typed(person.name.typed)]
        if let kinship { known["kinship"] = .typed(kinship.rawValue) }
        if let number = person.residentID {
            known["resident_id"] = .typed(try open(number).typed)
        } else {
            known["born_on"] = .typed(person.bornOn.typed)
            known["sex"] = .typed(person.sex.rawValue)
        }
        return known
    }

    /// What is known is shown above the form, with the way to put it right.
    func preface(_ subject: String?) throws -> Markup? {
        guard let person = try subject.flatMap(ID<Person>.init(rawValue:)).map({ try find($0) }) else {
            return NoticeBoxView(.info, "申请人登记过的，先查找再填", "查到后，家庭成员、住址等已知的内容会先填好。", links: [LinkView("查找申请人", href: "/assistance/intake")]).markup
        }
        try requireDuty(person.region)
        let standing = try standing(of: person.id).map { NoticeBoxView(.warn, "\(person.name.shown)\($0)", "不能重复申请。请打开该件办理，或者登记家庭变化。").markup }
        let known = NoticeBoxView(.info, "已按登记的家庭填好，请逐项核对", "不对的在表上改正；姓名、身份号码有误的，到人员档案更正。",
                                  links: [LinkView("\(person.name.shown)的档案", href: "/people/persons/\(person.id.text)")])
        return "\(standing)\(known)"
    }
}

extension Kinship {
    /// The relation to a head of household who applies.
    fileprivate init?(_ relation: Relation) {
        switch relation {
        case .head: return nil
        case .spouse: self = .spouse
        case .son, .daughter: self = .child
        case .grandchild: self = .grandchild
        case .parent: self = .parent
        case .grandparent: self = .grandparent
        case .sibling: self = .sibling
        case .other: self = .other
        }
    }
}

extension Optional {
    fileprivate func filter(_ isKept: (Wrapped) -> Bool) -> Wrapped? { flatMap { isKept($0) ? $0 : nil } }
}
