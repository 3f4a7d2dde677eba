import Glibc
import Values

/// What stands after the rows of a sheet. Unpacks the part to its end, and so proves that it is whole.
struct SheetEnd {
    private static let mark: StaticString = "mergeCell"
    private var merged: [CellRange] = []

    /// The merged blocks that `isWanted`.
    static func merges(in part: ZipPart, where isWanted: (CellRange) -> Bool) throws(Refusal) -> [CellRange] {
        var end = SheetEnd(), kept = 0
        let space = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { space.deallocate() }
        while true {
            let count = try part.read(into: UnsafeMutableRawBufferPointer(rebasing: space[kept...]))
            guard count > 0 else { return end.merged }
            kept = end.look(through: UnsafeMutableRawBufferPointer(rebasing: space[..<(kept + count)]), isWanted)
        }
    }

    /// Looks through what has come; a tag that isn't whole yet moves to the front. Returns how much was moved.
    private mutating func look(through bytes: UnsafeMutableRawBufferPointer, _ isWanted: (CellRange) -> Bool) -> Int {
        guard let base = bytes.baseAddress else { return 0 }
        var place = 0
        while let start = search(UnsafeRawBufferPointer(bytes), from: place, for: Self.mark) {
            guard let closed = memchr(base + start, Int32(UInt8(ascii: ">")), bytes.count - start) else { return move(bytes, from: start) }
            note(UnsafeRawBufferPointer(rebasing: bytes[start..<(closed - base)]), isWanted)
            place = start + Self.mark.utf8CodeUnitCount
        }
        return move(bytes, from: max(place, bytes.count - Self.mark.utf8CodeUnitCount))
    }

    /// No such tag is longer than this; what is was never one.
    private static let longest = 512

    private func move(_ bytes: UnsafeMutableRawBufferPointer, from start: Int) -> Int {
        guard let base = bytes.baseAddress else { return 0 }
        let start = bytes.count - start > Self.longest ? bytes.count - Self.mark.utf8CodeUnitCount : start
        memmove(base, base + start, bytes.count - start)
        return bytes.count - start
    }

    private mutating func note(_ tag: UnsafeRawBufferPointer, _ isWanted: (CellRange) -> Bool) {
        guard let opened = tag.firstIndex(where: { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }) else { return }
        let value = UnsafeRawBufferPointer(rebasing: tag[(opened + 1)...]).prefix { $0 != tag[opened] }
        guard let range = CellRange(UnsafeRawBufferPointer(rebasing: value)), isWanted(range) else { return }
        merged.append(range)
    }
}
