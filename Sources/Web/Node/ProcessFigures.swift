import Foundation

/// 进程用量。What this process uses of the machine, as the kernel tells; what it doesn't tell is left out.
struct ProcessFigures {
    let memoryBytes: Double?
    let openFiles: Double?
    let filesAtMost: Double?
    let cpuSeconds: Double?

    init() {
        let page = Double(sysconf(Int32(_SC_PAGESIZE))), ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        memoryBytes = Self.words(of: "/proc/self/statm").dropFirst().first.flatMap { Double($0) }.map { $0 * page }
        openFiles = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")).map { Double($0.count) }
        var limit = rlimit()
        filesAtMost = getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 ? Double(limit.rlim_cur) : nil
        // The name of the program stands in brackets and may hold spaces; the figures follow it.
        let fields = Self.text(of: "/proc/self/stat").split(separator: ")").last?.split(separator: " ") ?? []
        cpuSeconds = fields.count > 12 ? Double(fields[11]).flatMap { user in Double(fields[12]).map { ($0 + user) / ticks } } : nil
    }

    private static func text(of path: String) -> String { FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? "" }
    private static func words(of path: String) -> [Substring] { text(of: path).split(separator: " ") }
}
