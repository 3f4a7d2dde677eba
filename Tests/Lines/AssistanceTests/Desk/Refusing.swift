import Testing
import Values

/// The refusal that an act meets; an act that is done is a failure of the test.
func refusal(_ act: () async throws -> some Sendable, at location: SourceLocation = #_sourceLocation) async -> Refusal? {
    do {
        _ = try await act()
        Issue.record("办成了，本应被拒绝", sourceLocation: location)
    } catch let refusal as Refusal {
        return refusal
    } catch {
        Issue.record(error, sourceLocation: location)
    }
    return nil
}
