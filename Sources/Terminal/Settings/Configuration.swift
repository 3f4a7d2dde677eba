import Commons
import Cryptography
import Documents
import Kernel
import Values

/// 配置。How this installation is set up, each value with its source.
public struct Configuration: Sendable {
    let settings: [Setting]
    public let data: String
    public let host: String
    public let port: Int
    /// Where people reach the house, `https://…`; empty when it is only tried out on this machine.
    public let address: String
    public let profile: CryptoProfile
    /// The name of the bureau, at the head of pages and documents.
    public let title: String
    let readers: Int
    let queueLimit: Int
    let groupLimit: Int
    /// Who must have two-factor log-in, and from when.
    public let signIn: SignInRules

    /// - Parameter file: the text of `minzheng.yaml` and its path.
    /// - Throws: `.invalid`, naming the setting and where the faulty value was found.
    init(options: [SettingName: String] = [:], environment: [String: String] = [:], file: (text: String, path: String)? = nil) throws(Refusal) {
        let filed = try Self.filed(file)
        var settings: [Setting] = []
        for name in SettingName.allCases { settings.append(Self.choose(name, options, environment, filed, file?.path ?? "")) }
        self.settings = settings
        let reading = SettingReading(settings)
        data = try reading.text(.data, upTo: 1000)
        host = try reading.text(.host, upTo: 200)
        port = try reading.integer(.port, in: 0 ... 65_535)
        title = try reading.text(.title, upTo: 40)
        address = try reading.address()
        profile = try reading.profile()
        readers = try reading.integer(.readers, in: 1 ... 64)
        queueLimit = try reading.integer(.queueLimit, in: 1 ... 100_000)
        groupLimit = try reading.integer(.groupLimit, in: 1 ... 10_000)
        signIn = SignInRules(required: try reading.roles(.twoFactor), graceDays: try reading.integer(.twoFactorGrace, in: 0 ... 365))
    }

    private static func filed(_ file: (text: String, path: String)?) throws(Refusal) -> [String: String] {
        guard let file, file.text.contains(where: { !$0.isWhitespace }) else { return [:] }
        var found: [String: String] = [:]
        do throws(Refusal) {
            let node = try parseYAML(file.text)
            try node.only(Set(SettingName.allCases.map(\.rawValue)))
            for name in SettingName.allCases { found[name.rawValue] = try node.optional(name.rawValue)?.text() }
        } catch { throw .invalid("配置文件 \(file.path) 有误：\(error.message)") }
        return found
    }

    private static func choose(_ name: SettingName, _ options: [SettingName: String], _ environment: [String: String], _ filed: [String: String], _ path: String) -> Setting {
        if let value = options[name] { return Setting(name: name, value: value, source: .option("--\(name.rawValue)")) }
        if let value = environment[name.environmentName], !value.isEmpty { return Setting(name: name, value: value, source: .environment(name.environmentName)) }
        if let value = filed[name.rawValue] { return Setting(name: name, value: value, source: .file(path)) }
        return Setting(name: name, value: name.fallback, source: .fallback)
    }
}

/// Reads settings as values; a faulty one is refused with its source.
private struct SettingReading {
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

    private func setting(_ name: SettingName) throws(Refusal) -> Setting {
        guard let setting = settings.first(where: { $0.name == name }) else { throw .invalid("缺少设置「\(name.label)」") }
        return setting
    }

    private func faulty(_ setting: Setting, _ rule: String) -> Refusal {
        .invalid("\(setting.name.label)（\(setting.source.shown)）的值「\(setting.value.prefix(60))」有误，\(rule)")
    }
}

extension Configuration {
    /// People reach the house over TLS, so cookies travel over nothing else.
    public var isSecure: Bool { address.hasPrefix("https://") }
}
