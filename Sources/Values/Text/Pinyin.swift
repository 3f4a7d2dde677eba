/// 汉语拼音，不标声调。For searching by initials and for romanising names of places.
///
/// A character with several readings has one of them here: good enough to find by, not to print in a passport.
public enum Pinyin {
    /// One syllable for each Han character, in small letters; runs of Latin letters and digits stay together,
    /// and everything else parts them. `v` stands for ü. A Han character nobody knows the reading of is left out.
    public static func syllables(of text: String) -> [String] {
        var syllables: [String] = []
        var run = ""
        for scalar in text.unicodeScalars {
            if scalar.isASCIIWord {
                run.unicodeScalars.append(scalar)
                continue
            }
            if !run.isEmpty { syllables.append(run.lowercased()) }
            run = ""
            if let syllable = PinyinReadings.shared.syllable(of: scalar) { syllables.append(syllable) }
        }
        if !run.isEmpty { syllables.append(run.lowercased()) }
        return syllables
    }

    /// 首字母：张建国 is zjg. Latin letters and digits stay.
    public static func initials(of text: String) -> String {
        var initials = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar.isASCIIWord {
                initials.append(scalar)
            } else if let letter = PinyinReadings.shared.syllable(of: scalar)?.unicodeScalars.first {
                initials.append(letter)
            }
        }
        return String(initials).lowercased()
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

extension Unicode.Scalar {
    /// A letter or digit of ASCII.
    fileprivate var isASCIIWord: Bool {
        ("0"..."9").contains(self) || ("a"..."z").contains(self) || ("A"..."Z").contains(self)
    }
}
