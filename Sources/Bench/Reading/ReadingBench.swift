import Foundation
import Reading

/// 读文稿的速度。A report of a given size read whole, against one regular expression that only finds numbers with a unit in the same text.
public struct ReadingBench: Sendable {
    public struct Result: Sendable {
        public let bytes: Int
        public let quantities: Int
        /// The quickest of the rounds.
        public let reading: Duration
        public let matching: Duration
        public var ratio: Double { seconds(reading) / seconds(matching) }
        private func seconds(_ duration: Duration) -> Double { Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18 }
    }

    /// What the peer looks for: digits, a multiplier, a unit of one or two characters.
    public static let pattern = #"([0-9]+(?:\.[0-9]+)?)\s*([余多约近]?[万亿千百]?[余多]?)\s*(人次|户次|元|人|户|名|个|家|张|条|件|次|场|对|项|处|所|%)"#

    private let text: String

    /// - Parameter texts: repeated until the report has `bytes` bytes.
    public init(_ texts: [String], bytes: Int = 100_000) {
        var text = "", next = 0
        while text.utf8.count < bytes, !texts.isEmpty {
            text += texts[next % texts.count] + "\n"
            next += 1
        }
        self.text = text
    }

    public func run(rounds: Int = 5) throws -> Result {
        let clock = ContinuousClock(), expression = try NSRegularExpression(pattern: Self.pattern)
        var reading: [Duration] = [], matching: [Duration] = [], quantities = 0
        for _ in 0 ..< max(1, rounds) {
            reading.append(clock.measure { quantities = DocumentReading(text).quantities.count })
            matching.append(clock.measure { _ = expression.numberOfMatches(in: text, range: NSRange(location: 0, length: (text as NSString).length)) })
        }
        return Result(bytes: text.utf8.count, quantities: quantities, reading: reading.min() ?? .zero, matching: matching.min() ?? .zero)
    }
}
