import Commons
import Cryptography
import Kernel
import Values
import Web

/// Reads settings as values; a faulty one is refused with its source.
struct SettingReading {
    private let settings: [Setting]

    init(_ settings: [Setting]) { self.settings = settings }

    func text(_ name: SettingName, upTo limit: Int) throws(Refusal) -> String {
        let setting = try setting(name)
        guard (1 ... limit).contains(setting.value.count) else { throw faulty(setting, "应为 1 至 \(limit) 个字") }
        return setting.value
    }

    func integer(_ name: SettingName, in range: ClosedRange<Int>) throws(Refusal) -> Int {
        let setting = try setting(name)
        guard let number = Int(setting.value), range.contains(number) else { throw faulty(setting, "应为 \(range.lowerBound) 至 \(range.upperBound) 的整数") }
        return number
    }

    /// Codes or names of roles, parted by spaces or commas; `none` for nobody.
    func roles(_ name: SettingName) throws(Refusal) -> Set<Role> {
        let setting = try setting(name)
        var roles: Set<Role> = []
        for word in setting.value.split(whereSeparator: { " ,，、".contains($0) }) where word != "none" {
            guard let role = try? Role(typed: String(word)), role != .visitor else { throw faulty(setting, "「\(word.prefix(40))」不是岗位；应为岗位代码，用空格隔开，或 none") }
            roles.insert(role)
        }
        return roles
    }

    /// Scheme and host, with a port if need be; nothing behind it.
    func address() throws(Refusal) -> String {
        let setting = try setting(.address), text = setting.value
        guard !text.isEmpty else { return "" }
        let rest = ["https://", "http://"].first(where: text.hasPrefix).map { text.dropFirst($0.count) } ?? ""
        let isPlain = rest.utf8.allSatisfy { ($0 >= 0x30 && $0 <= 0x3A) || ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || $0 == 0x2D || $0 == 0x2E || $0 == 0x5B || $0 == 0x5D }
        guard !rest.isEmpty, rest.utf8.count <= 200, isPlain else { throw faulty(setting, "应写成 https://minzheng.example.gov.cn，后面不带路径") }
        return text
    }

    func profile() throws(Refusal) -> CryptoProfile {
        let setting = try setting(.profile)
        guard let profile = CryptoProfile(rawValue: setting.value) else {
            throw faulty(setting, "应为 international（国际算法）或 national（国密算法）")
        }
        return profile
    }

    /// Nil when nothing was set.
    func database(_ name: SettingName) throws(Refusal) -> DatabaseAddress? {
        let setting = try setting(name)
        guard !setting.value.isEmpty else { return nil }
        do { return try DatabaseAddress(setting.value) } catch { throw faulty(setting, error.message) }
    }

    /// Letters, digits, points and dashes: it stands in logs, metrics and file names.
    /// - Parameter fallback: the name of a node that was given none.
    func node(else fallback: String) throws(Refusal) -> String {
        let setting = try setting(.node)
        let name = setting.value.isEmpty ? String(fallback.map { Self.mayStand($0) ? $0 : "-" }.prefix(60)) : setting.value
        guard (1 ... 60).contains(name.count), name.allSatisfy(Self.mayStand) else { throw faulty(setting, "应为 1 至 60 个字母、数字、点、短横") }
        return name
    }

    private static func mayStand(_ character: Character) -> Bool { character.isASCII && (character.isLetter || character.isNumber || ".-_".contains(character)) }

    func proxies() throws(Refusal) -> TrustedProxies {
        let setting = try setting(.trustedProxies)
        do { return try TrustedProxies(parsing: setting.value == "none" ? "" : setting.value) } catch { throw faulty(setting, error.message) }
    }

    /// Long enough not to be guessed; empty for none.
    func token() throws(Refusal) -> String {
        let setting = try setting(.metricsToken), text = setting.value
        guard text.isEmpty || (20 ... 200).contains(text.utf8.count) && text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw faulty(setting, "应为 20 至 200 个字母、数字或符号，中间不空格")
        }
        return text
    }

    /// Nil when it was left alone.
    func keeping() throws(Refusal) -> Keeping? {
        let setting = try setting(.files)
        switch setting.value {
        case "": return nil
        case "folders": return .folders
        case "database": return .database
        default: throw faulty(setting, "应为 folders（数据目录；几个节点时须是共享的目录）或 database（数据库）")
        }
    }

    func logFormat() throws(Refusal) -> LogLines.Format {
        let setting = try setting(.logFormat)
        guard let format = LogLines.Format(rawValue: setting.value) else { throw faulty(setting, "应为 text（给人看）或 json（给采集程序）") }
        return format
    }

    /// Whoever allows it writes the whole sentence, so that nobody allows it by a slip.
    func consent() throws(Refusal) -> Bool {
        let setting = try setting(.allowAsynchronousReplication)
        guard !setting.value.isEmpty else { return false }
        guard setting.value == Configuration.consent else { throw faulty(setting, "要允许，须一字不差地写「\(Configuration.consent)」；不允许则留空") }
        return true
    }

    private func setting(_ name: SettingName) throws(Refusal) -> Setting {
        guard let setting = settings.first(where: { $0.name == name }) else { throw .invalid("缺少设置「\(name.label)」") }
        return setting
    }

    private func faulty(_ setting: Setting, _ rule: String) -> Refusal {
        .invalid("\(setting.name.label)（\(setting.source.shown)）的值「\(setting.shown.prefix(60))」有误，\(rule)")
    }
}
