import Foundation
import Values

/// 终端。Where a command reads and writes; passed in, so that tests have their own.
struct Console: Sendable {
    let environment: [String: String]
    let write: @Sendable (String) -> Void
    /// To the errors, a line at a time.
    let complain: @Sendable (String) -> Void
    /// Everything on the input.
    let readAll: @Sendable () -> [UInt8]
    /// One line that isn't shown while it is typed; nil at the end of the input.
    let readSecret: @Sendable (String) -> String?

    static var process: Console {
        Console(environment: ProcessInfo.processInfo.environment,
                write: { FileHandle.standardOutput.write(Data($0.utf8)) },
                complain: { FileHandle.standardError.write(Data(($0 + "\n").utf8)) },
                readAll: { Array(FileHandle.standardInput.readDataToEndOfFile()) },
                readSecret: Self.secret)
    }

    func line(_ text: String) { write(text + "\n") }

    /// The bytes of a file, or of the input for `-`.
    func contents(of path: String) throws(Refusal) -> [UInt8] {
        if path == "-" { return readAll() }
        guard let data = FileManager.default.contents(atPath: path) else { throw .absent("读不到文件 \(path)，请核对路径和权限") }
        return Array(data)
    }

    func save(_ text: String, to path: String) throws(Refusal) { try save(Array(text.utf8), to: path) }

    func save(_ bytes: [UInt8], to path: String) throws(Refusal) {
        do { try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic) } catch {
            throw .absent("写不了文件 \(path)，请核对文件夹是否存在、是否有写入权限")
        }
    }

    /// Echo is turned off for as long as the line is typed; from a pipe the line is simply read.
    private static func secret(_ prompt: String) -> String? {
        guard isatty(STDIN_FILENO) == 1 else { return readLine() }
        FileHandle.standardError.write(Data(prompt.utf8))
        var shown = termios()
        tcgetattr(STDIN_FILENO, &shown)
        var hidden = shown
        hidden.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown)
            FileHandle.standardError.write(Data("\n".utf8))
        }
        return readLine()
    }
}
