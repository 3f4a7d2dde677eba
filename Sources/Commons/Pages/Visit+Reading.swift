import Kernel
import Values

/// What a page reads from its address.
extension Visit {
    /// The text of a query value; nil when there is none.
    func text(_ name: String) -> String? {
        guard let text = query[name], !Raw.typed(text).isBlank else { return nil }
        return text
    }

    /// A query value of a type, or what is wrong with it.
    func asked<Value: FieldValue>(_ name: String, as type: Value.Type = Value.self) -> Asked<Value> {
        guard let text = text(name) else { return Asked(text: "", value: nil, problem: nil) }
        do throws(Refusal) { return Asked(text: text, value: try Value(typed: text), problem: nil) } catch { return Asked(text: text, value: nil, problem: error.message) }
    }
}

/// 问的是什么。A filter that can't be read says so beside its box, and the page is shown all the same.
struct Asked<Value: FieldValue> {
    let text: String
    let value: Value?
    let problem: String?
}

extension Reader {
    /// - Throws: `.forbidden` when none of the regions lies within the reader's duty.
    func requireScope(_ regions: RegionCode?..., of what: String) throws {
        guard regions.contains(where: { $0.map(actor.covers) ?? false }) else {
            throw Refusal.forbidden("\(what)不在您的管辖范围内，请联系所属区域的经办人员")
        }
    }

    /// The acts of every line on a subject that this role may begin.
    func acts(on term: String, _ subject: String) -> [PageAct] {
        house.lines.flatMap(\.actions).filter { $0.subjectTerm == term && $0.roles.contains(actor.role) }.map { PageAct($0, on: subject) }
    }
}
