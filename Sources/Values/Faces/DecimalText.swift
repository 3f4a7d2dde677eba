/// Reads a decimal number as whole units of its last place; nothing here is floating point.
enum DecimalText {
    enum Reading: Equatable { case number(Int64), unreadable, tooPrecise, tooLarge }

    /// - Parameters:
    ///   - text: narrow and trimmed, such as `-1,234.5`. Commas part the whole number in threes or not at all.
    ///   - places: how many decimals count; with 2, `1.5` is 150. Further decimals may only be zeros.
    static func read(_ text: some StringProtocol, places: Int) -> Reading {
        var bytes = Substring(text).utf8[...]
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative || bytes.first == UInt8(ascii: "+") { bytes.removeFirst() }
        let point = bytes.firstIndex(of: UInt8(ascii: ".")) ?? bytes.endIndex
        let hasPoint = point != bytes.endIndex
        let fraction = hasPoint ? bytes[point...].dropFirst() : bytes[point...]
        guard isWhole(bytes[..<point]), !hasPoint || !fraction.isEmpty else { return .unreadable }
        guard fraction.allSatisfy({ $0.digit != nil }) else { return .unreadable }
        guard fraction.dropFirst(places).allSatisfy({ $0 == UInt8(ascii: "0") }) else { return .tooPrecise }
        var value: Int64 = 0
        for byte in bytes[..<point] where byte != UInt8(ascii: ",") {
            guard append(byte, to: &value) else { return .tooLarge }
        }
        var decimals = fraction.prefix(places).makeIterator()
        for _ in 0..<places {
            guard append(decimals.next() ?? UInt8(ascii: "0"), to: &value) else { return .tooLarge }
        }
        return .number(isNegative ? -value : value)
    }

    private static func append(_ byte: UInt8, to value: inout Int64) -> Bool {
        let (shifted, overflowed) = value.multipliedReportingOverflow(by: 10)
        let (sum, carried) = shifted.addingReportingOverflow(Int64(byte.digit ?? 0))
        value = sum
        return !overflowed && !carried
    }

    /// Digits only, or digits parted by commas into threes: `1,23` may mean 1.23 and is not guessed at.
    private static func isWhole(_ bytes: Substring.UTF8View.SubSequence) -> Bool {
        guard let first = bytes.first, first.digit != nil else { return false }
        var group = 0
        var hasComma = false
        for byte in bytes {
            if byte == UInt8(ascii: ",") {
                guard hasComma ? group == 3 : group <= 3 else { return false }
                hasComma = true
                group = 0
            } else {
                guard byte.digit != nil else { return false }
                group += 1
            }
        }
        return !hasComma || group == 3
    }
}
