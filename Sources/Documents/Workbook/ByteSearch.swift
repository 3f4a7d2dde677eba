import Glibc

/// Where `mark` first stands in the bytes from `start` on, as the machine's own search for single bytes finds it.
func search(_ bytes: UnsafeRawBufferPointer, from start: Int = 0, for mark: StaticString) -> Int? {
    guard let base = bytes.baseAddress, mark.utf8CodeUnitCount > 0 else { return nil }
    var place = start
    while place + mark.utf8CodeUnitCount <= bytes.count, let found = memchr(base + place, Int32(mark.utf8Start[0]), bytes.count - place) {
        place = UnsafeRawPointer(found) - base
        guard place + mark.utf8CodeUnitCount <= bytes.count else { return nil }
        if memcmp(found, mark.utf8Start, mark.utf8CodeUnitCount) == 0 { return place }
        place += 1
    }
    return nil
}
