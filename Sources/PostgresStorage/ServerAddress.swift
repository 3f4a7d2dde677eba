import CPQ
import Foundation
import Storage

/// 数据库地址。What libpq is given to connect, made from a `postgres://` address. Never shown: it may hold a password.
struct ServerAddress: Sendable {
    private let keywords: [String: String]

    /// - Throws: `StorageError.connection` for an address that can't be read, or one that would go over a network without checking the server's certificate.
    init(_ url: String, _ configuration: PostgresConfiguration, isCopy: Bool = false) throws(StorageError) {
        var keywords = try Self.parsed(url)
        try Self.requireCheckedServer(&keywords)
        keywords["application_name"] = keywords["application_name"] ?? "minzheng"
        keywords["client_encoding"] = "UTF8"
        keywords["connect_timeout"] = keywords["connect_timeout"] ?? String(configuration.connectTimeout)
        keywords["keepalives_idle"] = keywords["keepalives_idle"] ?? "5"
        keywords["keepalives_interval"] = keywords["keepalives_interval"] ?? "2"
        keywords["keepalives_count"] = keywords["keepalives_count"] ?? "3"
        keywords["tcp_user_timeout"] = keywords["tcp_user_timeout"] ?? "8000"
        // A standby that was not told yet is passed over for the server that takes writes.
        keywords["target_session_attrs"] = isCopy ? (keywords["target_session_attrs"] ?? "prefer-standby") : "read-write"
        keywords["options"] = [keywords["options"], Self.options(configuration)].compactMap(\.self).joined(separator: " ")
        self.keywords = keywords
    }

    private static func options(_ configuration: PostgresConfiguration) -> String {
        var options = [
            "-c jit=off", "-c statement_timeout=\(configuration.statementTimeout * 1000)", "-c client_min_messages=error",
            "-c idle_in_transaction_session_timeout=600000", "-c timezone=UTC",
        ]
        if let schema = configuration.schema { options.append("-c search_path=\(schema)") }
        return options.joined(separator: " ")
    }

    /// Hosts and ports, for people.
    var shown: String {
        let hosts = (keywords["hostaddr"] ?? keywords["host"] ?? "本机").split(separator: ",", omittingEmptySubsequences: false)
        let ports = (keywords["port"] ?? "5432").split(separator: ",", omittingEmptySubsequences: false)
        return hosts.enumerated().map { index, host in "\(host):\(index < ports.count ? ports[index] : ports.last ?? "5432")" }.joined(separator: "、")
    }

    /// Opens a connection; the caller closes it.
    func connect() throws(StorageError) -> OpaquePointer {
        let pairs = keywords.map { ($0.key, $0.value) }
        let connected = Self.withCStrings(pairs.map(\.0)) { names in
            Self.withCStrings(pairs.map(\.1)) { values in PQconnectdbParams(names, values, 0) }
        }
        guard let connected else { throw .connection("没有内存可用") }
        guard PQstatus(connected) == CONNECTION_OK else {
            defer { PQfinish(connected) }
            throw .connection("连不上 \(shown)：\(String(cString: PQerrorMessage(connected)).trimmingCharacters(in: .whitespacesAndNewlines))")
        }
        return connected
    }

    private static func parsed(_ url: String) throws(StorageError) -> [String: String] {
        var fault: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(url, &fault) else {
            PQfreemem(fault)
            throw .connection("数据库地址写得不对，应如 postgres://用户:密码@主机:5432/minzheng?sslmode=verify-full&sslrootcert=根证书文件")
        }
        defer { PQconninfoFree(options) }
        var keywords: [String: String] = [:]
        var next = options
        while let keyword = next.pointee.keyword {
            if let value = next.pointee.val { keywords[String(cString: keyword)] = String(cString: value) }
            next += 1
        }
        return keywords
    }

    /// Over a network the server must show a certificate that is checked, name and all. Nothing weaker is taken.
    private static func requireCheckedServer(_ keywords: inout [String: String]) throws(StorageError) {
        let hosts = (keywords["host"] ?? keywords["hostaddr"] ?? "").split(separator: ",")
        let isHere = hosts.allSatisfy { $0.hasPrefix("/") || $0 == "localhost" || $0 == "::1" || $0.hasPrefix("127.") }
        guard !isHere else { return }
        let mode = keywords["sslmode"] ?? "verify-full"
        guard mode == "verify-full" else {
            throw .connection("连接其他主机上的数据库须核对证书：请在地址里写 sslmode=verify-full（现为 \(mode)），并用 sslrootcert 指明根证书")
        }
        keywords["sslmode"] = mode
    }

    /// A list of C strings that ends with NULL, for the time of `body`.
    private static func withCStrings<Outcome>(_ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Outcome) -> Outcome {
        let copies = strings.map { strdup($0) }
        defer { copies.forEach { free($0) } }
        let pointers = copies.map { UnsafePointer($0) } + [nil]
        return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
    }
}
