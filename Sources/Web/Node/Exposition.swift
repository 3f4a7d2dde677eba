/// 指标文本。The text that Prometheus reads, version 0.0.4.
struct Exposition {
    enum Kind: String { case counter, gauge, histogram }

    typealias Labels = [(name: String, value: String)]

    private(set) var text = ""

    /// One metric with its samples; a metric without any is left out.
    mutating func add(_ name: String, _ kind: Kind, _ help: String, _ samples: [(labels: Labels, value: Double)]) {
        guard !samples.isEmpty else { return }
        open(name, kind, help)
        for sample in samples { line(name, sample.labels, sample.value) }
    }

    mutating func add(_ name: String, _ kind: Kind, _ help: String, _ value: Double) { add(name, kind, help, [([], value)]) }

    /// Counts pile up from bound to bound, as the format wants them.
    mutating func add(_ name: String, _ help: String, _ spreads: [(labels: Labels, spread: Metrics.Spread)]) {
        guard !spreads.isEmpty else { return }
        open(name, .histogram, help)
        for (labels, spread) in spreads {
            var total = 0
            for (place, count) in spread.counts.enumerated() {
                total += count
                let bound = place < Metrics.Spread.bounds.count ? Self.number(Metrics.Spread.bounds[place]) : "+Inf"
                line("\(name)_bucket", labels + [("le", bound)], Double(total))
            }
            line("\(name)_sum", labels, spread.sum)
            line("\(name)_count", labels, Double(total))
        }
    }

    private mutating func open(_ name: String, _ kind: Kind, _ help: String) {
        text += "# HELP \(name) \(Self.escaped(help, quotes: false))\n# TYPE \(name) \(kind.rawValue)\n"
    }

    private mutating func line(_ name: String, _ labels: Labels, _ value: Double) {
        let inside = labels.map { "\($0.name)=\"\(Self.escaped($0.value, quotes: true))\"" }.joined(separator: ",")
        text += "\(name)\(inside.isEmpty ? "" : "{\(inside)}") \(Self.number(value))\n"
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        let text = text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
        return quotes ? text.replacing("\"", with: "\\\"") : text
    }
}
