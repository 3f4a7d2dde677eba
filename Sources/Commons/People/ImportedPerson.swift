import Kernel
import Storage
import Values

/// 人员表的一行。
struct ImportedPerson: Importing {
    let personName: PersonName
    let residentID: ResidentID?
    let sex: Sex?
    let bornOn: CivilDate?
    let documentKind: DocumentKind?
    let documentNumber: DocumentNumber?
    let phone: Phone?
    let region: RegionCode
    let livingIn: RegionCode?
    let address: String?

    static let name = "people"
    static let title = "人员"
    static let guidance = """
        一人一行。有公民身份号码的，性别和出生日期由号码得出，可以不填；没有的，须填性别、出生日期和证件种类。
        区划代码填户籍地的 12 位、9 位或 6 位代码，须已在行政区划中登记。
        系统里已有的人（身份号码相同、姓名相同）只补充空着的电话、住址和居住地，不改动已有内容；姓名不同的列为错误。
        先导入人员，再导入家庭、家庭成员、在保户。
        """
    static let uploaders: Set<Role> = .importers
    static let confirmers: Set<Role> = [.countyReviewer, .countyApprover]
    static let mayEnterPartly = true
    static let keyColumn = "resident_id"
    static let synonyms = [
        "resident_id": ["身份证号", "身份证号码", "身份证", "公民身份证号码", "证件号", "身份号码"], "name": ["名字", "人员姓名"], "born_on": ["出生年月", "生日", "出生年月日"],
        "phone": ["电话", "手机", "手机号", "联系方式", "联系人电话"], "region": ["区划代码", "所属区域", "户籍地", "户籍地区划", "户籍地代码", "行政区划代码", "区划", "社区代码"],
        "address": ["地址", "家庭住址", "详细地址", "户籍地址"], "living_in": ["居住地代码", "居住地区划"],
    ]
    static let samples = [
        ["name": "张示例", "resident_id": "000181198001010018", "phone": "13800000000", "region": "000181001001", "address": "示范路 1 号 2 栋 301 室"],
        ["name": "新生儿例", "sex": "女", "born_on": "2024-05-01", "document_kind": "没有证件：未上户口的新生儿", "region": "000181001001"],
    ]
    static let shape = Shape<ImportedPerson> {
        Field(.personName, \.personName)
        Field(.residentID, \.residentID)
        Field(.sex, \.sex)
        Field(.bornOn, \.bornOn)
        Field(.documentKind, \.documentKind)
        Field(.documentNumber, \.documentNumber)
        Field(.phone, \.phone)
        Field(.registeredIn, \.region)
        Field(.livingIn, \.livingIn)
        Field(.address, \.address)
    }

    init(from reading: Reading<ImportedPerson>) throws(Refusal) {
        personName = try reading(.personName)
        residentID = try reading(.residentID)
        sex = try reading(.sex)
        bornOn = try reading(.bornOn)
        documentKind = try reading(.documentKind)
        documentNumber = try reading(.documentNumber)
        phone = try reading(.phone)
        region = try reading(.registeredIn)
        livingIn = try reading(.livingIn)
        address = try reading(.address)
    }

    /// Columns of `person` that a drafted row fills, in the order of its values; the words of name and address stand behind them.
    static let columns = ["name", "sex", "born_on", "resident_id", "resident_index", "phone", "phone_index", "region", "address", "living_in",
                          "document_kind", "document_no", "document_index"]
    static let words = 13, addressWords = 14

    func drafted(on line: Int, _ ground: ImportGround) throws(Refusal) -> ImportRow {
        let problems = problems(on: ground)
        guard problems.isEmpty else { throw .faults(problems) }
        guard let sex = residentID?.sex ?? sex, let born = residentID?.birth ?? bornOn else { throw .invalid("请填写性别和出生日期") }
        let index = try residentID.map { number throws(Refusal) in try ground.index(number) }
        let document = try documentNumber.map { number throws(Refusal) in try ground.index(number) }
        let values: [String?] = [
            personName.text, sex.rawValue, born.storedText, try residentID.map { number throws(Refusal) in try ground.seal(number) }, index,
            try phone.map { number throws(Refusal) in try ground.seal(number) }, try phone.map { number throws(Refusal) in try ground.index(number) },
            region.code, address, livingIn == region ? nil : livingIn?.code, documentKind?.rawValue,
            try documentNumber.map { number throws(Refusal) in try ground.seal(number) }, document,
            Self.words(PersonWords.name(personName)), address.map { Self.words([$0]) },
        ]
        return ImportRow(line: line, key: index ?? document ?? "\(personName.text) \(born.typed) \(region.code)", values: values)
    }

    private func problems(on ground: ImportGround) -> [Refusal.Problem] {
        var problems = [ground.problem(with: region, at: "region"), livingIn.flatMap { known in
            ground.regions.contains(known) ? nil : Refusal.Problem(["living_in"], "居住地的区划代码 \(known.code) 没有登记，请核对")
        }].compactMap(\.self)
        if let residentID {
            if residentID.birth > ground.today { problems.append(.init(["resident_id"], "身份号码中的出生日期晚于今天，请核对证件")) }
            if let sex, sex != residentID.sex { problems.append(.init(["sex"], "性别与身份号码不符（号码为\(residentID.sex.label)），请核对")) }
            if let bornOn, bornOn != residentID.birth { problems.append(.init(["born_on"], "出生日期与身份号码不符（号码为\(residentID.birth.shown)），请核对")) }
            return problems
        }
        if sex == nil { problems.append(.init(["sex"], "没有身份号码的，请填写性别")) }
        if let bornOn { if bornOn > ground.today { problems.append(.init(["born_on"], "出生日期晚于今天，请核对")) } } else {
            problems.append(.init(["born_on"], "没有身份号码的，请填写出生日期"))
        }
        switch documentKind {
        case nil: problems.append(.init(["document_kind"], "没有身份号码的，请写明持何证件，或为什么没有"))
        case let kind? where kind.hasNumber && documentNumber == nil: problems.append(.init(["document_no"], "请填写\(kind.label)的号码"))
        default: break
        }
        return problems
    }

    private static func words(_ texts: [String]) -> String { texts.flatMap(SearchWords.of).joined(separator: " ") }

    // MARK: Against the house

    static func compare(_ rows: inout [ImportRow], _ ground: ImportGround, at reader: Reader) throws {
        guard try reader.connection.first("SELECT 1 FROM person LIMIT 1", { _ in true }) != nil else { return }
        for place in rows.indices where rows[place].state == .right {
            let number = rows[place].values[4], document = rows[place].values[12]
            guard let known = try number.map({ try reader.known("resident_index", $0) }) ?? document.map({ try reader.known("document_index", $0) }) ?? nil else { continue }
            rows[place].hold(against: known, ground.actor, at: number == nil ? "document_no" : "resident_id")
        }
    }

    // MARK: Entering

    static func enter(_ rows: [ImportRow], _ batch: ImportBatch, at desk: Desk) throws -> ImportTally {
        var tally = ImportTally()
        let new = rows.filter { $0.state == .right }
        do {
            try desk.connection.savepoint { try desk.insert(new, batch) }
            tally.entered = new.count
        } catch StorageError.unique {
            // Somebody was entered at a desk since the check.
            for row in new { try desk.enterOrFill(row, batch, &tally) }
        }
        for row in rows where row.state == .present { try desk.fill(row, &tally) }
        return tally
    }

    static func withdraw(_ row: ImportRow, changed: String?, _ batch: ImportBatch, at desk: Desk) throws -> Bool {
        if let changed { return try desk.unfill(row, changed) }
        let id: ID<Person> = batch.id(row.line)
        guard let person = try desk.first(Person.self, where: "id = \(id)") else { return false }
        guard person.version == 1 else { throw Refusal.conflict("导入之后改过这个人的档案") }
        let acts: Int = try desk.connection.value("SELECT count(*) FROM journal WHERE subject = \(id)") ?? 0
        guard acts == 0 else { throw Refusal.conflict("导入之后已为这个人办过 \(acts) 件事") }
        try desk.index(id, [], in: "person_search")
        try desk.index(id, [], in: "person_address_search")
        try desk.connection.run("DELETE FROM duplicate_pair WHERE (a = \(id) OR b = \(id)) AND state = 'open'")
        try desk.connection.run("DELETE FROM person WHERE id = \(id)")
        return true
    }
}

/// What the register has under a number.
private struct RegisteredHolder {
    let id: ID<Person>, name: String, region: RegionCode
}

extension Reader {
    fileprivate func known(_ column: StaticString, _ index: String) throws -> RegisteredHolder? {
        try connection.first("SELECT coalesce(merged_into, id), name, region FROM person WHERE \(Statement(stringLiteral: column)) = \(index)") {
            RegisteredHolder(id: try $0.read(0), name: try $0.read(1), region: try $0.read(2))
        }
    }
}

extension ImportRow {
    /// The same number and name is the same person; another name under the number is a fault. What other regions hold isn't told.
    fileprivate mutating func hold(against known: RegisteredHolder, _ actor: Actor, at term: String) {
        guard known.name == values[0] else {
            return refuse(term, actor.covers(known.region) ? "这个号码已登记在「\(known.name)」名下，与表中姓名不同，请核对证件" : "这个号码已登记在其他区域的另一姓名下，请联系上级核对")
        }
        state = .present
        match = known.id.text
    }
}

extension Desk {
    fileprivate func insert(_ rows: [ImportRow], _ batch: ImportBatch) throws {
        let ids = rows.map { (batch.id($0.line) as ID<Person>).text }
        try connection.insert(into: Person.table, ["id"] + ImportedPerson.columns + ["birth_estimated", "version"], rows: rows.indices.lazy.map { place in
            [.text(ids[place])] + rows[place].values.prefix(ImportedPerson.columns.count).map { $0.map { .text($0) } ?? .null } + [.integer(0), .integer(1)]
        })
        try connection.index(new: rows.indices.map { (ids[$0], rows[$0].values[ImportedPerson.words] ?? "") }, in: "person_search")
        try connection.index(new: rows.indices.map { (ids[$0], rows[$0].values[ImportedPerson.addressWords] ?? "") }, in: "person_address_search")
    }

    fileprivate func enterOrFill(_ row: ImportRow, _ batch: ImportBatch, _ tally: inout ImportTally) throws {
        if let index = row.values[4], let known = try known("resident_index", index) {
            var present = row
            present.hold(against: known, .house, at: "resident_id")
            guard present.state == .present else { return tally.refused.append(.init(row.line, "核对之后，这个号码被登记在另一姓名下")) }
            return try fill(present, &tally)
        }
        try insert([row], batch)
        tally.entered += 1
    }

    /// Only what is empty is filled: phone, address, where the person lives.
    fileprivate func fill(_ row: ImportRow, _ tally: inout ImportTally) throws {
        guard let match = row.match.flatMap(ID<Person>.init(rawValue:)), var person = try first(Person.self, where: "id = \(match)") else {
            return tally.refused.append(.init(row.line, "核对之后，原有的档案不在了"))
        }
        var filled: [String] = []
        if person.phone == nil, row.values[5] != nil {
            person.phone = try row.value(5)
            person.phoneIndex = try row.value(6)
            filled.append("phone")
        }
        if person.address == nil, let address = row.values[8] { person.address = address; filled.append("address") }
        if person.livingIn == nil, row.values[9] != nil { person.livingIn = try row.value(9); filled.append("living_in") }
        guard !filled.isEmpty else { tally.skipped += 1; return }
        let amended = try amend(person)
        tally.changed += 1
        tally.changes.append(.init(row.line, "\(amended.version) \(filled.joined(separator: " "))"))
    }

    /// Empties what was filled, where nobody changed the file since.
    fileprivate func unfill(_ row: ImportRow, _ change: String) throws -> Bool {
        let parts = change.split(separator: " ").map(String.init)
        guard let match = row.match.flatMap(ID<Person>.init(rawValue:)), var person = try first(Person.self, where: "id = \(match)"),
              let version = parts.first.flatMap(Int.init) else { return false }
        guard person.version == version else { throw Refusal.conflict("导入之后改过这个人的档案，补充的内容没有撤回") }
        if parts.contains("phone") { (person.phone, person.phoneIndex) = (nil, nil) }
        if parts.contains("address") { person.address = nil }
        if parts.contains("living_in") { person.livingIn = nil }
        try amend(person)
        return true
    }
}
