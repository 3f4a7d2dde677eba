import Commons
import Kernel
import Values
@testable import Assistance

/// A person on a form, invented and looking so.
func member(_ key: String, _ name: String, _ kinship: Kinship, born: String, sequence: Int, _ more: RawFields = [:]) throws -> RawRow {
    var fields = more
    fields["name"] = .typed(name)
    fields["kinship"] = .typed(kinship.rawValue)
    fields["resident_id"] = .typed(try ResidentID(area: "000181", birth: try day(born), sequence: sequence).typed)
    if fields["consented"] == nil { fields["consented"] = .typed("是") }
    return RawRow(key: key, fields: fields)
}

func wage(_ yuan: Int, _ kind: IncomeKind = .wage) -> Raw {
    .rows([RawRow(key: "i1", fields: ["kind": .typed(kind.rawValue), "amount_fen": .typed("\(yuan)"), "span": .typed("month")])])
}

/// 五口之家：the applicant works, the spouse doesn't, a student at university, a prisoner, a child at school.
func fiveOfThem(wage yuan: Int = 1500) throws -> [RawRow] {
    try [
        member("m1", "试甲一", .applicant, born: "1980-03-05", sequence: 101, ["employed": .typed("是"), "incomes": wage(yuan)]),
        member("m2", "试甲二", .spouse, born: "1981-04-06", sequence: 202),
        member("m3", "试甲三", .child, born: "2004-05-07", sequence: 303, ["study_level": .typed("本科"), "full_time": .typed("是")]),
        member("m4", "试甲四", .parent, born: "1955-06-08", sequence: 405, ["status": .typed("在监狱服刑"), "consented": .typed("否")]),
        member("m5", "试甲五", .child, born: "2012-07-09", sequence: 506, ["study_level": .typed("义务教育")]),
    ]
}

/// 一人户，没有收入。
func alone(_ name: String = "试乙一", sequence: Int = 701, born: String = "1970-01-02", _ more: RawFields = [:]) throws -> [RawRow] {
    try [member("m1", name, .applicant, born: born, sequence: sequence, more)]
}

func application(of members: [RawRow], area: Area = .urban, region: String = "000181001001", _ more: RawFields = [:]) -> RawFields {
    var fields = more
    fields["region"] = .typed(region)
    fields["area"] = .typed(area.rawValue)
    fields["members"] = .rows(members)
    return fields
}

/// The same person with something to say of him.
func alone(_ more: RawFields) throws -> [RawRow] { try alone("试乙一", more) }

let twoSurveyors: Raw = .rows([RawRow(key: "s1", fields: ["name": .typed("调查甲")]), RawRow(key: "s2", fields: ["name": .typed("调查乙")])])

extension Office {
    /// Intake and acceptance. - Returns: the application's id.
    func accepted(_ values: RawFields, by clerk: Actor = clerk) async throws -> String {
        let id = try await submit("apply-for-allowance", values, as: clerk).outcome.subject
        try await on(id, "accept-application", as: clerk)
        return id
    }

    func check(_ id: String, on date: String, _ hits: [RawRow] = []) async throws {
        try await on(id, "record-economic-check", ["reported_on": .typed(date), "hits": .rows(hits)], as: checker)
    }

    func visit(_ id: String, on date: String, by actor: Actor = clerk) async throws {
        try await on(id, "record-visit", ["visited_on": .typed(date), "surveyors": twoSurveyors, "signed_by": .typed("试甲一"),
                                          "findings": .typed("与申报一致"), "agrees": .typed("是")], as: actor)
    }

    /// Check, visit, opinion and notice on today's date.
    func noticed(_ values: RawFields, by clerk: Actor = clerk) async throws -> String {
        let id = try await accepted(values, by: clerk), today = clock.now().date.typed
        try await check(id, on: today)
        try await visit(id, on: today, by: clerk)
        try await on(id, "record-first-opinion", as: clerk)
        try await on(id, "post-notice", ["place": .typed("和平社区公示栏")], as: clerk)
        return id
    }

    /// A household confirmed eight days from today. - Returns: the allowance's id.
    func granted(_ values: RawFields) async throws -> String {
        let id = try await noticed(values)
        clock.set(clock.now().date.adding(days: 8))
        try await on(id, "confirm-allowance", as: approver)
        return try await allowance(of: id)?.id.text ?? ""
    }
}
