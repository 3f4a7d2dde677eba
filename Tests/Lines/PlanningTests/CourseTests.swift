import Reading
import Testing
import Values
@testable import Planning

/// 红绿灯：both sides of every boundary.
@Suite("进度判断")
struct CourseTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var bound = Bound.atLeast, goal = "100", start: String? = "0", unit = "个", counting = Counting.total, today = "2025-07-02", deadline = "2025-12-31"
        var points: [(String, String)] = [], judged: String?
        let value: String, light: Light
        var testDescription: String { "\(bound.label) \(goal)\(unit)，\(today)为 \(value)：\(light.label)" }
    }

    /// 7 月 2 日是第 182 天之后：到 12 月 31 日共 364 天，恰好一半。
    @Test("按时间均匀推进", arguments: [
        Case(value: "50", light: .onTrack), Case(value: "49", light: .slow),
        Case(value: "40", light: .slow), Case(value: "39", light: .late),
        Case(value: "99", light: .onTrack), Case(value: "100", light: .done),
        Case(today: "2025-12-31", value: "99", light: .slow), Case(today: "2026-01-01", value: "99", light: .overdue), Case(today: "2026-01-01", value: "100", light: .done),
        Case(today: "2025-01-01", value: "0", light: .onTrack),
        Case(bound: .exactly, value: "50", light: .onTrack), Case(bound: .exactly, value: "101", light: .done),
        Case(bound: .about, value: "95", light: .done), Case(bound: .about, today: "2026-01-01", value: "94", light: .overdue),
    ])
    func evenWay(_ c: Case) throws { try check(c) }

    @Test("数据只到上月底：按那一天判断，过了时限也不算逾期", arguments: [
        Case(today: "2025-08-01", judged: "2025-07-02", value: "50", light: .onTrack), Case(today: "2025-08-01", judged: "2025-07-02", value: "49", light: .slow),
        Case(today: "2026-01-05", judged: "2025-11-30", value: "99", light: .onTrack),
    ])
    func figuresLag(_ c: Case) throws { try check(c) }

    @Test("上限：累计的不能超，期末的到时限才算", arguments: [
        Case(bound: .atMost, goal: "4", unit: "起", value: "2", light: .onTrack), Case(bound: .atMost, goal: "4", unit: "起", value: "3", light: .slow),
        Case(bound: .atMost, goal: "4", unit: "起", value: "5", light: .overdue), Case(bound: .atMost, goal: "0", unit: "起", value: "0", light: .onTrack),
        Case(bound: .atMost, goal: "4", unit: "起", today: "2026-01-01", value: "4", light: .done),
        Case(bound: .atMost, goal: "25", start: nil, unit: "天", counting: .level, value: "25", light: .onTrack),
        Case(bound: .atMost, goal: "25", start: nil, unit: "天", counting: .level, value: "25.1", light: .slow),
        Case(bound: .atMost, goal: "25", start: nil, unit: "天", counting: .level, today: "2026-01-01", value: "25.1", light: .overdue),
    ])
    func ceilings(_ c: Case) throws { try check(c) }

    @Test("由多少提高到、降到多少", arguments: [
        Case(bound: .exactly, goal: "70", start: "60", unit: "%", counting: .level, value: "65", light: .onTrack),
        Case(bound: .exactly, goal: "70", start: "60", unit: "%", counting: .level, value: "64.9", light: .slow),
        Case(bound: .exactly, goal: "70", start: "60", unit: "%", counting: .level, value: "63.9", light: .late),
        Case(bound: .exactly, goal: "70", start: "60", unit: "%", counting: .level, value: "59", light: .late),
        Case(bound: .exactly, goal: "70", start: "60", unit: "%", counting: .level, value: "70", light: .done),
        Case(bound: .atMost, goal: "10", start: "12", unit: "%", counting: .level, value: "11", light: .onTrack),
        Case(bound: .atMost, goal: "10", start: "12", unit: "%", counting: .level, value: "11.1", light: .slow),
        Case(bound: .atMost, goal: "10", start: "12", unit: "%", counting: .level, value: "12.1", light: .late),
        Case(bound: .atMost, goal: "10", start: "12", unit: "%", counting: .level, value: "10", light: .done),
        // 标准一次到位：时限前一个月才提醒。
        Case(bound: .exactly, goal: "735", start: "728", unit: "元/人/月", counting: .level, today: "2025-11-30", value: "728", light: .onTrack),
        Case(bound: .exactly, goal: "735", start: "728", unit: "元/人/月", counting: .level, today: "2025-12-01", value: "728", light: .slow),
        Case(bound: .exactly, goal: "735", start: "728", unit: "元/人/月", counting: .level, today: "2026-01-01", value: "728", light: .overdue),
        Case(bound: .exactly, goal: "735", start: "728", unit: "元/人/月", counting: .level, value: "735", light: .done),
    ])
    func raises(_ c: Case) throws { try check(c) }

    @Test("季度目标：设了的照设的走", arguments: [
        Case(today: "2025-06-30", points: [("2025-06-30", "20"), ("2025-09-30", "60")], value: "20", light: .onTrack),
        Case(today: "2025-06-30", points: [("2025-06-30", "20"), ("2025-09-30", "60")], value: "19", light: .slow),
        Case(today: "2025-06-30", points: [("2025-06-30", "20"), ("2025-09-30", "60")], value: "15", light: .late),
        Case(today: "2025-08-15", points: [("2025-06-30", "20"), ("2025-09-30", "60")], value: "40", light: .onTrack),
        // 不知从何起的期末数：第一个季度目标之前没有应达数。
        Case(start: nil, counting: .level, today: "2025-03-31", points: [("2025-06-30", "20")], value: "1", light: .onTrack),
    ])
    func quarters(_ c: Case) throws { try check(c) }

    private func check(_ c: Case) throws {
        let figure = { (text: String) throws in try TargetNumber(typed: text).figure }
        let course = Course(bound: c.bound, goal: try figure(c.goal), start: try c.start.map(figure), unit: c.unit, counting: c.counting, begin: .init(written: 2025, 1, 1),
                            deadline: try CivilDate(typed: c.deadline), points: try c.points.map { .init(day: try CivilDate(typed: $0.0), value: try figure($0.1)) })
        let today = try CivilDate(typed: c.today), status = course.status(of: try figure(c.value), on: today, judgedOn: try c.judged.map { try CivilDate(typed: $0) } ?? today)
        #expect(status.light == c.light, "\(status.words)")
        #expect(!status.words.isEmpty)
    }

    @Test("说明里有差多少", arguments: [("49", "现为 49 个，到今天应达到 50 个，差 1 个"), ("50", "现为 50 个，到今天应达到 50 个"), ("102", "现为 102 个，超出目标 2 个")])
    func wordsSayHowMuch(_ value: String, _ words: String) throws {
        let course = Course(bound: .atLeast, goal: Figure(100), start: .zero, unit: "个", counting: .total, begin: .init(written: 2025, 1, 1),
                            deadline: .init(written: 2025, 12, 31))
        #expect(course.status(of: try TargetNumber(typed: value).figure, on: .init(written: 2025, 7, 2), judgedOn: .init(written: 2025, 7, 2)).words == words)
    }

    struct WordCase: Sendable {
        var goal = 95 as Int64, start: Int64? = 0, unit = "%", counting = Counting.level, today = "2025-07-02", judged = "2025-07-02", deadline = "2025-12-31"
        let value: String, words: String
    }

    @Test("比率差的是百分点；数据到哪天就说到哪天；还有几天从今天算；降的说降到", arguments: [
        WordCase(value: "98.22", words: "现为 98.22%，超出目标 3.22 个百分点"), WordCase(start: 85, value: "88", words: "现为 88%，到今天应达到 90%，差 2 个百分点"),
        WordCase(goal: 10, start: 12, value: "12", words: "现为 12%，到今天应降到 11%，差 1 个百分点"), WordCase(goal: 10, start: 12, value: "9.5", words: "现为 9.5%，比目标再低 0.5 个百分点"),
        WordCase(goal: 100, unit: "个", counting: .total, today: "2025-08-01", value: "40", words: "现为 40 个，到7月2日应达到 50 个，差 10 个"),
        WordCase(goal: 100, start: nil, unit: "个", today: "2025-12-23", judged: "2025-11-30", value: "40", words: "现为 40 个，目标 100 个，时限2025年12月31日，还有 8 天"),
        WordCase(goal: 100, start: nil, unit: "个", today: "2025-12-31", judged: "2025-11-30", value: "40", words: "现为 40 个，目标 100 个，时限2025年12月31日，就是今天"),
    ])
    func wordsSayOfWhat(_ c: WordCase) throws {
        let course = Course(bound: .exactly, goal: Figure(c.goal), start: c.start.map { Figure($0) }, unit: c.unit, counting: c.counting, begin: .init(written: 2025, 1, 1),
                            deadline: try CivilDate(typed: c.deadline))
        #expect(course.status(of: try TargetNumber(typed: c.value).figure, on: try CivilDate(typed: c.today), judgedOn: try CivilDate(typed: c.judged)).words == c.words)
    }
}
