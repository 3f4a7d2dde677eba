/// An algorithm of libcrypto, looked up once for the whole process: a look-up costs as much as sealing an ID number.
///
/// Sendable, because it points to a description that libcrypto never changes after the fetch, shares between
/// threads itself, and that is never freed here.
struct Fetched: @unchecked Sendable {
    private let name: String
    private let found: OpaquePointer?

    init(_ name: String, _ found: OpaquePointer?) {
        self.name = name
        self.found = found
    }

    func pointer() throws(CryptoError) -> OpaquePointer {
        guard let found else { throw .internalFailure("fetch \(name)") }
        return found
    }
}
