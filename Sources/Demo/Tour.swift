import Kernel
import Storage
import Values

/// 走一遍。What the demo city shows of the main job in the terminal; it reads and reckons, and stores nothing.
public struct Tour: Sendable {
    let counter: Counter
    let actor: Actor

    /// - Parameter actor: whose region and role the tour reads with.
    public init(_ counter: Counter, as actor: Actor) {
        self.counter = counter
        self.actor = actor
    }

    /// One part of the tour, in lines ready to print.
    public struct Stop: Sendable {
        public let title: String
        public let lines: [String]
    }

    public func stops() async throws -> [Stop] {
        [try await estimate(on: "2024-06-20"), try await estimate(on: "2024-07-01"), try await cases(), try await oneDecision(), try await findings(), try await journal()]
    }

    // MARK: 试算

    /// The household of five, with a student and a prisoner, under the rulings of a day.
    private func estimate(on day: String) async throws -> Stop {
        let question = try JSON(parsing: Self.household).rawFields().adding("on", .received(.text(day)))
        let inquiry = try counter.house.inquiry("assistance", "estimates")
        let answer = JSON(try await counter.ask(inquiry, question, as: actor), in: inquiry.answerOutline)
        let members = answer.list("members").map { "  \($0.text("name"))：\($0.text("reason"))" }
        let sums = answer.list("lines").filter { $0["amount_text"] != .null }.map { line in
            "  \(line.text("label"))　\(line.text("detail"))　\(line.text("amount_text"))"
        }
        return Stop(title: "一户五口按 \(try CivilDate(typed: day).shown)的规定试算：\(answer.text("summary"))", lines: members + sums.suffix(4))
    }

    private static let household = """
        {"region": "000181001", "area": "urban", "law": {}, "members": [
          {"name": "张示范", "age": 46, "kinship": "self", "employed": true, "able_to_work": true, "incomes": [{"kind": "wage", "amount_fen": 180000, "span": "month"}]},
          {"name": "王示范", "age": 44, "kinship": "spouse"},
          {"name": "张大学", "age": 20, "kinship": "child", "study_level": "bachelor", "full_time": true},
          {"name": "张服刑", "age": 24, "kinship": "child", "status": "prison"},
          {"name": "张老人", "age": 72, "kinship": "parent", "co_resident": true, "support_duty": true, "disability_kind": "3", "disability_grade": 2}]}
        """

    // MARK: 办件

    private func cases() async throws -> Stop {
        try await counter.read(as: actor) { reader in
            let rows = try reader.connection.all("SELECT process, state, count(*) FROM case_file GROUP BY process, state ORDER BY process, count(*) DESC") { row in
                (process: try row.read(0) as String, state: try row.read(1) as String, count: try row.read(2) as Int)
            }
            let lines = try rows.map { row -> String in
                let process = try reader.house.process(row.process)
                let state = process.editions.lazy.compactMap { $0.state(row.state)?.title }.first ?? row.state
                return "  \(process.title)　\(state)　\(row.count) 件"
            }
            return Stop(title: "城里的办件", lines: lines)
        }
    }

    /// A decided case, act by act, as the journal holds it.
    private func oneDecision() async throws -> Stop {
        try await counter.read(as: actor) { reader in
            guard let file = try reader.caseFiles(where: "process = 'application' AND state = 'confirmed' ORDER BY opened_on DESC, id LIMIT 1").first else {
                return Stop(title: "还没有办结的申请", lines: [])
            }
            let lines = try reader.history(of: file.id).reversed().map { "  \($0.at.date.shown)　\($0.actorName)（\($0.role.label)）　\($0.message)" }
            return Stop(title: "一件从申请到确认：\(file.number)", lines: lines)
        }
    }

    // MARK: 查找

    /// The one search box: by the initials of a name that is there.
    private func findings() async throws -> Stop {
        try await counter.read(as: actor) { reader in
            let name: String = try reader.connection.value("SELECT name FROM person ORDER BY id LIMIT 1") ?? ""
            let initials = Pinyin.initials(of: name)
            let hits = try reader.house.lines.flatMap(\.finders).flatMap { try $0.find(initials, reader) }
            return Stop(title: "搜索框里输入「\(initials)」", lines: hits.prefix(5).map { "  \($0.kind)　\($0.title)　\($0.detail)" })
        }
    }

    // MARK: 日志

    private func journal() async throws -> Stop {
        let verdict = try await Sealer.verify(counter.database)
        let found = verdict.isSound ? "逐条核对，账实相符" : verdict.faults.joined(separator: "；")
        return Stop(title: "办事日志：\(found)", lines: ["  已封存 \(verdict.sealedEntries) 条，\(verdict.blocks) 块；最后一块的封条 \(verdict.head.prefix(16))…"])
    }
}

extension RawFields {
    fileprivate func adding(_ name: String, _ raw: Raw) -> RawFields {
        var fields = self
        fields[name] = raw
        return fields
    }
}

extension JSON {
    fileprivate func text(_ name: String) -> String { if case .string(let text) = self[name] { text } else { "" } }
    fileprivate func list(_ name: String) -> [JSON] { if case .array(let items) = self[name] { items } else { [] } }
}
