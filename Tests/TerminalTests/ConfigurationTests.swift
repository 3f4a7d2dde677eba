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
}
