import Kernel
import Pages
import Values

/// 登记表。Who may be there already is shown above the form as soon as it is known.
let registerForm: FormPage = FormPage(RegisterPerson.self) { visit in
    FormLayout(sections: [
        .init("身份", fields: ["name", "resident_id", "document_kind", "document_no", "sex", "born_on", "birth_estimated"]),
        .init("联系与地点", fields: ["phone", "region", "living_in", "address"]),
        .init("疑似重复", hint: "系统提示疑似重复、而确是另一个人的才填。", fields: ["distinct_reason"]),
    ], preface: try visit.reader.candidates(typed: visit.values))
}

extension Reader {
    /// The candidates for what is typed so far; nil while too little is known, or nobody resembles it.
    fileprivate func candidates(typed values: RawFields) throws -> Markup? {
        guard let typed = try person(typed: values) else { return nil }
        let alike = try alike(typed).filter(\.isInScope)
        guard !alike.isEmpty else { return nil }
        let entries = try alike.prefix(10).map { candidate in
            let traits = candidate.traits, likeness = candidate.likeness
            let facts = "\(traits.sex.shown)，\(traits.bornOn.shown)生，\(try regionPath(traits.region))；\(likeness.evidence.shown)，相似度 \(likeness.score)"
            return EntriesView.Entry(traits.name, facts, href: "/people/persons/\(traits.id.text)")
        }
        return PanelView("可能已经登记过（\(alike.count)）", EntriesView(entries).markup).markup
    }

    /// Somebody as far as the form knows him: a name and a birth date at least.
    private func person(typed values: RawFields) throws -> Person? {
        let number = values.typed("resident_id", as: ResidentID.self)
        guard let name = values.typed("name", as: PersonName.self), let bornOn = number?.birth ?? values.typed("born_on", as: CivilDate.self) else { return nil }
        let phone = values.typed("phone", as: Phone.self), document = values.typed("document_no", as: DocumentNumber.self)
        return Person(id: .make(at: now), name: name, sex: number?.sex ?? values.typed("sex", as: Sex.self) ?? .unknown, bornOn: bornOn, residentID: nil,
                      residentIndex: try number.map(house.keyring.index), region: values.typed("region", as: RegionCode.self) ?? actor.region,
                      address: values.text("address"), phoneIndex: try phone.map(house.keyring.index),
                      documentKind: values.typed("document_kind", as: DocumentKind.self), documentIndex: try document.map(house.keyring.index))
    }
}

extension RawFields {
    /// A value that can be read already.
    fileprivate func typed<Value: FieldValue>(_ name: String, as type: Value.Type) -> Value? { text(name).flatMap { try? Value(typed: $0) } }
}
