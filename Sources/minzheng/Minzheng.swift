import Bureau
import Terminal

/// 民政一体化平台。One executable: the lines of the bureau, handed to the terminal's commands.
@main
struct Minzheng {
    static func main() async { await Command.run(bureau) }
}
