import Foundation

/// 繁体转简体。Reads traditional characters as simplified ones, one for one, with the table of the Unicode project that Foundation carries.
enum Simplified {
    private static let first: UInt32 = 0x4E00
    private static let last: UInt32 = 0x9FFF

    /// The simplified form of each character of the common block, made once.
    private static let table: Marks = {
        let plain = Marks((first ... last).compactMap(Unicode.Scalar.init))
        guard let turned = plain.text.applyingTransform(StringTransform("Hant-Hans"), reverse: false) else { return plain }
        let marks = Marks(turned)
        return marks.count == plain.count ? marks : plain
    }()

    static func of(_ mark: Unicode.Scalar) -> Unicode.Scalar {
        (first ... last).contains(mark.value) ? table[Int(mark.value - first)] : mark
    }

    /// Whether a text is written in traditional characters: at least one Han character in thirty is one.
    ///
    /// Simplified writing keeps a few of them (著名, 乾隆), so a single one proves nothing.
    static func isTraditional(_ text: some Collection<Unicode.Scalar>) -> Bool {
        var han = 0, traditional = 0
        for mark in text where mark.isHan {
            han += 1
            if of(mark) != mark { traditional += 1 }
        }
        return traditional > 1 && traditional * 30 >= han
    }
}
