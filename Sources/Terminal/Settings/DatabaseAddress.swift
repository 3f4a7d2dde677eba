import Values

/// 数据库地址。`postgres://user:password@host:port/database?sslmode=verify-full`, as libpq reads it; several hosts are parted by commas.
public struct DatabaseAddress: Hashable, Sendable {
    /// For the driver alone: it holds the password.
    public let connection: String
    public let hosts: [String]
    public let database: String
    let parameters: [String: String]

    /// - Throws: `.invalid`; the message never repeats what was written, since it may hold the password.
    public init(_ text: String) throws(Refusal) {
        guard let start = Self.schemes.first(where: text.hasPrefix)?.count, text.count <= 1_000, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw .invalid("应写成 postgres://用户:密码@主机:端口/库名；密码里的特殊字符写成 %40 这样的形式")
        }
        let parts = text.dropFirst(start).split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let place = parts[0].split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let people = place[0].split(separator: "@", omittingEmptySubsequences: false)
        guard people.count <= 2 else { throw .invalid("只能有一个 @；密码里的 @ 写成 %40") }
        guard place.count == 2, !place[1].isEmpty, !place[1].contains("/") else { throw .invalid("主机后面应写 /库名") }
        parameters = try Self.parameters(parts.count > 1 ? parts[1] : "")
        hosts = try Self.hosts(people[people.count - 1], else: parameters["host"])
        database = String(place[1])
        connection = text
    }

    private static let schemes = ["postgres://", "postgresql://"]
    /// What libpq understands and an administrator may need. A password belongs before the @, or into a file that `passfile` names.
    private static let known: Set<String> = [
        "host", "sslmode", "sslrootcert", "sslcert", "sslkey", "sslcrl", "passfile", "target_session_attrs", "connect_timeout", "channel_binding", "keepalives",
        "keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout", "load_balance_hosts",
    ]

    private static func parameters(_ text: Substring) throws(Refusal) -> [String: String] {
        var found: [String: String] = [:]
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { throw .invalid("? 后面应写成 名称=值，用 & 隔开") }
            guard known.contains(parts[0]) else { throw .invalid(parts[0] == "password" ? "密码应写在 @ 之前，或者放进 passfile 所指的文件" : "不认识参数「\(parts[0].prefix(40))」") }
            found[parts[0]] = parts[1]
        }
        return found
    }

    /// Host and port each; `host=` names the folder of a socket.
    private static func hosts(_ text: Substring, else folder: String?) throws(Refusal) -> [String] {
        guard !text.isEmpty else {
            guard let folder else { throw .invalid("@ 后面应写主机") }
            return [folder.replacing("%2F", with: "/").replacing("%2f", with: "/")]
        }
        var hosts: [String] = []
        for place in text.split(separator: ",", omittingEmptySubsequences: false) {
            let isNew = place.hasPrefix("["), name = isNew ? place.dropFirst().prefix { $0 != "]" } : place.prefix { $0 != ":" }
            let rest = place.dropFirst(isNew ? name.count + 2 : name.count)
            guard !name.isEmpty, rest.isEmpty || rest.first == ":" && (Int(rest.dropFirst()).map { (1 ... 65_535).contains($0) } ?? false) else {
                throw .invalid("主机应写成 主机:端口，几台之间用逗号隔开")
            }
            hosts.append(String(name))
        }
        return hosts
    }
}

extension DatabaseAddress {
    public var shown: String { Self.masked(connection) }


    /// Which database it is, whoever comes and however: hosts and name, no user, no password.
    static func place(of text: String) -> String {
        let body = text[beginning(of: text)...].prefix { $0 != "?" }
        return "postgres://" + (body.lastIndex(of: "@").map { body[body.index(after: $0)...] } ?? body)
    }

    private static func beginning(of text: String) -> String.Index { text.firstRange(of: "://")?.upperBound ?? text.startIndex }

    /// Everything from the first colon of the user's part to the last @ is blotted out, and what a faulty address names a password; what is no address
    /// is not shown at all.
    static func masked(_ text: String) -> String {
        if let named = text.firstRange(of: "password=") { return masked(String(text[..<named.lowerBound])) + "password=••••" }
        let body = beginning(of: text)
        guard let at = text.lastIndex(of: "@"), at >= body, let colon = text[body ..< at].firstIndex(of: ":") else {
            return text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") || text.isEmpty ? text : "（不是数据库地址）"
        }
        return text[...colon] + "••••" + text[at...]
    }
}
