import Testing
import Values

/// What a typed text is read as; nil when it is refused.
func read<Value: FieldValue>(_ text: String, as type: Value.Type = Value.self) -> Value? {
    try? Value(typed: text)
}

/// The refusal of a typed text; nil when it is read.
func refusal<Value: FieldValue>(of text: String, as type: Value.Type) -> Refusal? {
    do {
        _ = try Value(typed: text)
        return nil
    } catch {
        return error
    }
}

/// A day from literals of the tests.
func day(_ text: String) throws -> CivilDate { try CivilDate(typed: text) }

/// What every value must keep: both faces round-trip, and nonsense is refused before it costs anything.
func expectFaces<Value: FieldValue>(_ values: Value...) throws {
    for value in values {
        #expect(try Value(typed: value.typed) == value)
        #expect(try Value(stored: value.stored) == value)
        #expect(try Value(received: value.stored) == value)
        #expect(!value.shown.isEmpty)
    }
    let huge = String(repeating: "9", count: 10_000_000)
    for text in ["", " \u{3000}\n", huge] {
        let refusal = refusal(of: text, as: Value.self)
        #expect(refusal?.kind == .invalid)
    }
    #expect(throws: Refusal.self) { try Value(stored: .null) }
    #expect(throws: Refusal.self) { try Value(received: .text(huge)) }
}
