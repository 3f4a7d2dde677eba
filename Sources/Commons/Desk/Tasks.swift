import Kernel
import Storage
import Values

/// 待办。A case that waits for this reader's role, with the day its nearest clock falls due.
struct DeskTask: Sendable {
    let file: CaseFile
    /// nil: no clock is running.
    let dueOn: CivilDate?
    /// Who took it, of this role; nil: nobody yet.
    let holder: ID<Actor>?
    /// 0 mine, 1 nobody's, 2 a colleague's.
    fileprivate let rank: Int

    /// Where the next page of tasks begins.
    var cursor: String { "\(rank).\(dueOn?.typed ?? "-").\(file.id)" }
}

/// 谁的待办。
enum TaskHolder: String, CodeList {
    case mine, free, all

    var label: String {
        switch self {
        case .mine: "我的"
        case .free: "未认领"
        case .all: "全部"
        }
    }
}

/// 待办范围。Which tasks are listed.
enum TaskRange: String, CodeList {
    case today, late, all

    var label: String {
        switch self {
        case .today: "今日到期"
        case .late: "已超期"
        case .all: "待我办"
        }
    }
}

/// The three numbers at the top of the workbench.
struct TaskCounts: Sendable, Hashable {
    let today: Int, late: Int, all: Int
    static let none = TaskCounts(today: 0, late: 0, all: 0)

    subscript(_ range: TaskRange) -> Int {
        switch range { case .today: today; case .late: late; case .all: all }
    }
}

extension Reader {
    /// Tasks by the clock: mine, then nobody's, then my colleagues'; in each the first to fall due at the top, those without a running clock last.
    func tasks(_ range: TaskRange, of holder: TaskHolder = .all, after cursor: String? = nil, limit: Int) throws -> [DeskTask] {
        guard let open = openTasks() else { return [] }
        let conditions = [condition(range), condition(holder), try cursor.map(beyond)].compactMap { $0 }
        let narrowed: Statement = conditions.isEmpty ? "1 = 1" : conditions.joined(" AND ")
        let found = try connection.all("""
            SELECT id, due_on, holder, \(rank) FROM \(open) WHERE \(narrowed) ORDER BY \(rank), coalesce(due_on, '9'), id LIMIT \(limit)
            """) { row in
            (id: try row.read(0) as String, dueOn: try row.read(1) as CivilDate?, holder: try row.read(2) as ID<Actor>?, rank: try row.read(3) as Int)
        }
        return try found.compactMap { found in try caseFile(id: found.id).map { DeskTask(file: $0, dueOn: found.dueOn, holder: found.holder, rank: found.rank) } }
    }

    private var rank: Statement { "CASE WHEN holder = \(actor.user) THEN 0 WHEN holder IS NULL THEN 1 ELSE 2 END" }

    private func condition(_ holder: TaskHolder) -> Statement? {
        switch holder {
        case .mine: "holder = \(actor.user)"
        case .free: "holder IS NULL"
        case .all: nil
        }
    }

    func taskCounts() throws -> TaskCounts {
        guard let open = openTasks() else { return .none }
        return try connection.first("""
            SELECT CAST(coalesce(sum(CASE WHEN due_on = \(today) THEN 1 ELSE 0 END), 0) AS BIGINT),
                   CAST(coalesce(sum(CASE WHEN due_on < \(today) THEN 1 ELSE 0 END), 0) AS BIGINT), count(*) FROM \(open)
            """) { TaskCounts(today: try $0.read(0), late: try $0.read(1), all: try $0.read(2)) } ?? .none
    }

    /// Reads `case_file_open` by region and looks up each case's clocks; nil where this role is never awaited.
    func openTasks() -> Statement? {
        // What the house does by itself is done in its administrator's name, and is nobody's task.
        guard actor.role != .systemAdministrator else { return nil }
        let waiting = house.lines.flatMap(\.processes).flatMap(waiting)
        guard !waiting.isEmpty else { return nil }
        return """
            (SELECT f.id AS id,
                    (SELECT min(c.due_on) FROM case_clock AS c WHERE c.case_id = f.id AND c.ended_on IS NULL AND c.paused_on IS NULL) AS due_on,
                    (SELECT t.user_id FROM task_assignment AS t WHERE t.case_id = f.id AND t.role = \(actor.role) AND t.ended_at IS NULL) AS holder
             FROM case_file AS f
             WHERE f.closed_on IS NULL AND \(within("f.region")) AND (\(waiting.joined(" OR ")))) AS task
            """
    }

    /// The states of a process that wait for this role, edition by edition.
    private func waiting(_ process: Process) -> [Statement] {
        process.editions.enumerated().compactMap { index, edition in
            let states = edition.states.filter { edition.awaits(actor.role, in: $0) }.map { "\($0.name)" as Statement }
            guard !states.isEmpty else { return nil }
            let next = index + 1 < process.editions.count ? process.editions[index + 1].from : nil
            let before: Statement = next.map { " AND f.edition_on < \($0)" } ?? .empty
            return "(f.process = \(process.name) AND f.state IN (\(states.joined(", "))) AND f.edition_on >= \(edition.from)\(before))"
        }
    }

    private func condition(_ range: TaskRange) -> Statement? {
        switch range {
        case .today: "due_on = \(today)"
        case .late: "due_on < \(today)"
        case .all: nil
        }
    }

    private func beyond(_ cursor: String) throws -> Statement {
        let parts = cursor.split(separator: ".", maxSplits: 2).map(String.init)
        guard parts.count == 3, let last = Int(parts[0]), parts[1] == "-" || (try? CivilDate(typed: parts[1])) != nil else {
            throw Refusal.invalid("翻页位置已失效，请从第一页重新打开")
        }
        let due = parts[1] == "-" ? "9" : parts[1]
        return """
            (\(rank) > \(last) OR (\(rank) = \(last) AND (coalesce(due_on, '9') > \(due) OR (coalesce(due_on, '9') = \(due) AND id > \(parts[2])))))
            """
    }
}

extension Edition {
    /// Whether a case in this state waits for this role: something is owed, and the role has a step towards it.
    func awaits(_ role: Role, in state: State) -> Bool {
        guard state.awaits != nil, !state.isFinal else { return false }
        return steps(from: state).contains { $0.roles.contains(role) }
    }

    /// The moves that a state waits for. What is open from most unfinished states (撤回申请、终止) waits for nobody,
    /// unless there is nothing else to do.
    private func steps(from state: State) -> [Move] {
        let unfinished = Set(states.filter { !$0.isFinal })
        let all = moves(from: state.name)
        let steps = all.filter { unfinished.intersection($0.from).count * 2 <= unfinished.count }
        return steps.isEmpty ? all : steps
    }
}
