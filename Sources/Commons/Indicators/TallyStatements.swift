import Kernel
import Storage
import Values

/// 计数的语句。One text for a fold, a recount and the rows behind a figure, so that they cannot differ.
extension Tally {
    /// What lies before the first month that is kept singly: a stock begins with what had come together until then.
    static let opening = Month(known: 2014, 12)

    /// How amounts change by month, place and category: columns `region`, `month`, `category` and `amount`; no row where nothing changes.
    ///
    /// Of an event its own month; of a spell the month in which it begins, and with the sign turned the month from which it is over.
    func changes(in places: Statement, through: Month) -> Statement {
        """
        SELECT region, month, category, CAST(sum(amount) AS BIGINT) AS amount FROM (\(parts.flatMap { $0.changes(register, places, through) }.joined(" UNION ALL "))) AS change
        GROUP BY region, month, category HAVING sum(amount) <> 0
        """
    }

    /// The subjects that make up the amount of a span: who counts at the end of its last month, or counted within it. One column, `subject`.
    func subjects(of nature: Indicator.Nature, over period: IndicatorPeriod, in places: Statement, category: String?) -> Statement {
        let each = parts.map { $0.subjects(register, nature, period, places, category) }
        return "SELECT DISTINCT subject FROM (\(each.joined(" UNION ALL "))) AS behind"
    }
}

extension Month {
    /// A month written in the program.
    init(known year: Int, _ month: Int) { self = CivilDate(written: year, month, 1).monthOf }
}

extension Tally.Part {
    fileprivate func changes(_ register: Tally.Register, _ places: Statement, _ through: Month) -> [Statement] {
        switch time {
        case .month(let month):
            [row(register, places, month: month, sign: "", "\(month) > \(Tally.opening) AND \(month) <= \(through)")]
        case .spell(let from, let until):
            [row(register, places, month: notBefore(from), sign: "", "\(from) <= \(through) AND (\(until) IS NULL OR \(until) > \(from))"),
             row(register, places, month: notBefore(until), sign: "-", "\(until) > \(from) AND \(until) <= \(through)")]
        }
    }

    private func row(_ register: Tally.Register, _ places: Statement, month: Statement, sign: Statement, _ counts: Statement) -> Statement {
        """
        SELECT \(Statement.column(register.region)) AS region, \(month) AS month, \(category) AS category, \(sign)(\(amount)) AS amount
        FROM \(register.tables) WHERE \(places) AND \(condition) AND \(counts)
        """
    }

    private func notBefore(_ month: Statement) -> Statement { "CASE WHEN \(month) < \(Tally.opening) THEN \(Tally.opening) ELSE \(month) END" }

    fileprivate func subjects(_ register: Tally.Register, _ nature: Indicator.Nature, _ period: IndicatorPeriod, _ places: Statement, _ wanted: String?) -> Statement {
        let counts: Statement
        switch time {
        case .month(let month): counts = "\(month) >= \(period.from) AND \(month) <= \(period.through)"
        case .spell(let from, let until): counts = "\(from) <= \(period.through) AND (\(until) IS NULL OR (\(until) > \(from) AND \(until) > \(period.through)))"
        }
        let only: Statement = wanted.map { " AND \(category) = \($0)" } ?? ""
        return "SELECT \(register.subject) AS subject FROM \(register.tables) WHERE \(places) AND \(condition) AND \(counts)\(only)"
    }
}

extension Statement {
    /// `p.region` of a tally's own tables.
    static func column(_ name: String) -> Statement {
        let parts = name.split(separator: ".").compactMap { try? Statement(identifier: String($0)) }
        return parts.joined(".")
    }

    /// The month of a day kept as text.
    public static func month(of day: Statement) -> Statement { "substr(\(day), 1, 7)" }

    /// The month in which one born on a day reaches an age: the birthday itself counts, and who was born on February 29 reaches it in February.
    public static func month(of age: Int, bornOn: Statement) -> Statement {
        "CAST(CAST(substr(\(bornOn), 1, 4) AS BIGINT) + \(age) AS TEXT) || substr(\(bornOn), 5, 3)"
    }

    /// 日序。A number that grows by one from day to day, from a day kept as text; only differences mean anything.
    public static func dayNumber(_ day: Statement) -> Statement {
        let year: Statement = "(CAST(substr(\(day), 1, 4) AS BIGINT) - CASE WHEN substr(\(day), 6, 2) < '03' THEN 1 ELSE 0 END)"
        let month: Statement = "(CAST(substr(\(day), 6, 2) AS BIGINT) + CASE WHEN substr(\(day), 6, 2) < '03' THEN 9 ELSE -3 END)"
        return "(365 * \(year) + \(year) / 4 - \(year) / 100 + \(year) / 400 + (153 * \(month) + 2) / 5 + CAST(substr(\(day), 9, 2) AS BIGINT))"
    }
}
