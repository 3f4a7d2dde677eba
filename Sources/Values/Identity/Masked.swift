/// 脱敏。What a public notice or a screen shows of a person, and no more.
///
/// 《中华人民共和国政府信息公开条例》第十五条：涉及个人隐私的信息不得公开.
public enum Masked {
    /// 张**，买**·**. The first character, and the interpunct, remain.
    public static func name(_ name: PersonName) -> String { Masked.name(name.text) }

    /// The same for a name that is already text.
    public static func name(_ text: String) -> String {
        String(text.enumerated().map { place, character in
            place == 0 || character == "·" || character == " " ? character : "*"
        })
    }

    /// 工作人员界面：前3位和后4位。
    public static func residentID(_ id: ResidentID) -> String { masked(id.typed, head: 3, tail: 4) }

    /// 公示：仅后4位。
    public static func residentIDForNotice(_ id: ResidentID) -> String { masked(id.typed, head: 0, tail: 4) }

    /// 138****5678，020-****5678。
    public static func phone(_ phone: Phone) -> String {
        guard !phone.isMobile else { return masked(phone.number, head: 3, tail: 4) }
        let parts = phone.number.split(separator: "-")
        guard parts.count > 1 else { return masked(phone.number, head: 0, tail: 4) }
        return "\(parts[0])-\(masked(String(parts[1]), head: 0, tail: 4))"
    }

    /// ****0004: the last four digits, without telling how many there are.
    public static func account(_ account: BankAccount) -> String { "****" + account.number.suffix(4) }

    private static func masked(_ text: String, head: Int, tail: Int) -> String {
        let hidden = max(text.utf8.count - head - tail, 0)
        return text.prefix(head) + String(repeating: "*", count: hidden) + text.suffix(tail)
    }
}
