/// A number of a cell in decimal digits, never in floating point: 15 of them are exact, as the sheet itself keeps no more.
struct CellNumber {
    private var digits: [UInt8] = []
    /// How many of the digits stand before the point; may lie outside them.
    private var point = 0
    private var isNegative = false

    static let precision = 15

    /// Nil when it isn't a number such as 12, -0.5 or 1.10105E+17.
    init?(_ text: some Collection<UInt8>) {
        var exponent: Int?, hasDigits = false, afterPoint = false, isNegativeExponent = false, place = 0
        for byte in text {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                if let power = exponent { exponent = min(power * 10 + Int(byte & 15), 9999) } else {
                    hasDigits = true
                    if byte != UInt8(ascii: "0") || !digits.isEmpty { digits.append(byte & 15) } else if afterPoint { point -= 1 }
                    if !afterPoint, !digits.isEmpty { point += 1 }
                }
            case UInt8(ascii: "."): guard !afterPoint, exponent == nil else { return nil }; afterPoint = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"): guard hasDigits, exponent == nil else { return nil }; exponent = 0
            case UInt8(ascii: "-") where place == 0: isNegative = true
            case UInt8(ascii: "-") where exponent == 0: isNegativeExponent = true
            case UInt8(ascii: "+") where place == 0 || exponent == 0: break
            default: return nil
            }
            place += 1
        }
        guard hasDigits else { return nil }
        point += isNegativeExponent ? -(exponent ?? 0) : exponent ?? 0
        guard abs(point) <= 400 else { return nil }
        round()
    }

    private mutating func round() {
        if digits.count > Self.precision {
            let goesUp = digits[Self.precision] >= 5
            digits.removeLast(digits.count - Self.precision)
            if goesUp { addOne() }
        }
        while digits.last == 0 { digits.removeLast() }
        if digits.isEmpty { (point, isNegative) = (0, false) }
    }

    private mutating func addOne() {
        for place in digits.indices.reversed() {
            digits[place] += 1
            if digits[place] < 10 { return }
            digits[place] = 0
        }
        digits.insert(1, at: 0)
        point += 1
    }

    /// Digits before the point. From 16 on the last ones aren't those that were typed.
    var wholeDigits: Int { max(0, point) }

    /// A hundred times as much.
    var timesHundred: CellNumber {
        var number = self
        if !digits.isEmpty { number.point += 2 }
        return number
    }

    /// In plain digits, with at least `width` before the point.
    func text(width: Int = 1) -> String {
        var text: [UInt8] = isNegative ? [UInt8(ascii: "-")] : []
        for _ in 0..<max(0, width - wholeDigits) { text.append(UInt8(ascii: "0")) }
        for place in 0..<wholeDigits { text.append(digit(place)) }
        if digits.count > point {
            text.append(UInt8(ascii: "."))
            for place in point..<digits.count { text.append(digit(place)) }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private func digit(_ place: Int) -> UInt8 {
        UInt8(ascii: "0") + (digits.indices.contains(place) ? digits[place] : 0)
    }
}
