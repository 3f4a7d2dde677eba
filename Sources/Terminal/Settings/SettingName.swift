/// 设置项。What can be set, by option, environment, file, or left alone.
enum SettingName: String, CaseIterable, Sendable {
    case data, host, port, address, profile, title, readers
    case queueLimit = "queue-limit"
    case groupLimit = "group-limit"
    case twoFactor = "two-factor"
    case twoFactorGrace = "two-factor-grace"

    var label: String {
        switch self {
        case .data: "数据目录"
        case .host: "监听地址"
        case .port: "监听端口"
        case .address: "访问地址"
        case .profile: "密码算法"
        case .title: "单位名称"
        case .readers: "读连接数"
        case .queueLimit: "排队上限"
        case .groupLimit: "合并上限"
        case .twoFactor: "须两步登录"
        case .twoFactorGrace: "宽限天数"
        }
    }

    var fallback: String {
        switch self {
        case .data: "data"
        case .host: "127.0.0.1"
        case .port: "8080"
        case .address: ""
        case .profile: "international"
        case .title: "示范市民政局"
        case .readers: "4"
        case .queueLimit: "512"
        case .groupLimit: "256"
        case .twoFactor: "system-administrator security-administrator auditor county-approver finance leader"
        case .twoFactorGrace: "14"
        }
    }

    /// `queue-limit` → `MINZHENG_QUEUE_LIMIT`.
    var environmentName: String { "MINZHENG_" + rawValue.uppercased().replacing("-", with: "_") }
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
}
