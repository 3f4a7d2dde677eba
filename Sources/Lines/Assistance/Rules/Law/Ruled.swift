import Values

/// 规定。One choice an authority made, carried with its source so that every explanation can name it.
struct Ruled<Value: Hashable & Sendable>: Hashable, Sendable {
    let value: Value
    /// The ruling in the policy book; nil for a parameter typed into an estimate or a rule of national law.
    let id: String?
    let source: Citation

    init(_ value: Value, id: String? = nil, source: Citation = .estimate) {
        self.value = value
        self.id = id
        self.source = source
    }

    /// The same choice as a sheet names it.
    func consulted(_ title: String, _ shown: String) -> ConsultedRuling {
        ConsultedRuling(title: title, value: shown, id: id, source: source)
    }
}

/// 所用规定。What a line of the calculation sheet prints of the ruling behind it.
struct ConsultedRuling: Hashable, Sendable {
    let title: String
    let value: String
    let id: String?
    let source: Citation
}
