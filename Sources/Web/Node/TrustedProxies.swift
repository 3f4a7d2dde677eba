import Glibc
import Values

/// 可信代理。The proxies that are believed about whom they speak for. Anybody else may write what he likes into a header.
public struct TrustedProxies: Hashable, Sendable {
    private let ranges: [AddressRange]

    /// Only a proxy on this machine.
    public static let loopback = TrustedProxies(ranges: ["127.0.0.0/8", "::1"].compactMap { AddressRange($0[...]) })

    private init(ranges: [AddressRange]) { self.ranges = ranges }

    /// Addresses and networks parted by spaces or commas: `127.0.0.1 10.1.2.0/24 fd00::/8`.
    /// - Throws: `.invalid`, naming what is none; also for a network of everybody.
    public init(parsing text: String) throws(Refusal) {
        var ranges: [AddressRange] = []
        for word in text.split(whereSeparator: { " ,，、".contains($0) }) {
            guard let range = AddressRange(word) else { throw .invalid("「\(word.prefix(60))」不是地址或网段，应写成 10.1.2.3 或 10.1.2.0/24") }
            ranges.append(range)
        }
        self.ranges = ranges
    }

    func contains(_ address: String) -> Bool {
        guard let bytes = AddressRange.bytes(of: address[...]) else { return false }
        return ranges.contains { $0.contains(bytes) }
    }

    /// Whose address counts: the last in the header that isn't a trusted proxy's own, if the connection itself comes from one.
    /// - Parameter forwarded: `X-Forwarded-For`, each proxy having added at the end whom it heard.
    func origin(peer: String, forwarded: String?) -> String {
        guard contains(peer), let forwarded, forwarded.utf8.count <= 2_000 else { return peer }
        var origin = peer
        for word in forwarded.split(separator: ",").reversed() {
            let address = word.drop { $0 == " " }.prefix { $0 != " " }
            guard AddressRange.bytes(of: address) != nil else { return origin }
            origin = String(address)
            guard contains(origin) else { return origin }
        }
        return origin
    }
}

/// An address, or all that begin like it. IPv4 is held as it is mapped into IPv6.
private struct AddressRange: Hashable, Sendable {
    private let bytes: [UInt8]
    /// How many bits must agree.
    private let bits: Int

    init?(_ text: Substring) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let bytes = Self.bytes(of: parts[0]) else { return nil }
        let isOld = !parts[0].contains(":"), width = isOld ? 32 : 128
        let given = parts.count > 1 ? Int(parts[1]) : width
        guard let given, (1 ... width).contains(given) else { return nil }
        self.bytes = bytes
        bits = isOld ? given + 96 : given
    }

    func contains(_ address: [UInt8]) -> Bool {
        let whole = bits / 8, rest = bits % 8
        guard address.prefix(whole).elementsEqual(bytes.prefix(whole)) else { return false }
        return rest == 0 || (address[whole] ^ bytes[whole]) >> (8 - rest) == 0
    }

    /// Sixteen bytes; nil for what is no address.
    static func bytes(of text: Substring) -> [UInt8]? {
        var old = in_addr(), new = in6_addr()
        let text = String(text)
        if inet_pton(AF_INET, text, &old) == 1 { return [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF] + withUnsafeBytes(of: old) { Array($0) } }
        if inet_pton(AF_INET6, text, &new) == 1 { return withUnsafeBytes(of: new) { Array($0) } }
        return nil
    }
}
