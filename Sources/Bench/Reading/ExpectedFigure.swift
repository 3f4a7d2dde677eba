import Reading
import Values

/// 应读出的数。One row of a register of facts or of targets that people made by hand from a document.
public struct ExpectedFigure: Sendable {
    public let id: String
    public let document: String
    /// nil where the document masks it.
    public let value: Figure?
    public let unit: String
    public let comparison: String
    public let kind: String?
    /// Verbatim, without line breaks.
    public let sentence: String

    /// A row of a CSV file whose header names its columns; nil for a task without a figure.
    public init?(_ cells: [String], header: [String]) {
        func cell(_ name: String) -> String? { header.firstIndex(of: name).flatMap { cells.indices.contains($0) ? cells[$0] : nil } }
        guard let id = cell("id"), let document = cell("seed"), let unit = cell("unit"), !unit.isEmpty, let sentence = cell("sentence") ?? cell("target_text") else { return nil }
        self.id = id
        self.document = document
        self.unit = unit
        self.sentence = sentence
        (value, comparison, kind) = (cell("value").flatMap { Figure($0) }, cell("comparison") ?? "=", cell("kind"))
    }

    /// Whether the value stands in the sentence in Arabic digits, whole or in 千, 万, 亿.
    public var isInDigits: Bool {
        guard let value else { return false }
        return Self.numbers(in: sentence).contains { number in [0, 2, 3, 4, 8].contains { number.shifted($0) == value } }
    }

    private static func numbers(in text: String) -> [Figure] {
        text.split { !($0.isASCII && $0.isNumber || $0 == ".") }.compactMap { Figure($0.drop { $0 == "." }) }
    }
}

/// 不计的数。A real quantity that the register leaves out by its conventions; reviewed by people, with a reason.
public struct LeftOutFigure: Sendable {
    public let document: String
    public let value: Figure?
    public let unit: String
    public let comparison: String
    /// The words it stands in, verbatim.
    public let words: String
    public let reason: String

    public init?(_ cells: [String]) {
        guard cells.count >= 6, cells[0] != "document" else { return nil }
        (document, value, unit, comparison, words, reason) = (cells[0], Figure(cells[1]), cells[2], cells[3], cells[4], cells[5])
    }
}
