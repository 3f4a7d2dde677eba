import Kernel
import Reading
import Values

/// 新旧文稿的差别。Which task of a plan is which of its new document, and what becomes of the targets under it. Nothing that a person typed is lost.
struct PlanDifference: Sendable {
    /// A task that is in both.
    struct Pair: Sendable {
        let measure: PlanMeasure
        let passage: DocumentPassages.Passage
        let targets: [TargetChange]
        /// Whether the words are others.
        let isReworded: Bool
        var isChanged: Bool { isReworded || targets.contains { $0.isChange } }
    }

    /// What becomes of one target.
    enum TargetChange: Sendable {
        case kept(PlanTarget)
        /// The document says something else now.
        case changed(PlanTarget, DocumentPassages.Aim)
        /// The document says something else now, but a person had put the old figure right: his stays.
        case correctionKept(PlanTarget, DocumentPassages.Aim?)
        case added(DocumentPassages.Aim)
        case removed(PlanTarget)

        var isChange: Bool { if case .kept = self { false } else { true } }
    }

    let pairs: [Pair]
    let added: [DocumentPassages.Passage]
    /// No longer in the document.
    let removed: [PlanMeasure]
    /// A person added them; no document has them.
    let typed: [PlanMeasure]

    var kept: [Pair] { pairs.filter { !$0.isChanged } }
    var changed: [Pair] { pairs.filter(\.isChanged) }

    /// Why a document's own rows were removed; a document that has them again brings them back.
    static let goneFromDocument = "新文稿中没有"

    /// - Parameter measures: all of the plan's, removed ones too: what a person removed stays so when the document still has it.
    init(_ measures: [PlanMeasure], _ targets: [PlanTarget], to passages: [DocumentPassages.Passage]) {
        let old = measures.filter { !$0.isTyped }, byMeasure = Dictionary(grouping: targets, by: \.measure)
        let change = PlanChange(from: old.map(\.text), to: passages.map(\.text))
        pairs = (change.kept + change.changed).sorted { $0.new < $1.new }.map { pair in
            let measure = old[pair.old], passage = passages[pair.new]
            return Pair(measure: measure, passage: passage, targets: Self.match(byMeasure[measure.id] ?? [], passage.aims), isReworded: measure.text != passage.text)
        }
        added = change.added.map { passages[$0] }
        removed = change.removed.map { old[$0] }.filter { $0.removedAt == nil }
        typed = measures.filter(\.isTyped)
    }

    /// Equal words first, then equal units in their order.
    private static func match(_ targets: [PlanTarget], _ aims: [DocumentPassages.Aim]) -> [TargetChange] {
        var free = Array(aims.indices), pairs: [(PlanTarget, DocumentPassages.Aim?)] = []
        let own = targets.filter { !$0.isTyped }
        var open = own
        for same in [{ (a: PlanTarget, b: DocumentPassages.Aim) in a.unit == b.unit && a.words == b.words }, { a, b in a.unit == b.unit }, { a, b in a.words == b.words }] {
            for target in open {
                guard let place = free.first(where: { same(target, aims[$0]) }) else { continue }
                pairs.append((target, aims[place]))
                free.removeAll { $0 == place }
            }
            let matched = Set(pairs.map(\.0.id))
            open.removeAll { matched.contains($0.id) }
        }
        let all = (pairs + open.map { ($0, nil) }).sorted { ($0.0.position, $0.0.id) < ($1.0.position, $1.0.id) }
        return targets.filter(\.isTyped).filter { $0.removedAt == nil }.map(TargetChange.kept) + all.compactMap { change($0, $1) } + free.map { .added(aims[$0]) }
    }

    private static func change(_ target: PlanTarget, _ aim: DocumentPassages.Aim?) -> TargetChange? {
        if target.removedAt != nil, target.removedWhy != goneFromDocument { return nil }
        guard let aim else {
            if target.removedAt != nil { return nil }
            return target.isCorrected ? .correctionKept(target, nil) : .removed(target)
        }
        if target.isCorrected { return target.says(aim) ? .kept(target) : .correctionKept(target, aim) }
        return target.says(aim) && target.removedAt == nil ? .kept(target) : .changed(target, aim)
    }
}

extension PlanTarget {
    fileprivate func says(_ aim: DocumentPassages.Aim) -> Bool {
        words == aim.words && bound == aim.bound && value == aim.value && upper == aim.upper && previous == aim.previous && unit == aim.unit
    }
}

extension DocumentPassages.Aim {
    /// As a target shows it.
    var shown: String {
        guard let value else { return words }
        if let previous { return "由\(previous.grouped)\(value < previous ? "降到" : "提高到")\(value.grouped)\(unit)" }
        if let upper { return "\(value.grouped)—\(upper.grouped)\(unit)" }
        return bound == .exactly ? "\(value.grouped)\(unit)" : "\(bound.label)\(value.grouped)\(unit)"
    }
}
