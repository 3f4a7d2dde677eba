import CArgon2
import Foundation

/// 口令杂凑: argon2id (RFC 9106) with 19 MiB, two passes, one lane; the encoded text carries salt and costs.
///
/// It takes some 30 ms of one core, so it runs on two threads of its own and never on those that serve requests.
public enum PasswordHash {
    private static let memoryKiB: UInt32 = 19 * 1024
    private static let passes: UInt32 = 2
    private static let lanes: UInt32 = 1
    private static let length = 32

    /// No password has this hash; it costs as much to check as a real one.
    private static let decoy = costs
        + String(repeating: "A", count: 22) + "$" + String(repeating: "A", count: 43)

    private static let pool: OperationQueue = {
        let pool = OperationQueue()
        pool.maxConcurrentOperationCount = 2
        pool.name = "password"
        return pool
    }()

    /// The encoded hash of a password, under a fresh salt.
    public static func make(_ password: String) async throws(CryptoError) -> String {
        let salt = try randomBytes(16)
        return try await onPool { () throws(CryptoError) in try encode(Array(password.utf8), salt: salt) }
    }

    /// Whether the password has that hash. Pass nil for a user who does not exist: it takes as long and says no.
    /// - Throws: `internalFailure` when the encoded hash is malformed.
    public static func verify(_ password: String, against encoded: String?) async throws(CryptoError) -> Bool {
        let fits = try await onPool { () throws(CryptoError) in try check(Array(password.utf8), against: encoded ?? decoy) }
        return fits && encoded != nil
    }

    /// Whether a text was made by `make`: another's costs could be a way to tire this machine out, or to guess at ease.
    public static func isOurs(_ encoded: String) -> Bool {
        let parts = encoded.split(separator: "$", omittingEmptySubsequences: false)
        return encoded.hasPrefix(costs) && parts.count == 6 && parts[4].utf8.count == 22 && parts[5].utf8.count == 43
    }

    private static let costs = "$argon2id$v=19$m=\(memoryKiB),t=\(passes),p=\(lanes)$"

    private static func encode(_ password: [UInt8], salt: [UInt8]) throws(CryptoError) -> String {
        var encoded = [CChar](repeating: 0, count: 128)
        let outcome = argon2id_hash_encoded(
            passes, memoryKiB, lanes, password, password.count, salt, salt.count, length, &encoded, encoded.count)
        guard outcome == ARGON2_OK.rawValue else { throw failure(outcome) }
        return String(decoding: encoded.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    private static func check(_ password: [UInt8], against encoded: String) throws(CryptoError) -> Bool {
        let outcome = argon2id_verify(encoded, password, password.count)
        guard outcome != ARGON2_VERIFY_MISMATCH.rawValue else { return false }
        guard outcome == ARGON2_OK.rawValue else { throw failure(outcome) }
        return true
    }

    private static func failure(_ code: Int32) -> CryptoError {
        .internalFailure("argon2: " + String(cString: argon2_error_message(code)))
    }

    private static func onPool<T: Sendable>(
        _ work: @escaping @Sendable () throws(CryptoError) -> T
    ) async throws(CryptoError) -> T {
        let result: Result<T, CryptoError> = await withCheckedContinuation { waiting in
            pool.addOperation { waiting.resume(returning: Result { () throws(CryptoError) in try work() }) }
        }
        return try result.get()
    }
}
