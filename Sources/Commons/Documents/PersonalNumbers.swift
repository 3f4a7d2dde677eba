import Values

/// 遮去个人号码。In a running text, the numbers that single people out are masked as everywhere else: 公民身份号码、银行账号、手机号.
///
/// No figure of a report is written with fifteen digits and more in a row. What takes a number's place is as long as the number, so that
/// places in the text hold; masking twice is masking once.
public enum PersonalNumbers {
    /// - Returns: the text, and how many numbers were masked in it.
    public static func masked(_ text: String) -> (text: String, count: Int) {
        var marks = Array(text.unicodeScalars), count = 0, place = 0
        while place < marks.count {
            guard digit(marks[place]) != nil else {
                place += 1
                continue
            }
            if place > 0, isLetter(marks[place - 1]) {
                while place < marks.count, digit(marks[place]) != nil { place += 1 }
                continue
            }
            let run = Run(marks, from: place)
            if let number = run.number { count += mask(number, &marks) }
            place = run.end
        }
        guard count > 0 else { return (text, 0) }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: marks)
        return (String(view), count)
    }

    /// The first three and the last four stay.
    private static func mask(_ places: [Int], _ marks: inout [Unicode.Scalar]) -> Int {
        for place in places.dropFirst(3).dropLast(4) { marks[place] = "*" }
        return 1
    }

    fileprivate static func digit(_ mark: Unicode.Scalar) -> Character? {
        switch mark.value {
        case 0x30 ... 0x39: Character(mark)
        case 0xFF10 ... 0xFF19: Unicode.Scalar(mark.value - 0xFEE0).map { Character($0) }
        default: nil
        }
    }

    /// A letter beside digits makes a code of them.
    fileprivate static func isLetter(_ mark: Unicode.Scalar) -> Bool {
        switch mark {
        case "a" ... "z", "A" ... "Z", "ａ" ... "ｚ", "Ａ" ... "Ｚ", "*": true
        default: false
        }
    }
}

/// Digits in a row, and further groups of digits with one blank or dash between.
private struct Run {
    private let marks: [Unicode.Scalar]
    /// The places of each group's digits.
    private var groups: [[Int]] = []
    /// Where to go on: behind what was judged.
    private(set) var end: Int

    init(_ marks: [Unicode.Scalar], from start: Int) {
        self.marks = marks
        end = start
        var place = start
        while groups.count < 8, place < marks.count, PersonalNumbers.digit(marks[place]) != nil {
            var group: [Int] = []
            while place < marks.count, PersonalNumbers.digit(marks[place]) != nil { group.append(place); place += 1 }
            if groups.flatMap(\.self).count + group.count == 17, place < marks.count, "XxＸｘ".unicodeScalars.contains(marks[place]) { group.append(place); place += 1 }
            groups.append(group)
            guard place + 1 < marks.count, " -－—　".unicodeScalars.contains(marks[place]) else { break }
            place += 1
        }
        end = (groups.first?.last ?? start) + 1
        if let number, let last = number.last { end = max(end, last + 1) }
    }

    /// The places of a number that singles somebody out.
    var number: [Int]? {
        guard let first = groups.first else { return nil }
        guard !isFollowedByLetter(first) else { return nil }
        if first.count >= 15 { return first }
        if first.count == 11, isMobile(first) { return first }
        return grouped
    }

    /// 110101 19900101 001X, whose check digit holds; 6222 0000 1111 2222 333.
    private var grouped: [Int]? {
        var places: [Int] = []
        for (number, group) in groups.enumerated() {
            places += group
            if number > 0, places.count == 18, (try? ResidentID(typed: typed(places))) != nil { return places }
        }
        let sizes = groups.map(\.count)
        guard sizes.count >= 4, sizes.prefix(4).allSatisfy({ $0 == 4 }) else { return nil }
        return groups.prefix(sizes.count > 4 && sizes[4] <= 3 ? 5 : 4).flatMap(\.self)
    }

    /// Eleven digits of a mobile phone, unless something is counted by them.
    private func isMobile(_ places: [Int]) -> Bool {
        let number = Array(typed(places))
        guard number[0] == "1", number[1] >= "3", let last = places.last else { return false }
        let next = marks[(last + 1)...].prefix(2).first { $0 != " " }
        return next.map { !"元万亿人户件个次米吨张%％".unicodeScalars.contains($0) } ?? true
    }

    private func isFollowedByLetter(_ places: [Int]) -> Bool {
        guard let last = places.last, last + 1 < marks.count else { return false }
        return PersonalNumbers.isLetter(marks[last + 1])
    }

    private func typed(_ places: [Int]) -> String {
        String(places.map { place -> Character in PersonalNumbers.digit(marks[place]) ?? "X" })
    }
}
