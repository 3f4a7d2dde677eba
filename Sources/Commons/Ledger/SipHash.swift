/// 短签。SipHash-2-4 (Aumasson and Bernstein, 2012): a keyed code of 64 bits, fast enough to stand in every row.
///
/// Who has no key can't make the code of a changed row. It proves single rows; a run's proof is a full hash over them.
public struct SipHash: Sendable {
    private let k0: UInt64, k1: UInt64

    /// - Parameter key: sixteen bytes; more are left out, missing ones are zero.
    public init(key: [UInt8]) {
        func word(_ start: Int) -> UInt64 {
            (0 ..< 8).reduce(0) { $0 | UInt64(start + $1 < key.count ? key[start + $1] : 0) << UInt64(8 * $1) }
        }
        (k0, k1) = (word(0), word(8))
    }

    public func code(of bytes: [UInt8]) -> UInt64 { bytes.withUnsafeBytes { code(of: $0) } }

    func code(of bytes: UnsafeRawBufferPointer) -> UInt64 {
        var state = State(k0, k1)
        let whole = bytes.count & ~7
        var place = 0
        while place < whole {
            state.take(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)))
            place += 8
        }
        var last = UInt64(truncatingIfNeeded: bytes.count) << 56
        for rest in place ..< bytes.count { last |= UInt64(bytes[rest]) << UInt64(8 * (rest - whole)) }
        state.take(last)
        return state.finish()
    }

    private struct State {
        var v0: UInt64, v1: UInt64, v2: UInt64, v3: UInt64

        init(_ k0: UInt64, _ k1: UInt64) {
            v0 = k0 ^ 0x736F_6D65_7073_6575
            v1 = k1 ^ 0x646F_7261_6E64_6F6D
            v2 = k0 ^ 0x6C79_6765_6E65_7261
            v3 = k1 ^ 0x7465_6462_7974_6573
        }

        @inline(__always) mutating func round() {
            v0 &+= v1; v1 = v1 << 13 | v1 >> 51; v1 ^= v0; v0 = v0 << 32 | v0 >> 32
            v2 &+= v3; v3 = v3 << 16 | v3 >> 48; v3 ^= v2
            v0 &+= v3; v3 = v3 << 21 | v3 >> 43; v3 ^= v0
            v2 &+= v1; v1 = v1 << 17 | v1 >> 47; v1 ^= v2; v2 = v2 << 32 | v2 >> 32
        }

        @inline(__always) mutating func take(_ word: UInt64) {
            v3 ^= word
            round(); round()
            v0 ^= word
        }

        mutating func finish() -> UInt64 {
            v2 ^= 0xFF
            round(); round(); round(); round()
            return v0 ^ v1 ^ v2 ^ v3
        }
    }
}
