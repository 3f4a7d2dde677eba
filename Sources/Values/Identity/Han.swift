/// 汉字。Which characters are Han.
enum Han {
    static func contains(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x3FFFF, 0xF900...0xFAFF, 0x3007: true
        // Characters that older systems kept in the private use area.
        case 0xE000...0xF8FF: true
        default: false
        }
    }

    static func contains(_ character: Character) -> Bool {
        character.unicodeScalars.first.map(contains) ?? false
    }
}
