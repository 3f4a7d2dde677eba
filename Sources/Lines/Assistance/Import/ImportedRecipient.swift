import Commons
import Kernel
import Storage
import Values

/// 在保户表的一行。A household on the roster of an older register, taken over with the amount that was decided there.
struct ImportedRecipient: ReconciledImport {
    let programme: Programme
    let number: String?
    let head: ResidentID
    let headName: PersonName
    let covered: LongText?
    let count: Int?
    let start: Month
    let monthly: Amount
    let bank: String
    let account: BankAccount
    let holder: PersonName
    let householdClass: HouseholdClass
    let nextReview: Month?
    let confirmedOn: CivilDate?

    static let name = "recipients"
    static let title = "在保户"
    static let guidance = """
        一户一行。户主须已在人员和家庭中登记；先导入人员、家庭、家庭成员。
        保障人员填各人的身份号码，用顿号或空格隔开；不填的为户内全部成员。
        金额为原系统核定的每月金额（元），导入后照此发放，标明「迁入」；以后调标不会自动重算，须先登记家庭变化、重新核定。
        下次复核月不填的，按家庭类别从导入当月起算。
        全部行正确才能导入，并须先与最近一次发放名册核对（逐户或户数、金额合计）。
        """
    static let uploaders: Set<Role> = [.countyReviewer, .systemAdministrator]
    static let confirmers: Set<Role> = [.countyApprover]
    static let mayEnterPartly = false
    static let keyColumn = "head_number"
    static let roster = PaidRoster.name
    static let amountPlace = Value.monthly
    static let synonyms = [
        "programme": ["救助项目", "保障项目", "类型"], "household_number": ["户编号", "家庭编号"], "head_number": ["户主身份证号", "户主身份证号码", "身份证号", "申请人身份证号"],
        "head_name": ["户主", "申请人姓名", "姓名"], "covered": ["保障成员", "成员身份证号"], "member_count": ["人数", "保障人口"], "from_month": ["享受起始月", "起始月份", "纳入保障时间", "起始月"],
        "monthly_fen": ["月保障金额", "金额", "保障金", "月补助金额", "月金额"], "bank": ["银行", "开户行"], "account": ["账号", "卡号", "银行卡号", "存折号"], "holder": ["户名", "账户名"],
        "household_class": ["分类", "类别"], "next_review_month": ["下次复核时间"], "confirmed_on": ["审批日期", "批准日期"],
    ]
    static let samples = [[
        "programme": "最低生活保障", "head_number": "000181198001010018", "head_name": "张示例", "member_count": "2", "from_month": "2023-07", "monthly_fen": "735.00",
        "bank": "示范农商银行", "account": "存折12345678", "holder": "张示例", "household_class": "B",
    ]]
    static let shape = Shape<ImportedRecipient> {
        Field(.programme, \.programme)
        Field(.householdNumber, \.number)
        Field(.headNumber, \.head)
        Field(.importedHeadName, \.headName)
        Field(.coveredNumbers, \.covered)
        Field(.coveredCount, \.count)
        Field(.startMonth, \.start)
        Field(.monthlyAmount, \.monthly)
        Field(.bankName, \.bank)
        Field(.bankAccount, \.account)
        Field(.accountHolder, \.holder)
        Field(.householdClass, \.householdClass)
        Field(.nextReview, \.nextReview)
        Field(.confirmedOn, \.confirmedOn)
    }

    init(from reading: Reading<ImportedRecipient>) throws(Refusal) {
        programme = try reading(.programme)
        number = try reading(.householdNumber)
        head = try reading(.headNumber)
        headName = try reading(.importedHeadName)
        covered = try reading(.coveredNumbers)
        count = try reading(.coveredCount)
        start = try reading(.startMonth)
        monthly = try reading(.monthlyAmount)
        bank = try reading(.bankName)
        account = try reading(.bankAccount)
        holder = try reading(.accountHolder)
        householdClass = try reading(.householdClass)
        nextReview = try reading(.nextReview)
        confirmedOn = try reading(.confirmedOn)
    }

    /// Places of what is kept of a row.
    enum Value {
        static let index = 0, name = 1, covered = 2, count = 3, start = 4, monthly = 5, bank = 6, account = 7, accountIndex = 8, holder = 9
        static let group = 10, review = 11, confirmed = 12, household = 13, people = 14, payee = 15
    }

    func drafted(on line: Int, _ ground: ImportGround) throws(Refusal) -> ImportRow {
        var problems: [Refusal.Problem] = []
        if start > ground.today.monthOf { problems.append(.init(["from_month"], "起始月晚于本月，请核对")) }
        if monthly.money == .zero { problems.append(.init(["monthly_fen"], "金额应大于零；已停发的户不要列入")) }
        if let nextReview, nextReview < ground.today.monthOf { problems.append(.init(["next_review_month"], "下次复核月已过，请填本月或以后")) }
        if let confirmedOn, confirmedOn > ground.today { problems.append(.init(["confirmed_on"], "确认日期晚于今天，请核对")) }
        guard problems.isEmpty else { throw .faults(problems) }
        let index = try ground.index(head)
        return ImportRow(line: line, key: index, values: [
            index, headName.text, try coveredIndexes(ground), count.map { String($0) }, start.typed, String(monthly.money.fen), bank,
            try ground.seal(account), try ground.index(account), holder.text, householdClass.rawValue, nextReview?.typed, (confirmedOn ?? start.first).typed, nil, nil, nil,
        ])
    }

    /// The blind indexes of those covered; nil for the whole household.
    private func coveredIndexes(_ ground: ImportGround) throws(Refusal) -> String? {
        guard let covered else { return nil }
        var indexes: [String] = []
        for piece in covered.text.split(whereSeparator: { "、，,；; \n\t".contains($0) }) {
            do throws(Refusal) { indexes.append(try ground.index(try ResidentID(typed: String(piece)))) } catch { throw error.at(["covered"]) }
        }
        guard Set(indexes).count == indexes.count else { throw Refusal.invalid("同一个身份号码列了两次").at(["covered"]) }
        return indexes.isEmpty ? nil : indexes.joined(separator: " ")
    }

    static func compare(_ rows: inout [ImportRow], _ ground: ImportGround, at reader: Reader) throws {
        for place in rows.indices where rows[place].state == .right { try reader.compare(&rows[place], ground) }
    }

    static func enter(_ rows: [ImportRow], _ batch: ImportBatch, at desk: Desk) throws -> ImportTally {
        var tally = ImportTally()
        for row in rows {
            guard row.state == .right else { tally.skipped += 1; continue }
            try tally.add(row, at: desk) { tally in
                try desk.takeOver(row, batch)
                tally.entered += 1
            }
        }
        return tally
    }

    static func withdraw(_ row: ImportRow, changed: String?, _ batch: ImportBatch, at desk: Desk) throws -> Bool {
        row.state == .right ? try desk.giveBack(batch.id(row.line), declaration: batch.id(row.line, part: 1), account: batch.id(row.line, part: 2)) : false
    }
}

/// 救助项目。What can be taken over here.
enum Programme: String, CodeList {
    case minimumLiving = "minimum-living"
    var label: String { "最低生活保障" }
}

/// 发放名册的一行。What was last paid, to hold a takeover against; it never enters anything.
struct PaidRoster: Importing {
    let head: ResidentID
    let headName: PersonName?
    let paid: Amount

    static let name = "paid-rosters"
    static let title = "最近一次发放名册"
    static let guidance = """
        导入在保户之前，把最近一次实际发放的名册传上来核对：一户一行，户主身份号码和发放金额。
        名册只用来核对，不登记任何数据；核对好在保户之后可以取消它。
        """
    static let uploaders = ImportedRecipient.uploaders
    static let confirmers: Set<Role> = []
    static let mayEnterPartly = false
    static let keyColumn = "head_number"
    static let synonyms = [
        "head_number": ["户主身份证号", "身份证号", "领款人身份证号", "身份证号码"], "head_name": ["户主", "姓名", "领款人"], "monthly_fen": ["金额", "发放金额", "实发金额", "月保障金"],
    ]
    static let samples = [["head_number": "000181198001010018", "head_name": "张示例", "monthly_fen": "735.00"]]
    static let shape = Shape<PaidRoster> {
        Field(.headNumber, \.head)
        Field(.rosterName, \.headName)
        Field(.paidAmount, \.paid)
    }

    init(from reading: Reading<PaidRoster>) throws(Refusal) {
        head = try reading(.headNumber)
        headName = try reading(.rosterName)
        paid = try reading(.paidAmount)
    }

    func drafted(on line: Int, _ ground: ImportGround) throws(Refusal) -> ImportRow {
        let index = try ground.index(head)
        return ImportRow(line: line, key: index, values: [index, headName?.text, nil, nil, nil, String(paid.money.fen)])
    }

    static func compare(_ rows: inout [ImportRow], _ ground: ImportGround, at reader: Reader) throws {}
    static func enter(_ rows: [ImportRow], _ batch: ImportBatch, at desk: Desk) throws -> ImportTally { ImportTally() }
    static func withdraw(_ row: ImportRow, changed: String?, _ batch: ImportBatch, at desk: Desk) throws -> Bool { false }
}

extension Term where Value == Programme {
    static var programme: Term<Programme> { Term("programme", "项目") }
}
extension Term where Value == LongText {
    static var coveredNumbers: Term<LongText> { Term("covered", "保障人员", hint: "各人身份号码，用顿号隔开；不填为户内全部成员") }
}
extension Term where Value == Int {
    static var coveredCount: Term<Int> { Term("member_count", "保障人数", hint: "填了就核对") }
}
extension Term where Value == Month {
    static var startMonth: Term<Month> { Term("from_month", "起始月份", hint: "如 2023-07") }
}
extension Term where Value == Amount {
    static var monthlyAmount: Term<Amount> { Term("monthly_fen", "月保障金", hint: "元，原系统核定的金额") }
    static var paidAmount: Term<Amount> { Term("monthly_fen", "发放金额", hint: "元") }
}
extension Term where Value == PersonName {
    static var rosterName: Term<PersonName> { Term("head_name", "户主姓名") }
}
