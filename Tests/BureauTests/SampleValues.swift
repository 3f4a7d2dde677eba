import Values
@testable import Kernel

/// 样值。Distinct values for every field of an outline, found by trial: an outline says how a field is asked for, not what it is.
struct SampleValues {
    private var number = 0
    /// Which candidate is on trial, by path.
    private var turn: [[String]: Int] = [:]

    /// Values that `reread` accepts, and what it made of them. A refusal at one field tries that field's next candidate;
    /// one that speaks of several together shuffles the choices and numbers below it.
    /// - Throws: the refusal that no further candidate mends.
    mutating func accepted(_ outline: Outline, by reread: (RawFields) throws -> RawFields) throws -> (given: RawFields, read: RawFields) {
        var last: Refusal?
        for attempt in 0..<3000 {
            number = 0
            leaves = []
            let given = values(for: outline, at: [])
            do {
                return (given, try reread(given))
            } catch let refusal as Refusal {
                last = refusal
                let path = refusal.problems.first?.path ?? []
                if leaves.contains(where: { $0.path == path }) { turn[path, default: 0] += 1 } else { shuffle(below: path, attempt) }
            }
        }
        throw last ?? Refusal.invalid("没有找到合适的样值")
    }

    /// The values given last, and whether any of their kind will do.
    private var leaves: [(path: [String], isLoose: Bool)] = []

    private mutating func shuffle(below path: [String], _ attempt: Int) {
        for (index, leaf) in leaves.enumerated() where leaf.isLoose && leaf.path.starts(with: path) {
            turn[leaf.path] = (attempt * 31 + index * index * 17) / 7 % 97
        }
    }

    private mutating func values(for outline: Outline, at path: [String]) -> RawFields {
        var fields = RawFields()
        for field in outline.fields { fields[field.name] = value(for: field, at: path + [field.name]) }
        return fields
    }

    private mutating func value(for field: FieldOutline, at path: [String]) -> Raw {
        switch field.content {
        case .value(let kind, _):
            number += 1
            let candidates = Self.candidates(kind, number) + (field.isRequired ? [] : [.null])
            leaves.append((path, Self.isLoose(kind)))
            return .stored(candidates[turn[path, default: 0] % candidates.count])
        case .group(let outline): return .group(values(for: outline, at: path))
        case .rows(let outline): return .rows(["r1", "r2"].map { RawRow(key: $0, fields: values(for: outline, at: path + [$0])) })
        }
    }

    private static func isLoose(_ kind: FieldKind) -> Bool {
        switch kind {
        case .choice, .integer, .yesNo, .date: true
        default: false
        }
    }

    /// What a field of a kind may hold, the likeliest first; `number` makes it distinct.
    private static func candidates(_ kind: FieldKind, _ number: Int) -> [StoredValue] {
        switch kind {
        case .integer: [number, number - 1, number - 2, 0, 1, 2, -number, 2000 + number].map { .integer(Int64($0)) }
        case .money: [.integer(Int64(10_000 + number * 100)), .integer(0)]
        case .ratio: [.integer(Int64(100 + number)), .integer(10_000), .integer(0)]
        case .yesNo: [.integer(1), .integer(0)]
        case .date: [2024, 2026, 2020, 1960].map { .text(CivilDate(written: $0, 1, 1).adding(days: number).typed) }
        case .month: [.text(CivilDate(written: 2024, 1, 1).adding(months: number).monthOf.typed)]
        case .choice(let choices): choices.indices.map { .text(choices[(number + $0) % choices.count].code) }
        case .text, .longText, .reference, .attachment: texts(number).map { .text($0) }
        }
    }

    private static func texts(_ number: Int) -> [String] {
        let han = String(Array("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥")[number % 22])
        let at = Instant(startOf: CivilDate(written: 2024, 1, 1).adding(days: number))
        let id = ID<Outline>(at: at, random: [UInt8](repeating: UInt8(number % 200), count: 10))
        let birth = CivilDate(written: 1980, 1, 1).adding(days: number)
        let resident = (try? ResidentID(area: "000181", birth: birth, sequence: 2 * (number % 400)))?.typed ?? ""
        return ["样值\(number)", id.text, at.typed, resident, "1990000\(1000 + number)", "示范\(han)", "000181\(100 + number)", "113.26\(1000 + number),23.120000",
                "$argon2id$\(number)", "user\(number)", "735.00", "1", "2024-07-01",
                "52440100MJ000000XJ", at.date.monthOf.typed, "passbook:\(10_000_000 + number)", "price-\(number)"]
    }
}
