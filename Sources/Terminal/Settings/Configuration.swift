import Commons
import Cryptography
import Documents
import Glibc
import Kernel
import Values
import Web

/// 配置。How this installation is set up, each value with its source.
public struct Configuration: Sendable {
    let settings: [Setting]
    public let data: String
    /// Where the rows are kept; nil for the file in the data folder.
    public let database: DatabaseAddress?
    /// A copy of the database that only reads: lists and dashboards, never decisions or money.
    public let replica: DatabaseAddress?
    /// What this process is called among several.
    public let node: String
    public let host: String
    public let port: Int
    /// Where people reach the house, `https://…`; empty when it is only tried out on this machine.
    public let address: String
    public let profile: CryptoProfile
    /// The name of the bureau, at the head of pages and documents.
    public let title: String
    public let readers: Int
    /// Connections for acts, where the engine has several.
    public let pool: Int
    /// Where attachments, uploads and prints rest, if it was said.
    let files: Keeping?
    /// Seconds after which a statement is given up.
    public let statementTimeout: Int
    let queueLimit: Int
    let groupLimit: Int
    /// Seconds for which it serves on after it was told to stop.
    public let drainSeconds: Int
    public let proxies: TrustedProxies
    public let metricsToken: String
    public let logFormat: LogLines.Format
    /// Whoever looks after the machines has said in words that the last acts may be lost with one of them.
    public let allowsAsynchronousReplication: Bool
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
        database = try reading.database(.database)
        replica = try reading.database(.replica)
        files = try reading.keeping()
        node = try reading.node(else: "\(hostName())-\(port)")
        readers = try reading.integer(.readers, in: 1 ... 64)
        pool = try reading.integer(.pool, in: 1 ... 256)
        statementTimeout = try reading.integer(.statementTimeout, in: 1 ... 3_600)
        queueLimit = try reading.integer(.queueLimit, in: 1 ... 100_000)
        groupLimit = try reading.integer(.groupLimit, in: 1 ... 10_000)
        drainSeconds = try reading.integer(.drainSeconds, in: 0 ... 600)
        proxies = try reading.proxies()
        metricsToken = try reading.token()
        logFormat = try reading.logFormat()
        allowsAsynchronousReplication = try reading.consent()
        signIn = SignInRules(required: try reading.roles(.twoFactor), graceDays: try reading.integer(.twoFactorGrace, in: 0 ... 365))
    }

    /// What must be written to allow it.
    static let consent = "我了解主机损坏时可能丢失刚刚办结的事项"

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

extension Configuration {
    /// People reach the house over TLS, so cookies travel over nothing else.
    public var isSecure: Bool { address.hasPrefix("https://") }
}

/// The name of this machine.
private func hostName() -> String {
    var name = [CChar](repeating: 0, count: 65)
    guard gethostname(&name, name.count - 1) == 0 else { return "node" }
    return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
