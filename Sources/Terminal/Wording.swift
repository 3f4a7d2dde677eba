/// The argument parser speaks English; people here read Chinese.
enum Wording {
    static func help(_ text: String) -> String {
        headings.reduce(text) { $0.replacing($1.0, with: $1.1) }
    }

    /// One sentence, and where to read more.
    static func misuse(_ message: String) -> String {
        let told = patterns.reduce(message.replacing("Error: ", with: "")) { $0.replacing($1.0, with: $1.1) }
        return "命令写法有误：\(told)。用法见 minzheng help"
    }

    private static let headings = [
        ("OVERVIEW: ", ""), ("USAGE:", "用法："), ("ARGUMENTS:", "参数："), ("OPTIONS:", "选项："), ("SUBCOMMANDS:", "命令："),
        ("Show help information.", "显示帮助"), ("Show subcommand help information.", "显示某个命令的帮助"), ("(default:", "（默认"),
        ("for detailed help.", "可看详细说明"), ("  See '", "  运行 '"),
    ]

    private static let patterns = [
        ("Missing expected argument ", "缺少参数 "), ("Missing value for ", "缺少取值："), ("Unknown option ", "没有选项 "),
        ("unexpected arguments: ", "个多余的参数："), ("Unexpected argument ", "多余的参数 "), ("The value ", "取值 "), (" is invalid for ", " 不适用于 "),
        (". Did you mean ", "，是否应为 "), ("?", ""),
    ]
}
