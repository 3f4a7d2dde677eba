import Foundation

/// A zip package made by hand: parts stored as they are, or packed bytes given with the length they claim.
struct TestZip {
    private var body: [UInt8] = []
    private var directory: [UInt8] = []
    private var count: UInt16 = 0

    mutating func add(_ name: String, _ text: String) { add(name, Array(text.utf8)) }

    mutating func add(_ name: String, _ bytes: [UInt8], flags: UInt16 = 0) {
        add(name, packed: bytes, method: 0, size: bytes.count, check: crc32(bytes), flags: flags)
    }

    /// `size` bytes of the letter a, deflated about 158 to 1.
    mutating func add(_ name: String, bombOf runs: Int) {
        let content = [UInt8](repeating: UInt8(ascii: "a"), count: 1 + 258 * runs)
        add(name, packed: deflatedRuns(runs), method: 8, size: content.count, check: crc32(content), flags: 0)
    }

    mutating func add(_ name: String, packed: [UInt8], method: UInt16, size: Int, check: UInt32, flags: UInt16) {
        let offset = UInt32(body.count)
        let common = bytes(20 as UInt16) + bytes(flags | 0x800) + bytes(method) + bytes(0 as UInt32) + bytes(check)
            + bytes(UInt32(packed.count)) + bytes(UInt32(size)) + bytes(UInt16(name.utf8.count)) + bytes(0 as UInt16)
        body += bytes(0x0403_4B50 as UInt32) + common + Array(name.utf8) + packed
        directory += bytes(0x0201_4B50 as UInt32) + bytes(20 as UInt16) + common + bytes(0 as UInt16) + bytes(0 as UInt16)
            + bytes(0 as UInt16) + bytes(0 as UInt32) + bytes(offset) + Array(name.utf8)
        count += 1
    }

    var file: [UInt8] {
        body + directory + bytes(0x0605_4B50 as UInt32) + bytes(0 as UInt32) + bytes(count) + bytes(count)
            + bytes(UInt32(directory.count)) + bytes(UInt32(body.count)) + bytes(0 as UInt16)
    }

    private func bytes(_ number: some FixedWidthInteger) -> [UInt8] { withUnsafeBytes(of: number.littleEndian, Array.init) }
}

func crc32(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0 as UInt32) { sum, byte in
        (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
}

/// One block of fixed codes: an a, then copies of 258 bytes from one byte back.
private func deflatedRuns(_ runs: Int) -> [UInt8] {
    var bits: [UInt8] = [1, 1, 0]
    let letter = 0x30 + Int(UInt8(ascii: "a"))
    bits += (0..<8).map { UInt8(letter >> (7 - $0) & 1) }
    let copy: [UInt8] = [1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0]
    for _ in 0..<runs { bits += copy }
    bits += [UInt8](repeating: 0, count: 7)
    return stride(from: 0, to: bits.count, by: 8).map { start in
        bits[start..<min(start + 8, bits.count)].enumerated().reduce(0 as UInt8) { $0 | $1.element << UInt8($1.offset) }
    }
}
