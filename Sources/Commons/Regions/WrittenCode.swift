import Values

/// 手写的区划代码。A code that may be new: it is written down, where others are chosen among those that stand.
struct WrittenCode: FieldValue {
    let region: RegionCode

    static var kind: FieldKind { .text }
    static var maximumLength: Int { RegionCode.maximumLength }
    init(typed text: String) throws(Refusal) { region = try RegionCode(typed: text) }
    var typed: String { region.code }
    init(stored: StoredValue) throws(Refusal) { region = try RegionCode(stored: stored) }
    var stored: StoredValue { region.stored }
}
