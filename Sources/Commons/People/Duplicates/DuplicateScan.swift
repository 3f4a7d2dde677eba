import Kernel
import Storage
import Values

/// 查重扫描。Goes through the register four times, each time in the order of one key, and compares only within a group of equal keys.
///
/// Never all pairs: a million files are four million rows read in order. A group that is large beyond use, as a hundred files of one
/// phone and one sound, is compared neighbour by neighbour.
struct DuplicateScan {
    let reader: Reader
    let region: RegionCode
    /// Rows of one slice.
    var rows = 20_000

    /// The keys, in the order they are gone through.
    enum Pass: Int, CaseIterable {
        case document, phone, name, birth

        var column: Statement {
            switch self { case .document: "p.document_index"; case .phone: "p.phone_index"; case .name: "p.name"; case .birth: "p.born_on" }
        }

        var order: Statement {
            switch self {
            case .name: "p.name, p.born_on, p.id"
            case .document, .phone, .birth: column + ", p.id"
            }
        }

        /// What makes two files of a group worth comparing.
        func buckets(of traits: Traits) -> [String] {
            switch self {
            case .document: [traits.document ?? ""]
            case .phone: traits.isNamed ? ["音" + traits.pinyin, "年\(traits.bornOn.year)"] : []
            case .name: traits.isNamed ? ["日" + traits.bornOn.typed, traits.address.map { "址" + $0 }].compactMap { $0 } : []
            case .birth: traits.isNamed ? [traits.pinyin] : []
            }
        }
    }

    /// Where a slice begins: a pass and the last key that was done with.
    struct Place: Hashable, Sendable {
        var pass: Pass
        var after: String?

        init(pass: Pass = .document, after: String? = nil) {
            self.pass = pass
            self.after = after
        }

        init?(_ text: String) {
            let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let pass = Int(parts[0]).flatMap(Pass.init(rawValue:)) else { return nil }
            self.init(pass: pass, after: parts[1].isEmpty ? nil : String(parts[1]))
        }

        var text: String { "\(pass.rawValue):\(after ?? "")" }
    }

    struct Found: Hashable, Sendable {
        let a: Traits, b: Traits
        let likeness: Likeness
    }

    struct Slice: Sendable {
        let found: [Found]
        let read: Int
        /// nil: everything was gone through.
        let next: Place?
    }

    func slice(from place: Place) throws -> Slice {
        let read = try keyed(place.pass, place.after.map { "\(place.pass.column) > \($0)" }, limit: rows)
        guard read.count == rows, let last = read.last?.key else {
            return Slice(found: pairs(read, place.pass), read: read.count, next: Pass(rawValue: place.pass.rawValue + 1).map { Place(pass: $0) })
        }
        let whole = read.filter { $0.key != last }
        // One group longer than a slice is read by itself.
        let groups = whole.isEmpty ? try keyed(place.pass, "\(place.pass.column) = \(last)", limit: nil) : whole
        return Slice(found: pairs(groups, place.pass), read: groups.count, next: Place(pass: place.pass, after: groups.last?.key))
    }

    private typealias Keyed = (key: String, traits: Traits)

    /// In the order of the key. The region is looked at here, so that the key's own index is what is walked along.
    private func keyed(_ pass: Pass, _ condition: Statement?, limit: Int?) throws -> [Keyed] {
        let narrowed = [condition, "\(pass.column) IS NOT NULL", "p.merged_into IS NULL"].compactMap { $0 }.joined(" AND ")
        let bound: Statement = limit.map { " LIMIT \($0)" } ?? .empty
        return try reader.connection.all("SELECT \(Reader.traitColumns), \(pass.column) FROM person AS p WHERE \(narrowed) ORDER BY \(pass.order)\(bound)") {
            ($0[10].text ?? "", try Traits($0))
        }
    }

    private func pairs(_ keyed: [Keyed], _ pass: Pass) -> [Found] {
        var found: [Found] = [], seen: Set<[ID<Person>]> = []
        var rest = keyed[...]
        while let key = rest.first?.key {
            let group = rest.prefix { $0.key == key }
            rest = rest.dropFirst(group.count)
            guard group.count > 1 else { continue }
            for (a, b) in candidates(group.map(\.traits).filter { region.contains($0.region) }, pass) where seen.insert([min(a.id, b.id), max(a.id, b.id)]).inserted {
                let likeness = likeness(a, b)
                if likeness.isWorthALook { found.append(Found(a: a, b: b, likeness: likeness)) }
            }
        }
        return found
    }

    private func candidates(_ group: [Traits], _ pass: Pass) -> [(Traits, Traits)] {
        guard group.count > 1 else { return [] }
        var buckets: [String: [Traits]] = [:]
        for traits in group { for bucket in pass.buckets(of: traits) { buckets[bucket, default: []].append(traits) } }
        return buckets.values.flatMap(Self.couples)
    }

    /// Everyone with everyone in a small bucket, neighbours in a large one.
    private static func couples(_ bucket: [Traits]) -> [(Traits, Traits)] {
        guard bucket.count <= 40 else { return Array(zip(bucket, bucket.dropFirst())) }
        return bucket.indices.flatMap { first in bucket[(first + 1)...].map { (bucket[first], $0) } }
    }
}
