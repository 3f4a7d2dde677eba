/// Base 32 after Crockford: no I, L, O or U, so that it can be read out over the telephone.
enum Crockford {
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    /// 50 bits, 16 bits and 64 bits as ten and sixteen characters.
    static func write(time: UInt64, high: UInt16, low: UInt64) -> String {
        String(unsafeUninitializedCapacity: 26) { buffer in
            alphabet.withUnsafeBufferPointer { alphabet in
                func write(_ bits: UInt64, _ places: Range<Int>) {
                    var bits = bits
                    for place in places.reversed() {
                        buffer[place] = alphabet[Int(bits & 31)]
                        bits >>= 5
                    }
                }
                write(time, 0 ..< 10)
                write(UInt64(high) << 4 | low >> 60, 10 ..< 14)
                write(low, 14 ..< 26)
                return 26
            }
        }
    }

    /// Reads either case, and O for 0, I and L for 1, as people write them.
    static func read(_ text: String) -> (time: UInt64, high: UInt16, low: UInt64)? {
        guard text.utf8.count == 26 else { return nil }
        var time: UInt64 = 0
        var random: UInt128 = 0
        for (place, byte) in text.utf8.enumerated() {
            guard let digit = value(of: byte) else { return nil }
            if place < 10 { time = time << 5 | UInt64(digit) } else { random = random << 5 | UInt128(digit) }
        }
        return (time, UInt16(truncatingIfNeeded: random >> 64), UInt64(truncatingIfNeeded: random))
    }

    private static let values: [UInt8] = {
        var values = [UInt8](repeating: .max, count: 256)
        for (value, byte) in alphabet.enumerated() {
            values[Int(byte)] = UInt8(value)
            if byte > UInt8(ascii: "9") { values[Int(byte) + 0x20] = UInt8(value) }
        }
        for byte in "Oo".utf8 { values[Int(byte)] = 0 }
        for byte in "IiLl".utf8 { values[Int(byte)] = 1 }
        return values
    }()

    private static func value(of byte: UInt8) -> UInt8? {
        let value = values[Int(byte)]
        return value == .max ? nil : value
    }
}
