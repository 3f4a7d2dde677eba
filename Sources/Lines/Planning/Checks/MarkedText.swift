import Values

/// 带记号的文稿。A text with the marks of a summary in it: where each stands, and the text with blanks in their place, so that places hold.
struct MarkedText: Sendable {
    struct Mark: Sendable, Hashable {
        let number: Int
        /// In Unicode scalars.
        let range: Range<Int>
    }

    /// The code at the foot of a summary; nil where the text has none.
    let code: String?
    let marks: [Mark]
    /// As long as the original, without marks; what follows the text as its table of sources is blank.
    let blanked: String
    private let scalars: [Unicode.Scalar]

    init(_ text: String) {
        let scalars = Array(text.unicodeScalars)
        var blank = scalars, marks: [Mark] = []
        let end = Self.sources(in: scalars)
        for place in scalars.indices where scalars[place] == "〔" {
            guard let close = scalars[place...].prefix(8).firstIndex(of: "〕"), let number = Self.number(scalars[place + 1 ..< close]) else { continue }
            if place < end, place > 0, !Self.opensLine(scalars, place) { marks.append(Mark(number: number, range: place ..< close + 1)) }
            for blanked in place ... close { blank[blanked] = " " }
        }
        for place in blank.indices where place >= end && blank[place] != "\n" { blank[place] = " " }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: blank)
        (self.scalars, self.marks, blanked, code) = (scalars, marks, String(view), Self.code(in: scalars))
    }

    /// Up to so many characters before a mark, without spaces and line breaks.
    func words(before mark: Mark, atMost count: Int = 40) -> String {
        var words: [Unicode.Scalar] = [], place = mark.range.lowerBound - 1
        while place >= 0, words.count < count {
            let scalar = scalars[place]
            if scalar == "〕" { break }
            if !scalar.properties.isWhitespace { words.append(Self.narrow(scalar)) }
            place -= 1
        }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: words.reversed())
        return String(view)
    }

    /// What stands around a mark, up to its neighbours.
    func beside(_ mark: Mark) -> Beside {
        var words: [Unicode.Scalar] = [], place = mark.range.upperBound
        while place < scalars.count, words.count < 80, scalars[place] != "〔", scalars[place] != "。" {
            if !scalars[place].properties.isWhitespace { words.append(Self.narrow(scalars[place])) }
            place += 1
        }
        var after = String.UnicodeScalarView()
        after.append(contentsOf: words)
        return Beside(before: self.words(before: mark), after: String(after), isFollowed: place < scalars.count && scalars[place] == "〔")
    }

    /// Where what is written before a mark begins, for so many characters without spaces.
    func start(of count: Int, before mark: Mark) -> Int {
        var left = count, place = mark.range.lowerBound
        while place > 0, left > 0 {
            place -= 1
            if !scalars[place].properties.isWhitespace { left -= 1 }
        }
        return place
    }

    func text(_ range: Range<Int>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[range.clamped(to: scalars.indices)])
        return String(view)
    }

    // MARK: Finding

    private static func number(_ scalars: ArraySlice<Unicode.Scalar>) -> Int? {
        guard (1 ... 5).contains(scalars.count) else { return nil }
        return scalars.reduce(0 as Int?) { sum, scalar in
            let digit = narrow(scalar).value
            return (0x30 ... 0x39).contains(digit) ? sum.map { $0 * 10 + Int(digit) - 0x30 } : nil
        }
    }

    private static func narrow(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        (0xFF01 ... 0xFF5E).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
    }

    private static func opensLine(_ scalars: [Unicode.Scalar], _ place: Int) -> Bool {
        scalars[..<place].last { $0 == "\n" || !$0.properties.isWhitespace } == "\n"
    }

    /// Where the annex 数据依据 begins: a line of its own; the end of the text where there is none.
    private static func sources(in scalars: [Unicode.Scalar]) -> Int {
        var place = 0
        for line in scalars.split(separator: "\n", omittingEmptySubsequences: false) {
            if String(String.UnicodeScalarView(line)).filter({ !$0.isWhitespace }) == "数据依据" { return place }
            place += line.count + 1
        }
        return scalars.count
    }

    private static func code(in scalars: [Unicode.Scalar]) -> String? {
        let word = Array("查验码".unicodeScalars)
        guard scalars.count > word.count + 8 else { return nil }
        for place in 0 ..< scalars.count - word.count - 8 where scalars[place] == word[0] && scalars[place ..< place + 3].elementsEqual(word) {
            let rest = scalars[(place + 3)...].drop { $0.properties.isWhitespace || $0 == "：" || $0 == ":" }
            let code = rest.prefix { $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil) }
            if code.count == 8 { return String(String.UnicodeScalarView(code)).uppercased() }
        }
        return nil
    }
}
