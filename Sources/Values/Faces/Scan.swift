/// Reads short typed texts from left to right: numbers and the marks between them.
struct Scan {
    private var rest: Substring.UnicodeScalarView

    init(_ text: String) {
        rest = Substring(text).unicodeScalars
    }

    var isAtEnd: Bool { rest.isEmpty }

    /// The next run of digits, if its length is one of those allowed.
    mutating func number(digits allowed: ClosedRange<Int>) -> Int? {
        var value = 0
        var count = 0
        for scalar in rest {
            guard let digit = scalar.digit else { break }
            count += 1
            guard count <= allowed.upperBound else { return nil }
            value = value * 10 + digit
        }
        guard count >= allowed.lowerBound else { return nil }
        rest.removeFirst(count)
        return value
    }

    /// Steps over the next mark if it is one of these, and says which it was.
    mutating func mark(_ allowed: Unicode.Scalar...) -> Unicode.Scalar? {
        guard let first = rest.first, allowed.contains(first) else { return nil }
        rest.removeFirst()
        return first
    }
}

extension Unicode.Scalar {
    /// The value of an ASCII digit.
    var digit: Int? {
        guard ("0"..."9").contains(self) else { return nil }
        return Int(value) - 0x30
    }
}

extension UInt8 {
    /// The value of an ASCII digit.
    var digit: Int? {
        guard (0x30...0x39).contains(self) else { return nil }
        return Int(self) - 0x30
    }
}

/// Writes decimal digits of a fixed width into text without a detour: texts under 16 bytes need no memory of their own.
func decimal(_ groups: [(value: Int, width: Int)], separator: UInt8) -> String {
    let length = groups.reduce(groups.count - 1) { $0 + $1.width }
    return String(unsafeUninitializedCapacity: length) { buffer in
        var end = length
        for (position, group) in groups.enumerated().reversed() {
            var value = group.value
            for offset in 1...group.width {
                buffer[end - offset] = 0x30 + UInt8(value % 10)
                value /= 10
            }
            end -= group.width
            if position > 0 {
                end -= 1
                buffer[end] = separator
            }
        }
        return length
    }
}
