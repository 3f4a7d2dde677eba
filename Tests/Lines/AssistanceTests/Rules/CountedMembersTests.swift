import Testing
import Values
@testable import Assistance

/// One kind of person: counted under the rules of 2021 and of 2012, and a word of each reason.
struct MembershipCase: Sendable, CustomTestStringConvertible {
    let who: String
    let kinship: Kinship
    let age: Int
    let in2021: Bool
    let in2012: Bool
    let reason: String
    let change: @Sendable (inout MemberFacts) -> Void

    init(
        _ who: String, _ kinship: Kinship, _ age: Int, _ in2021: Bool, _ in2012: Bool, _ reason: String,
        _ change: @escaping @Sendable (inout MemberFacts) -> Void = { _ in }
    ) {
        (self.who, self.kinship, self.age, self.in2021, self.in2012) = (who, kinship, age, in2021, in2012)
        (self.reason, self.change) = (reason, change)
    }

    var testDescription: String { who }
}

@Suite("共同生活的家庭成员")
struct CountedMembersTests {
    static let cases: [MembershipCase] = [
        //             情形              关系          年龄 2021   2012   理由
        MembershipCase("本人", .applicant, 40, true, true, "申请人本人"),
        MembershipCase("配偶", .spouse, 40, true, true, "配偶"),
        MembershipCase("不同住的配偶", .spouse, 40, true, true, "配偶") { $0.coResident = false },
        MembershipCase("未成年子女", .child, 17, true, true, "未成年子女"),
        MembershipCase("不能独立生活的成年子女", .child, 30, true, true, "不能独立生活") { $0.livesIndependently = false },
        MembershipCase("独立生活的成年子女", .child, 18, false, false, "能独立生活") { $0.livesIndependently = true },
        MembershipCase("同住且有赡养义务的成年子女", .child, 30, true, true, "长期共同居住") {
            ($0.livesIndependently, $0.supportDuty) = (true, true)
        },
        MembershipCase("全日制本科", .child, 20, true, true, "本科及以下") {
            $0.study = Study(level: .bachelor, fullTime: true)
        },
        MembershipCase("非全日制本科", .child, 20, false, true, "") {
            ($0.study, $0.livesIndependently) = (Study(level: .bachelor, fullTime: false), true)
        },
        MembershipCase("不同住的父母", .parent, 70, false, true, "父母") { ($0.supportDuty, $0.coResident) = (true, false) },
        MembershipCase("同住的父母", .parent, 70, true, true, "父母") { $0.supportDuty = true },
        MembershipCase("同住没有义务的兄弟", .sibling, 40, false, false, "没有法定"),
        MembershipCase("同住有义务的孙子女", .grandchild, 9, true, true, "长期共同居住") { $0.supportDuty = true },
        MembershipCase("服刑的配偶", .spouse, 40, false, false, "监狱服刑") { $0.status = .prison },
        MembershipCase("强制隔离戒毒", .spouse, 40, false, true, "") { $0.status = .rehabilitation },
        MembershipCase("宣告失踪", .spouse, 40, false, true, "") { $0.status = .missing },
        MembershipCase("劳动教养", .spouse, 40, true, false, "") { $0.status = .reeducation },
        MembershipCase("宗教教职人员三年以上", .sibling, 40, false, false, "宗教教职") { $0.status = .religious },
    ]

    @Test("2021 年和 2012 年的规定", arguments: cases)
    func matrix(_ c: MembershipCase) throws {
        for (edition, expected, number) in [(Edition.rules2021, c.in2021, "57号"), (.rules2012, c.in2012, "220号")] {
            let member = try person("m", c.kinship, age: c.age, c.change)
            let verdict = try #require(try countedMembers(
                of: family([member]), under: law(standard: 800) { $0.edition = .init(edition) }, on: day(judged)).first)
            #expect(verdict.counted == expected)
            #expect(c.reason.isEmpty || verdict.reason.contains(c.reason))
            #expect(verdict.reason.hasSuffix(expected ? "，计入共同生活的家庭成员" : "，不计入共同生活的家庭成员"))
            #expect(verdict.basis.text.contains(number))
        }
    }

    @Test("由当地规定的人员：计入、不计入，没有规定则不能计算", arguments: [
        (MemberStatus.soldier, Study.none), (.longAbsent, .none), (.present, Study(level: .postgraduate, fullTime: true)),
    ])
    func leftToThePlace(status: MemberStatus, study: Study) throws {
        let member = try person("m", status == .longAbsent ? .spouse : .child, age: 23) { ($0.status, $0.study) = (status, study) }
        func verdict(_ choice: Membership?) throws -> MemberVerdict? {
            let ruled = choice.map { Ruled($0, id: "r1", source: Citation("示范市规定")) }
            let place = law(standard: 800) { ($0.soldier, $0.longAbsent, $0.postgraduate) = (ruled, ruled, ruled) }
            return try countedMembers(of: family([member]), under: place, on: day(judged)).first
        }
        #expect(try verdict(.counted)?.counted == true)
        #expect(try verdict(.notCounted)?.counted == false)
        #expect(try verdict(.notCounted)?.basis.title == "示范市规定")
        #expect(try verdict(.notCounted)?.ruling?.id == "r1")
        let refusal = #expect(throws: Refusal.self) { try verdict(nil) }
        #expect(refusal?.kind == .gap)
    }

    @Test("十八周岁生日", arguments: [
        //  出生          判断日        计入
        ("2005-06-02", "2023-06-01", true),     // 前一天，尚未成年
        ("2005-06-01", "2023-06-01", false),    // 生日当天成年
    ])
    func comingOfAge(born: String, on date: String, counted: Bool) throws {
        var child = try person("m", .child, age: 17)
        (child.birth, child.livesIndependently) = (try day(born), true)
        let verdicts = try countedMembers(of: family([child]), under: law(standard: 800), on: day(date))
        #expect(verdicts.map(\.counted) == [counted])
    }

    @Test("缺少判断所需的情况时，指明成员和栏目")
    func missingFacts() throws {
        let adult = try person("m7", .child, age: 30)
        let unborn = try person("m8", .child, age: 30) { $0.birth = nil }
        for (member, field) in [(adult, "lives_independently"), (unborn, "birth")] {
            let refusal = #expect(throws: Refusal.self) {
                try countedMembers(of: family([member]), under: law(standard: 800), on: day(judged))
            }
            #expect(refusal?.problems.map(\.path) == [["members", member.id, field]])
        }
    }

    @Test("五口之家，一名学生，一名服刑人员")
    func fiveWithStudentAndPrisoner() throws {
        let five = try [
            person("self", .applicant, age: 46, wage: 1600), person("spouse", .spouse, age: 45),
            person("daughter", .child, age: 20) { $0.study = Study(level: .college, fullTime: true) },
            person("son", .child, age: 12),
            person("grandfather", .parent, age: 71) { ($0.status, $0.supportDuty) = (.prison, true) },
        ]
        let result = try assess(family(five), under: law(standard: 735), on: day(judged))
        #expect(result.members.map(\.counted) == [true, true, true, true, false])
        #expect(result.members.last?.reason == "在监狱服刑，不计入共同生活的家庭成员")
        #expect(result.decision == .approve)
        #expect(result.monthly == .yuan(735 * 4 - 1600))
    }
}
