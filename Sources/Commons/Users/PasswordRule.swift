import Values

/// 密码规则。What a password must be; told before anybody types one.
public enum PasswordRule {
    public static let shortest = 10
    public static let hint = "至少 \(shortest) 个字符，不含用户名，不用常见的密码；只在这里填一次，系统只留存摘要"

    /// What is wrong with a password; nil when it will do.
    public static func problem(of password: String, username: String?) -> String? {
        guard (shortest ... 200).contains(password.count) else { return "密码须为 \(shortest) 至 200 个字符，请重新填写" }
        let plain = password.lowercased()
        if let username, username.count >= 3, plain.contains(username.lowercased()) { return "密码里不能含有用户名，请换一个" }
        guard Set(plain).count >= 5, !isRun(plain), !common.contains(where: { plain.hasPrefix($0) && plain.count <= $0.count + 2 }) else {
            return "这个密码太常见，容易被猜中，请换一个，例如用几个互不相干的词"
        }
        return nil
    }

    /// 1234567890, abcdefghij: each character follows the one before, nines by nought.
    private static func isRun(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        let steps = zip(bytes, bytes.dropFirst()).map { Int($1) - Int($0) }
        return steps.allSatisfy { $0 == 1 || $0 == -9 } || steps.allSatisfy { $0 == -1 || $0 == 9 }
    }

    private static let common = [
        "password123", "passw0rd123", "password1234", "admin123456", "administrator", "qwertyuiop", "qwerty12345", "qwerty123456", "1qaz2wsx3edc",
        "1q2w3e4r5t", "q1w2e3r4t5", "asdfghjkl1", "zxcvbnm123", "iloveyou123", "woaini1314", "woaini520", "5201314520", "a123456789", "aa12345678",
        "abc1234567", "abc123456", "abcd1234567", "abcd123456", "123456789a", "1234567890a", "1234567890q", "123456abcd", "123123123123", "147258369a", "987654321a",
        "minzheng123", "minzheng2024", "minzheng2025", "minzheng2026", "minzhengju", "welcome123",
        "letmein123", "changeme123", "p@ssw0rd12", "p@ssword123", "test123456", "root123456",
    ]
}
