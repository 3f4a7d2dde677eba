import Bureau
import Testing
import Values
@testable import Kernel

/// 每项业务的共同约定，之二：程序和规则。
struct ProcedureTests {
    @Test("程序：每一步都是本业务的事项，岗位在事项之内", arguments: Editions.all)
    func movesAreActs(_ edition: Editions) {
        for move in edition.edition.moves {
            let action = edition.line.action(move.action)
            #expect(action != nil, "\(move.action) 不是 \(edition.line.name) 的事项")
            #expect(!move.roles.isEmpty && move.roles.isSubset(of: action?.roles ?? []), "\(move.action) 的岗位多于事项")
            #expect(move.differsFrom.allSatisfy { edition.line.action($0) != nil }, "\(move.action)")
            let isListed = (move.from + [move.to].compactMap(\.self)).allSatisfy { edition.edition.states.contains($0) }
            #expect(isListed, "\(move.action) 的状态不在列")
            // What is ended may still be put right where it lies, but not be led anywhere else.
            #expect(move.to == nil || !move.from.contains { $0.isFinal }, "\(move.action) 从终点出发")
        }
    }

    @Test("程序：一个状态下一个事项只有一条去路；处处走得到，未办结的都有出路", arguments: Editions.all)
    func everyStateIsReachedAndLeft(_ edition: Editions) {
        let states = edition.edition.states, moves = edition.edition.moves
        #expect(Set(states.map(\.name)).count == states.count)
        #expect(states.contains(edition.edition.initial) && states.contains { $0.isFinal })
        for state in states {
            let ways = edition.edition.moves(from: state.name)
            #expect(Set(ways.map(\.action)).count == ways.count, "\(state.title)：同一事项有两条去路")
            if !state.isFinal { #expect(ways.contains { $0.to != nil && $0.to != state }, "\(state.title)没有出路") }
        }
        let reached = closure([edition.edition.initial]) { state in moves.filter { $0.from.contains(state) }.compactMap(\.to) }
        let acted = closure(reached.union(states.filter { state in !moves.contains { $0.to == state } })) { state in
            moves.filter { $0.from.contains(state) }.compactMap(\.to)
        }
        #expect(acted.count == states.count, "走不到：\(Set(states).subtracting(acted).map(\.title))")
        let leavable = closure(Set(states.filter(\.isFinal))) { state in moves.filter { $0.to == state }.flatMap(\.from) }
        #expect(leavable.count == states.count, "到不了办结：\(Set(states).subtracting(leavable).map(\.title))")
    }

    private func closure(_ start: Set<State>, _ next: (State) -> [State]) -> Set<State> {
        var found = start, waiting = Array(start)
        while let state = waiting.popLast() {
            for other in next(state) where found.insert(other).inserted { waiting.append(other) }
        }
        return found
    }

    @Test("程序：时限停得住，版本不同日")
    func clocksAndEditions() {
        for process in bureau.flatMap(\.processes) {
            #expect(!process.editions.isEmpty && Set(process.editions.map(\.from)).count == process.editions.count, "\(process.name)")
            #expect(process.path.hasPrefix("/") && !process.series.isEmpty, "\(process.name)")
            for edition in process.editions {
                #expect(!edition.basis.title.isEmpty)
                for rule in edition.moves.flatMap(\.starts) { #expect(!rule.basis.title.isEmpty, "\(rule.name) 没有依据") }
            }
        }
    }

    @Test("随程序发布的规则：属于本业务，读得出，有出处，不重叠")
    func shippedRulingsHold() throws {
        for line in bureau {
            for ruling in line.shipped {
                let policy = try #require(line.policies.first { $0.name == ruling.policy }, "\(ruling.policy) 不是 \(line.name) 的规则参数")
                #expect(throws: Never.self, "\(ruling.policy)：\(ruling.value)") { try policy.shown(ruling.value) }
                #expect(policy.variants.isEmpty ? ruling.variant.isEmpty : policy.variants.contains { $0.code == ruling.variant }, "\(ruling.policy)：\(ruling.variant)")
                #expect(!ruling.cite.isEmpty && ruling.cite.unicodeScalars.contains { $0.properties.isIdeographic }, "\(ruling.policy) 没有出处")
                #expect(ruling.until.map { $0 > ruling.from } ?? true, "\(ruling.policy)")
            }
            for (key, rulings) in Dictionary(grouping: line.shipped, by: { "\($0.policy)/\($0.variant)/\($0.region.code)" }) {
                let inOrder = rulings.sorted { $0.from < $1.from }
                for (earlier, later) in zip(inOrder, inOrder.dropFirst()) { #expect(earlier.until.map { $0 <= later.from } ?? false, "\(key) 自\(later.from.shown)重叠") }
            }
        }
    }
}

/// One edition of one procedure.
struct Editions: CustomTestStringConvertible, Sendable {
    let line: Line
    let process: Process
    let edition: Edition
    var testDescription: String { "\(process.title)（自\(edition.from.shown)）" }

    static let all: [Editions] = bureau.flatMap { line in
        line.processes.flatMap { process in process.editions.map { Editions(line: line, process: process, edition: $0) } }
    }
}
