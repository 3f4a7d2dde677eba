import ArgumentParser
import Kernel
import Values

/// `minzheng doctor`: looks at the installation without changing it; ends with 1 when something must be mended.
struct Doctor: Errand {
    static let configuration = CommandConfiguration(commandName: "doctor", abstract: "体检：数据、密钥、规则、日志和任务")

    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        let checks = try await options.withOffice(at: place, .untouched) { office in try await office.checks() }
        for check in checks { place.console.line("\(check.state.mark) \(check.name)：\(check.text)") }
        let faults = checks.count { $0.state == .fault }, warnings = checks.count { $0.state == .warning }
        place.console.line(faults + warnings == 0 ? "一切正常" : "需要处理 \(faults) 项，请留意 \(warnings) 项")
        if faults > 0 { throw ExitCode(1) }
    }
}

/// 体检项。What was looked at and what was found.
struct Check: Hashable, Sendable {
    enum State: Sendable { case sound, warning, fault }

    let name: String
    let state: State
    let text: String

    init(_ name: String, _ state: State, _ text: String) {
        self.name = name
        self.state = state
        self.text = text
    }
}

extension Check.State {
    var mark: String {
        switch self { case .sound: "✓"; case .warning: "!"; case .fault: "✗" }
    }
}
