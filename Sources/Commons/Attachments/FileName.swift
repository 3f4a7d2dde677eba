/// 文件名。As it is kept: with the ending of what the file is, and without the numbers people write into names.
struct FileName: Hashable {
    static let maximumLength = 120
    let text: String

    /// - Parameter type: what the content was found to be.
    init(_ name: String, type: String) {
        let ending = Self.endings[type] ?? "bin"
        let plain = String(name.unicodeScalars.filter { $0.value >= 0x20 && !(0x7F ... 0x9F).contains($0.value) && !Self.turning.contains($0.value) })
        let last = plain.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? ""
        let stem = Self.withoutNumbers(Self.stem(of: last)).trimmingDots
        text = String((stem.isEmpty ? "附件" : stem).suffix(Self.maximumLength - 5)) + "." + ending
    }

    private static let endings = ["image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"]
    /// Marks that turn the direction of writing, and so can make an ending look like another.
    private static let turning: Set<UInt32> = Set([0x200E, 0x200F, 0x061C] + Array(0x202A ... 0x202E) + Array(0x2066 ... 0x2069))

    /// Without an ending of up to four letters and digits.
    private static func stem(of name: String) -> String {
        guard let dot = name.lastIndex(of: ".") else { return name }
        let ending = name[name.index(after: dot)...]
        return (1 ... 4).contains(ending.count) && ending.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) } ? String(name[..<dot]) : name
    }

    /// Eleven digits and more may be a telephone, an identity number or an account: they rest sealed or not at all.
    private static func withoutNumbers(_ text: String) -> String {
        var kept = "", run = ""
        for character in text + "\n" {
            if character.isWholeNumber || (!run.isEmpty && " -_".contains(character)) { run.append(character); continue }
            let isLong = run.count(where: \.isWholeNumber) >= 11
            kept += isLong ? "（号码略）" : run
            run = ""
            if !(isLong && (character == "X" || character == "x")) { kept.append(character) }
        }
        return String(kept.dropLast())
    }
}

extension String {
    fileprivate var trimmingDots: String {
        String(drop { $0 == "." || $0 == " " }.reversed().drop { $0 == "." || $0 == " " }.reversed())
    }
}
