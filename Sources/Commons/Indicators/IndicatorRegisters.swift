import Cryptography
import Kernel
import Storage
import Values

/// 一本登记的各项指标。What is counted together from the same rows.
struct CountedRegister: Sendable {
    let register: Tally.Register
    let counted: [(code: String, nature: Indicator.Nature, tally: Tally)]

    var name: String { register.name }

    /// Changes when the program counts otherwise than before; then everything is counted anew.
    func definition() throws -> String {
        let texts = counted.map { "\($0.code)|\($0.tally.changes(in: "1 = 1", through: Tally.opening).rendered(for: .sqlite).sql)" }
        return try hash(Array(texts.joined(separator: "\n").utf8), .international).hex
    }

    /// Whether an act may change what is counted.
    func watches(_ permission: String) -> Bool {
        guard !register.ignores.contains(permission) else { return false }
        return register.watches.contains(permission) || register.watches.contains(String(permission.prefix { $0 != "." }))
    }
}

extension House {
    /// Every register that indicators are counted from, in the order in which lines offer them.
    var countedRegisters: [CountedRegister] {
        var order: [String] = [], found: [String: (Tally.Register, [(String, Indicator.Nature, Tally)])] = [:]
        for indicator in offers(Indicator.self) {
            guard let tally = indicator.tally else { continue }
            let name = tally.register.name
            if found[name] == nil { order.append(name) }
            found[name, default: (tally.register, [])].1.append((indicator.code, indicator.nature, tally))
        }
        return order.compactMap { name in found[name].map { CountedRegister(register: $0.0, counted: $0.1) } }
    }
}

/// 要重数的地方。
enum Touched: Sendable, Hashable {
    case nothing
    case places(Set<RegionCode>)
    case everything

    /// Whether counting again reads more than a township or two.
    var isWide: Bool {
        switch self {
        case .nothing: false
        case .everything: true
        case .places(let places): places.count > 40 || places.contains { $0.level < .township }
        }
    }

    /// Rows that lie in these places, by the column that holds the place.
    func condition(_ column: String) -> Statement {
        switch self {
        case .nothing: return "1 = 0"
        case .everything: return "1 = 1"
        case .places(let places):
            let outermost = places.filter { place in !places.contains { $0 != place && $0.contains(place) } }
            return "(" + outermost.sorted().map { Reader.within(column, $0) }.joined(" OR ") + ")"
        }
    }

    func contains(_ region: RegionCode) -> Bool {
        switch self {
        case .nothing: false
        case .everything: true
        case .places(let places): places.contains { $0.contains(region) }
        }
    }
}

extension CountedRegister {
    /// What acts have touched since the last fold.
    ///
    /// - Parameter isSealed: only acts that lie in a block. A block is complete when it is read, so none is passed over; what isn't sealed yet
    ///   comes in a later block.
    func touched(since block: Int, isSealed: Bool, _ connection: any Connection) throws -> Touched {
        let recent: Statement = isSealed ? "block > \(block)" : "(block > \(block) OR block IS NULL)"
        let acts = try connection.all("SELECT DISTINCT region, action FROM journal WHERE \(recent)") { (try $0.read(0) as RegionCode, try $0.read(1) as String) }
        let watched = acts.filter { watches($0.1) }
        guard !watched.isEmpty else { return .nothing }
        var places = Set(watched.map(\.0))
        let names = Set(watched.map(\.1)).sorted().map { "\($0)" as Statement }.joined(", ")
        let subjects: Statement = "SELECT subject FROM journal WHERE \(recent) AND action IN (\(names))"
        if let more = register.places(subjects) {
            try connection.each(more) { row in if let place: RegionCode = try row.read(0) { places.insert(place) } }
        }
        return places.contains(.country) ? .everything : .places(places)
    }
}
