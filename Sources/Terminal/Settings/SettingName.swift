/// 设置项。What can be set, by option, environment, file, or left alone.
enum SettingName: String, CaseIterable, Sendable {
    case data, database, replica, files, node, host, port, address, profile, title, readers, pool
    case statementTimeout = "statement-timeout"
    case queueLimit = "queue-limit"
    case groupLimit = "group-limit"
    case drainSeconds = "drain-seconds"
    case trustedProxies = "trusted-proxies"
    case metricsToken = "metrics-token"
    case logFormat = "log-format"
    case allowAsynchronousReplication = "allow-asynchronous-replication"
    case twoFactor = "two-factor"
    case twoFactorGrace = "two-factor-grace"

    var label: String {
        switch self {
        case .data: "数据目录"
        case .database: "数据库"
        case .replica: "只读副本"
        case .files: "文件存放"
        case .node: "节点名称"
        case .host: "监听地址"
        case .port: "监听端口"
        case .address: "访问地址"
        case .profile: "密码算法"
        case .title: "单位名称"
        case .readers: "读连接数"
        case .pool: "办件连接数"
        case .statementTimeout: "语句时限（秒）"
        case .queueLimit: "排队上限"
        case .groupLimit: "合并上限"
        case .drainSeconds: "停止前等候（秒）"
        case .trustedProxies: "可信代理"
        case .metricsToken: "指标口令"
        case .logFormat: "日志格式"
        case .allowAsynchronousReplication: "允许异步复制"
        case .twoFactor: "须两步登录"
        case .twoFactorGrace: "宽限天数"
        }
    }

    var fallback: String {
        switch self {
        case .data: "data"
        case .database, .replica, .files, .node, .address, .metricsToken, .allowAsynchronousReplication: ""
        case .host: "127.0.0.1"
        case .port: "8080"
        case .profile: "international"
        case .title: "示范市民政局"
        case .readers: "4"
        case .pool: "8"
        case .statementTimeout: "30"
        case .queueLimit: "512"
        case .groupLimit: "256"
        case .drainSeconds: "0"
        case .trustedProxies: "127.0.0.0/8 ::1"
        case .logFormat: "text"
        case .twoFactor: "system-administrator security-administrator auditor county-approver finance leader"
        case .twoFactorGrace: "14"
        }
    }

    /// `queue-limit` → `MINZHENG_QUEUE_LIMIT`.
    var environmentName: String { "MINZHENG_" + rawValue.uppercased().replacing("-", with: "_") }

    /// A value as it may be shown and logged: what opens something is blotted out.
    func shown(_ value: String) -> String {
        switch self {
        case .database, .replica: DatabaseAddress.masked(value)
        case .metricsToken: value.isEmpty ? "" : "（已设置）"
        default: value
        }
    }
}

/// Where a value was found. Later ones in this order win: default, file, environment, option.
enum SettingSource: Sendable, Hashable {
    case fallback
    case file(String)
    case environment(String)
    case option(String)

    var shown: String {
        switch self {
        case .fallback: "默认"
        case .file(let path): "文件 \(path)"
        case .environment(let name): "环境变量 \(name)"
        case .option(let name): "选项 \(name)"
        }
    }
}

/// A value and where it was found.
struct Setting: Sendable, Hashable {
    let name: SettingName
    let value: String
    let source: SettingSource

    var shown: String { name.shown(value) }
}
