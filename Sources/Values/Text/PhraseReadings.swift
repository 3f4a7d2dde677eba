/// 词语读音。Pairs of characters that are not read as each is by itself, most of them names of places.
enum PhraseReadings {
    private static let words: [String: [String]] = [
        "重庆": ["chong", "qing"], "重阳": ["chong", "yang"], "厦门": ["xia", "men"], "六安": ["lu", "an"],
        "六合": ["lu", "he"], "蚌埠": ["beng", "bu"], "番禺": ["pan", "yu"], "东阿": ["dong", "e"],
        "大埔": ["da", "bu"], "涡阳": ["guo", "yang"], "单县": ["shan", "xian"], "铅山": ["yan", "shan"],
        "乐清": ["yue", "qing"], "乐亭": ["lao", "ting"], "莘庄": ["xin", "zhuang"], "浚县": ["xun", "xian"],
        "洪洞": ["hong", "tong"], "音乐": ["yin", "yue"], "银行": ["yin", "hang"], "阿房": ["e", "pang"],
        "会稽": ["kuai", "ji"], "尉犁": ["yu", "li"], "牟平": ["mu", "ping"], "单城": ["shan", "cheng"],
        "太行": ["tai", "hang"],
    ]

    private static let pairs: [UInt64: [String]] = words.reduce(into: [:]) { pairs, word in
        let scalars = Array(word.key.unicodeScalars)
        pairs[key(scalars[0], scalars[1])] = word.value
    }

    /// The two syllables of this pair, if it is such a word.
    static func readings(of first: Unicode.Scalar, _ second: Unicode.Scalar) -> [String]? { pairs[key(first, second)] }

    private static func key(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> UInt64 {
        UInt64(first.value) << 32 | UInt64(second.value)
    }
}
