import Foundation
import Testing
import Values
@testable import Terminal

@Suite("配置")
struct ConfigurationTests {
    struct Case: Sendable {
        let option: String?, environment: String?, file: String?
        let port: Int, source: String

        init(_ option: String?, _ environment: String?, _ file: String?, _ port: Int, _ source: String) {
            (self.option, self.environment, self.file, self.port, self.source) = (option, environment, file, port, source)
        }
    }

    @Test("先看选项，再看环境变量，再看文件，最后用默认值", arguments: [
        Case("1", "2", "port: 3", 1, "选项 --port"),
        Case(nil, "2", "port: 3", 2, "环境变量 MINZHENG_PORT"),
        Case(nil, "", "port: 3", 3, "文件 a.yaml"),
        Case(nil, nil, "host: 0.0.0.0", 8080, "默认"),
        Case(nil, nil, " \n", 8080, "默认"),
        Case(nil, nil, nil, 8080, "默认"),
    ])
    func precedence(_ c: Case) throws {
        let configuration = try Configuration(options: c.option.map { [.port: $0] } ?? [:], environment: c.environment.map { ["MINZHENG_PORT": $0] } ?? [:],
                                              file: c.file.map { ($0, "a.yaml") })
        #expect(configuration.port == c.port)
        #expect(configuration.settings.first { $0.name == .port }?.source.shown == c.source)
    }

    @Test("有误的值说明来源", arguments: [
        (["MINZHENG_PORT": "65536"], nil, "环境变量 MINZHENG_PORT"), (["MINZHENG_PORT": "-1"], nil, "65535"), (["MINZHENG_QUEUE_LIMIT": "0"], nil, "100000"),
        ([:], "port: 八千", "文件 a.yaml"), ([:], "prot: 1", "prot"), ([:], "profile: sm4", "national"), ([:], "- 1", "a.yaml"), ([:], "port: [", "a.yaml"),
    ] as [([String: String], String?, String)])
    func faulty(_ environment: [String: String], _ file: String?, _ told: String) {
        let refusal = #expect(throws: Refusal.self) { try Configuration(environment: environment, file: file.map { ($0, "a.yaml") }) }
        #expect(refusal?.message.contains(told) == true)
    }

    @Test("两端的值都可以用", arguments: [("0", 0), ("65535", 65_535)])
    func bounds(_ text: String, _ port: Int) throws {
        #expect(try Configuration(options: [.port: text]).port == port)
    }

    @Test("几个节点的设置：有误的说明怎样写", arguments: [
        (["MINZHENG_NODE": "甲机"], "字母、数字"), (["MINZHENG_NODE": String(repeating: "a", count: 61)], "60"), (["MINZHENG_LOG_FORMAT": "xml"], "json"),
        (["MINZHENG_DRAIN_SECONDS": "601"], "600"), (["MINZHENG_POOL": "0"], "256"), (["MINZHENG_STATEMENT_TIMEOUT": "0"], "3600"),
        (["MINZHENG_TRUSTED_PROXIES": "10.0.0.0/33"], "10.0.0.0/33"), (["MINZHENG_TRUSTED_PROXIES": "haproxy"], "haproxy"),
        (["MINZHENG_METRICS_TOKEN": "太短"], "20"), (["MINZHENG_METRICS_TOKEN": String(repeating: "x", count: 19)], "20"),
        (["MINZHENG_ALLOW_ASYNCHRONOUS_REPLICATION": "yes"], Configuration.consent),
    ] as [([String: String], String)])
    func faultyNodes(_ environment: [String: String], _ told: String) {
        let refusal = #expect(throws: Refusal.self) { try Configuration(environment: environment) }
        #expect(refusal?.message.contains(told) == true, "\(refusal?.message ?? "")")
    }

    @Test("节点名称：给了用给的，没给用机器名和端口")
    func nodeNames() throws {
        #expect(try Configuration(options: [.node: "web-1.example"]).node == "web-1.example")
        #expect(try Configuration(options: [.port: "8123"]).node.hasSuffix("-8123"))
        #expect(try Configuration(options: [.node: String(repeating: "a", count: 60)]).node.count == 60)
    }

    @Test("异步复制须一字不差地写明", arguments: [("", false), (Configuration.consent, true)])
    func consent(_ text: String, _ isAllowed: Bool) throws {
        #expect(try Configuration(options: [.allowAsynchronousReplication: text]).allowsAsynchronousReplication == isAllowed)
    }

    @Test("不写数据库就是数据目录里的文件")
    func embedded() throws {
        let plain = try Configuration()
        #expect(plain.database == nil && plain.replica == nil && !plain.allowsAsynchronousReplication && plain.drainSeconds == 0)
        let served = try Configuration(file: ("database: postgres://u@db/minzheng\nreplica: postgres://u@db2/minzheng\npool: 16", "a.yaml"))
        #expect(served.database?.hosts == ["db"] && served.replica?.hosts == ["db2"] && served.pool == 16)
    }
}

@Suite("数据库地址")
struct DatabaseAddressTests {
    struct Case: Sendable {
        let text: String, hosts: [String], shown: String

        init(_ text: String, _ hosts: [String], _ shown: String) {
            (self.text, self.hosts, self.shown) = (text, hosts, shown)
        }
    }

    @Test("读懂主机，遮住密码", arguments: [
        Case("postgres://minzheng:jiamima@db1:5432,db2:5433/mz", ["db1", "db2"], "postgres://minzheng:••••@db1:5432,db2:5433/mz"),
        Case("postgresql://minzheng@127.0.0.1/mz", ["127.0.0.1"], "postgresql://minzheng@127.0.0.1/mz"),
        Case("postgres://localhost/mz", ["localhost"], "postgres://localhost/mz"),
        Case("postgres://u:a%40b:c@[fd00::1]:5432/mz?sslmode=verify-full&sslrootcert=/etc/ca.pem", ["fd00::1"],
             "postgres://u:••••@[fd00::1]:5432/mz?sslmode=verify-full&sslrootcert=/etc/ca.pem"),
        Case("postgres:///mz?host=%2Ftmp%2Fpg", ["/tmp/pg"], "postgres:///mz?host=%2Ftmp%2Fpg"),
        Case("postgres://u@db/mz?sslmode=require&target_session_attrs=read-write", ["db"], "postgres://u@db/mz?sslmode=require&target_session_attrs=read-write"),
    ])
    func reading(_ c: Case) throws {
        let address = try DatabaseAddress(c.text)
        #expect(address.hosts == c.hosts)
        #expect(address.shown == c.shown)
        #expect(address.database == "mz" && address.connection == c.text)
    }

    @Test("有误的地址说明怎样写，绝不把写的内容说出来", arguments: [
        "mysql://u:jiamima@db/mz", "postgres://", "postgres://u:jiamima@db", "postgres://u:jiamima@db/", "postgres://u:jiamima@db/mz/更多", "postgres://u:jiamima@/mz",
        "postgres://u:jiamima@mi@db/mz", "postgres://u:jiamima@db:70000/mz", "postgres://u:jiamima@db:x/mz", "postgres://u:jiamima@db,/mz", "postgres://u@db/mz?password=jiamima",
        "postgres://u:jiamima@db/mz?options=-c", "postgres://u:jiamima@db/mz?sslmode", "postgres://u:jia mima@db/mz", "jiamima",
    ])
    func faulty(_ text: String) {
        for environment in [["MINZHENG_DATABASE": text], ["MINZHENG_REPLICA": text]] {
            let refusal = #expect(throws: Refusal.self) { try Configuration(environment: environment) }
            #expect(refusal?.message.contains("环境变量") == true)
            #expect(refusal.map { $0.message.contains("mima@") || $0.message.contains("jiamima") } == false, "\(refusal?.message ?? "")")
        }
    }

    @Test("config show 不显示密码和口令")
    func nothingShown() async throws {
        let bench = try Bench(shopLines), token = String(repeating: "t", count: 30)
        let told = await bench.run("config", "show", environment: ["MINZHENG_DATABASE": "postgres://u:jiamima@db/mz", "MINZHENG_METRICS_TOKEN": token])
        #expect(told.code == 0 && told.out.contains("postgres://u:••••@db/mz") && told.out.contains("环境变量 MINZHENG_DATABASE"))
        #expect(!told.out.contains("jiamima") && !told.out.contains(token))
        for text in ["停止前等候", "可信代理", "127.0.0.0/8", "日志格式", "允许异步复制", "只读副本"] { #expect(told.out.contains(text), "\(text)") }
    }

    @Test("体检：选项里的密码、开放的配置文件", arguments: [
        ("postgres://u:jiamima@127.0.0.1/mz", true, "本机任何人都能看到"), ("postgres://u@127.0.0.1/mz", true, "来源见"),
        ("postgres://u:jiamima@127.0.0.1/mz", false, "chmod 600"),
    ])
    func unwise(_ text: String, _ isOption: Bool, _ told: String) async throws {
        let bench = try Bench(shopLines), path = bench.path("a.yaml")
        try "database: \(text)".write(toFile: path, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        let office = try await bench.office()
        let configuration = isOption ? try Configuration(options: [.database: text]) : try Configuration(file: ("database: \(text)", path))
        let check = try Office(configuration, office.database, office.house, office.counter.clock).settingsCheck()
        #expect(check.text.contains(told), "\(check.text)")
        try await office.close()
    }
}
