import Kernel
import Pages
import Values

/// 某日所知。The file as it was known when a day ended, and how it came to be what it is.
let knownPage: Page = Page("persons/{id}/known", "某日所知的档案") { visit in
    let reader = visit.reader, id: ID<Person> = try visit.id(), day = visit.asked("on", as: CivilDate.self)
    let person = try reader.person(inScope: id)
    let told: Result<KnownFile, Refusal>
    do { told = .success(try reader.file(of: id, knownOn: day.value)) } catch let refusal as Refusal { told = .failure(refusal) }
    let view = KnownView(id: id, day: day.text, problem: day.problem, told: told.map { factsOf($0, reader) }, versions: try reader.versionTable(of: id))
    return Page.Body("某日所知的档案", breadcrumbs: [("人员登记", "/people/persons"), (person.name.shown, "/people/persons/\(person.id.text)")]) { knownMarkup(view) }
}

struct KnownView: Sendable {
    let id: ID<Person>
    let day: String
    let problem: String?
    let told: Result<Markup, Refusal>
    let versions: TableView
}

func knownMarkup(_ view: KnownView) -> Markup {
    let path = "/people/persons/\(view.id.text)/known"
    let shown: Markup = switch view.told {
    case .success(let markup): markup
    case .failure(let refusal): NoticeBoxView(.info, refusal.message).markup
    }
    return """
        \(FiltersView(action: path, sentence: view.day.isEmpty || view.problem != nil ? "现在的档案" : "这一天结束时所知的档案", fields: [
            FieldView(["on"], "日期", .date, value: view.day, problem: view.problem, required: false),
        ], clearHref: view.day.isEmpty ? nil : path))
        \(shown)\(view.versions)
        """
}

/// The facts of a file as known.
private func factsOf(_ file: KnownFile, _ reader: Reader) -> Markup {
    func place(_ code: RegionCode) -> CellView { .text((try? reader.regionPath(code)) ?? code.shown) }
    func text(_ value: String?) -> CellView { value.map { .text($0) } ?? .absent }
    let until = file.knownUntil.map { "，到\($0.shown)为止" } ?? "，现在仍是"
    let facts = FactsView([
        .init("姓名", file.name.shown), .init("性别", file.sex.shown), .init("出生日期", file.bornOn.shown + (file.isBirthEstimated ? "（估计）" : "")),
        .init("身份号码", text(file.residentID)), .init("其他证件", text(file.document)), .init("电话", text(file.phone)), .init("户籍地", place(file.region)),
        .init("居住地", file.livingIn.map(place) ?? .absent), .init("住址", text(file.address)), .init("死亡日期", text(file.diedOn?.shown)),
        .init("第几版", "\(file.version)"), .init("何时起为所知", "\(file.knownFrom.shown)\(until)"),
    ] + file.identities.map { .init("并入的档案", .link($0.name.shown, href: "/people/persons/\($0.id.text)/known")) })
    let homes = TableView(id: "memberships", caption: "家庭", columns: [ColumnView("家庭所在"), ColumnView("与户主关系"), ColumnView("起止")], rows: file.memberships.map {
        TableRowView([.text($0.place), .text($0.relation.label), .text(lasting($0.from, $0.until))], href: "/people/households/\($0.household.text)")
    }, empty: EmptyView("没有家庭登记", "那时所知的家庭关系会列在这里。"))
    return "\(PanelView("档案", facts.markup))\(homes)"
}

extension Reader {
    /// What each change changed, newest first.
    fileprivate func versionTable(of id: ID<Person>) throws -> TableView {
        var after = try find(id), rows: [TableRowView] = []
        for version in try versions(of: id) {
            let what = try changed(version.person, after)
            let day = version.retractedAt.date.adding(days: -1)
            rows.append(TableRowView([.text(version.retractedAt.shown), .text(what.isEmpty ? "只换了加密" : what.joined(separator: "；"))],
                                     href: address("/people/persons/\(id.text)/known", ["on": day.typed])))
            after = version.person
        }
        return TableView(id: "versions", caption: "改过的地方", columns: [ColumnView("何时改", .date), ColumnView("改了什么")], rows: rows,
                         empty: EmptyView("没有改过", "改动以后，改前改后的内容会列在这里。"))
    }

    /// 「住址：甲路1号 → 乙路2号」; numbers masked.
    func changed(_ before: Person, _ after: Person) throws -> [String] {
        let pairs = zip(try told(before), try told(after))
        return pairs.compactMap { before, after in
            before.whole == after.whole ? nil : "\(before.label)：\(before.shown ?? "无") → \(after.shown ?? "无")"
        }
    }

    /// What is compared whole and told masked.
    private func told(_ person: Person) throws -> [(label: String, whole: String?, shown: String?)] {
        let number = try person.residentID.map(open), document = try person.documentNumber.map(open), phone = try person.phone.map(open)
        let merged = person.mergedInto == nil ? nil : "已并入另一份"
        let place = try regionPath(person.region), living = try person.livingIn.map { try regionPath($0) }
        return [
            ("姓名", person.name.text, person.name.shown), ("性别", person.sex.rawValue, person.sex.shown), ("出生日期", person.bornOn.typed, person.bornOn.shown),
            ("出生日期为估计", person.isBirthEstimated.typed, person.isBirthEstimated.shown), ("公民身份号码", number?.typed, number?.masked),
            ("证件种类", person.documentKind?.rawValue, person.documentKind?.label), ("证件号码", document?.typed, document?.masked),
            ("电话", phone?.typed, phone?.masked), ("户籍地", person.region.code, place), ("居住地", person.livingIn?.code, living),
            ("住址", person.address, person.address), ("死亡日期", person.diedOn?.typed, person.diedOn?.shown), ("合并", person.mergedInto?.text, merged),
        ]
    }
}
