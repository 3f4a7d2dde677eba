import Commons
import Kernel
import Storage
import Values

/// 登记窗口的几件事。People without an ID number, files entered twice, corrections that wait and that were made: what the pages of the register show.
enum Newcomers {
    private static let community = "000181001001"

    /// - Returns: how many people were entered beyond the census.
    static func enter(at office: Office, _ dice: inout Dice) async throws -> Int {
        guard office.knows("people.propose-merge") else { return 0 }
        let known = try await neighbours(office)
        try await strangers(office, &dice)
        let traveller = try await traveller(office, &dice)
        guard known.count == 4 else { return 3 + traveller }
        try await double(known[0], office, &dice, merges: false)
        try await double(known[1], office, &dice, merges: true)
        try await correct(known[2], "jiedaoshenhe", office, &dice)
        try await correct(known[3], nil, office, &dice)
        return 3 + traveller + 2
    }

    /// Grown people of one community, under sixty so that the bands of age stay those of the census.
    private static func neighbours(_ office: Office) async throws -> [Person] {
        let youngest = office.today.adding(years: -25), eldest = office.today.adding(years: -50)
        return try await office.read { reader in
            try reader.all(Person.self, where: "region = \(community) AND born_on > \(eldest) AND born_on < \(youngest) AND died_on IS NULL ORDER BY id LIMIT 4")
        }
    }

    /// A foreigner, somebody nobody knows, and a child that has no papers yet.
    private static func strangers(_ office: Office, _ dice: inout Dice) async throws {
        let day = office.workday(before: 40), born = office.today.adding(years: -34)
        let people: [RawFields] = [
            ["name": .typed("安娜·示例"), "document_kind": .typed("passport"), "document_no": .typed("SL0001234"), "sex": .typed("2"), "born_on": .typed(born.typed),
             "phone": .typed("19900000001"), "region": .typed(community), "address": .typed("和平路示范公寓3栋201室")],
            ["name": .typed("姓名不详"), "document_kind": .typed("unidentified"), "sex": .typed("1"), "born_on": .typed("\(office.today.year - 45)-01-01"),
             "birth_estimated": .typed("1"), "region": .typed(community)],
            ["name": .typed("范小宝"), "document_kind": .typed("newborn"), "sex": .typed("2"), "born_on": .typed(office.workday(before: 45).typed), "region": .typed(community)],
        ]
        for person in people { try await office.act("people.register-person", person, by: "shequ", on: day, &dice) }
    }

    /// Entered twice under one passport: merged at once, since nobody needs to judge.
    private static func traveller(_ office: Office, _ dice: inout Dice) async throws -> Int {
        let born = office.today.adding(years: -41)
        var person: RawFields = ["name": .typed("马可·示范"), "document_kind": .typed("passport"), "document_no": .typed("SF0005678"), "sex": .typed("1"),
                                 "born_on": .typed(born.typed), "region": .typed(community)]
        let first = try await office.act("people.register-person", person, by: "shequ", on: office.workday(before: 35), &dice)
        person["name"] = .typed("马可示范")
        person["distinct_reason"] = .typed("姓名写法不同，先行登记，请审核人员核对")
        let second = try await office.act("people.register-person", person, by: "jingban", on: office.workday(before: 30), &dice)
        try await office.act("people.propose-merge", ["kept": .typed(first.subject), "absorbed": .typed(second.subject), "reason": .typed("护照同一本，姓名译写不同")],
                             by: "jingban", on: office.workday(before: 29), &dice)
        return 2
    }

    /// Somebody of the census entered again without his number.
    private static func double(_ known: Person, _ office: Office, _ dice: inout Dice, merges: Bool) async throws {
        let again = try await office.act("people.register-person", [
            "name": .typed(known.name.typed), "document_kind": .typed("other"), "document_no": .typed("LS\(100_000 + dice.below(900_000))"), "sex": .typed(known.sex.rawValue),
            "born_on": .typed(known.bornOn.typed), "region": .typed(community), "distinct_reason": .typed("本人说没有登记过，请核对"),
        ], by: "shequ", on: office.workday(before: 20), &dice)
        guard merges else { return }
        try await office.act("people.propose-merge", ["kept": .typed(known.id.text), "absorbed": .typed(again.subject), "reason": .typed("已见到本人和户口簿，是同一人")],
                             by: "jingban", on: office.workday(before: 12), &dice)
    }

    /// A name put right, and a phone.
    private static func correct(_ known: Person, _ second: String?, _ office: Office, _ dice: inout Dice) async throws {
        let asked = try await office.act("people.request-correction", [
            "person": .typed(known.id.text), "name": .typed(known.name.typed + "例"), "reason": .typed("户口簿上的姓名多一个字，登记时漏写"),
        ], by: "shequ", on: office.workday(before: 10), &dice)
        try await office.act("people.edit-person", ["person": .typed(known.id.text), "phone": .typed("1990000000\(2 + dice.below(8))")], by: "shequ",
                             on: office.workday(before: 9), &dice)
        guard let second else { return }
        try await office.act("people.approve-change", ["change": .typed(asked.subject), "answer": .typed("与户口簿一致")], by: second, on: office.workday(before: 8), &dice)
    }
}
