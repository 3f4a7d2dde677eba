/// 汉语拼音，不标声调。For searching by initials and for romanising names of places.
///
/// A character with several readings has one of them here: good enough to find by, not to print in a passport.
public enum Pinyin {
    /// One syllable for each Han character, in small letters; runs of Latin letters and digits stay together,
    /// and everything else parts them. `v` stands for ü. A Han character nobody knows the reading of is left out.
    public static func syllables(of text: String) -> [String] {
        var syllables: [String] = []
        var isInRun = false
        walk(text) { piece in
            switch piece {
            case .syllable(let syllable): syllables.append(syllable)
            case .letter(let letter) where isInRun: syllables[syllables.count - 1].unicodeScalars.append(letter)
            case .letter(let letter): syllables.append(String(letter))
            case .gap: break
            }
            if case .letter = piece { isInRun = true } else { isInRun = false }
        }
        return syllables
    }

    /// 首字母：张建国 is zjg. Latin letters and digits stay.
    public static func initials(of text: String) -> String {
        var initials = String.UnicodeScalarView()
        walk(text) { piece in
            switch piece {
            case .syllable(let syllable): if let first = syllable.unicodeScalars.first { initials.append(first) }
            case .letter(let letter): initials.append(letter)
            case .gap: break
            }
        }
        return String(initials)
    }

    /// 姓名首字母，姓氏按姓氏读音：单小明 is sxm.
    public static func initials(of name: PersonName) -> String {
        let surname = SurnameReadings.readings(of: name.text)
        guard !surname.isEmpty else { return initials(of: name.text) }
        return surname.reduce(into: "") { $0 += $1.prefix(1) } + initials(of: String(name.text.dropFirst(surname.count)))
    }

    /// 姓名的音节，姓氏按姓氏读音：单小明 is shan xiao ming.
    public static func syllables(of name: PersonName) -> [String] {
        let surname = SurnameReadings.readings(of: name.text)
        return surname + syllables(of: String(name.text.dropFirst(surname.count)))
    }
}

extension Pinyin {
    private enum Piece { case syllable(String), letter(Unicode.Scalar), gap }

    /// Reads a text from left to right, pairs of characters before single ones.
    private static func walk(_ text: String, _ body: (Piece) -> Void) {
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            if let letter = scalar.smallLetter {
                body(.letter(letter))
            } else if let next = rest.first, let pair = PhraseReadings.readings(of: scalar, next) {
                rest.removeFirst()
                pair.forEach { body(.syllable($0)) }
            } else if let syllable = PinyinReadings.shared.syllable(of: scalar) {
                body(.syllable(syllable))
            } else {
                body(.gap)
            }
        }
    }
}

extension Unicode.Scalar {
    /// A letter or digit of ASCII, letters made small.
    fileprivate var smallLetter: Unicode.Scalar? {
        switch value {
        case 0x30...0x39, 0x61...0x7A: self
        case 0x41...0x5A: Unicode.Scalar(UInt8(value + 0x20))
        default: nil
        }
    }
}
