import Kernel
import Synchronization
import Values

/// 项目代码，people read its title. What a programme is called is known once a line has declared it; nothing else is kept here.
struct ProgrammeCode: FieldValue {
    let code: String

    private static let titles = Mutex<[String: String]>([:])

    /// A programme tells its title when it is declared.
    static func declare(_ code: String, _ title: String) { titles.withLock { $0[code] = title } }

    static var kind: FieldKind { .text }
    static var maximumLength: Int { 60 }

    /// The code, or the title.
    init(typed text: String) throws(Refusal) {
        guard !text.isEmpty else { throw .invalid("请填写项目名称") }
        code = Self.titles.withLock { titles in titles[text] == nil ? titles.first { $0.value == text }?.key ?? text : text }
    }

    var typed: String { code.hasPrefix(OneOffName.prefix) ? code : shown }
    var shown: String {
        if code.hasPrefix(OneOffName.prefix) { return "一次性发放 \(code.dropFirst(OneOffName.prefix.count))" }
        return Self.titles.withLock { $0[code] } ?? code
    }
    init(stored: StoredValue) throws(Refusal) {
        guard case .text(let text) = stored else { throw .invalid("项目代码应当是文本") }
        code = text
    }
    var stored: StoredValue { .text(code) }
}

extension Term where Value == ProgrammeCode {
    static var programmeShown: Term<ProgrammeCode> { Term("programme", "发放项目") }
}
