import Kernel
import Storage
import Values

/// 库中的打印件。Printed books that wait in the database for whoever ordered them, whichever node set them.
public struct PrintedBooks: Sendable {
    private static let place = "prints"
    private let files: StoredFiles
    private let counter: Counter

    public init(_ counter: Counter) {
        self.counter = counter
        files = StoredFiles(counter, place: Self.place)
    }

    public func keep(_ bytes: [UInt8], as name: String) async throws { try await files.write(bytes, as: name, at: counter.clock.now()) }

    /// Nil when it isn't there any more.
    public func content(of name: String) async throws -> [UInt8]? { try await files.read(name) }

    public static func remove(_ names: [String], _ connection: any Connection) throws {
        for name in names { try connection.run("DELETE FROM stored_piece WHERE place = \(place) AND name = \(name)") }
    }
}
