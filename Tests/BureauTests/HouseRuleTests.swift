import Bureau
import Testing
@testable import Kernel

/// 家规。What the compiler doesn't check: who may import whom, and how we write.
struct HouseRuleTests {
    /// What comes with the toolchain.
    private static let toolchain: Set<String> = ["Foundation", "FoundationEssentials", "Synchronization", "Glibc", "Dispatch"]
    /// Our own targets and what they may import. Lines come last and see no other line.
    private static let house: [String: Set<String>] = [
        "Values": [], "Reading": ["Values"], "Pages": ["Values"], "Pictures": [], "Cryptography": [], "Storage": ["Values"], "SQLiteStorage": ["Storage", "Values"],
        "Documents": ["Values", "Pages"],
        "Kernel": ["Values", "Cryptography", "Storage", "Pages"], "Commons": ["Kernel", "Values", "Cryptography", "Storage", "Pages", "Pictures"],
        "Demo": ["Kernel", "Commons", "Values", "Cryptography", "Storage"],
    ]
    private static let forLines: Set<String> = ["Kernel", "Commons", "Values", "Storage", "Pages", "Reading"]

    private static let ours = Set(SourceFile.all.map(\.target))

    @Test("一家只认一个门：外部库各由一个目标引入")
    func outsideIsKnownToOne() {
        let imports = SourceFile.all.flatMap { file in file.imports.map { (module: $0, target: file.target) } }
        let outside = imports.filter { !Self.ours.contains($0.module) && !Self.toolchain.contains($0.module) }
        #expect(outside.contains { $0.module == "GRDB" })
        for (module, users) in Dictionary(grouping: outside, by: \.module) {
            #expect(Set(users.map(\.target)).count == 1, "\(module) 由 \(Set(users.map(\.target)).sorted()) 引入，应只由一个目标引入")
        }
    }

    @Test("上下有序：谁都不向上看，业务之间互不相识")
    func nobodyLooksUp() {
        let lines = Set(SourceFile.all.filter(\.isOfALine).map(\.target))
        for file in SourceFile.all {
            for module in file.imports where module != file.target && Self.ours.contains(module) {
                if file.isOfALine {
                    #expect(Self.forLines.contains(module), "\(file) 引入 \(module)")
                } else if let allowed = Self.house[file.target] {
                    #expect(allowed.contains(module), "\(file) 引入 \(module)")
                } else if file.target != "Bureau" {
                    #expect(!lines.contains(module), "\(file) 引入业务 \(module)")
                }
            }
        }
    }

    @Test("不强制，不留尾巴，行不过长", arguments: SourceFile.all)
    func wordsWeDoNotUse(_ file: SourceFile) {
        let banned = ["try!", "as!", "fatalError(", "TODO", "FIXME", "XXX"]
        let isText = file.path.contains("/Style/") || file.path.contains("/Script/") || file.path.hasSuffix("PinyinTable.swift")
        for (number, line) in file.lines.enumerated() {
            for word in banned { #expect(!line.contains(word), "\(file):\(number + 1) 用了 \(word)") }
            if !isText { #expect(line.count <= 180, "\(file):\(number + 1) 有 \(line.count) 个字符") }
        }
    }

    @Test("不强行解包", arguments: SourceFile.all)
    func nothingIsForced(_ file: SourceFile) throws {
        let forced = try Regex(#"[\w\)\]]!(?:\.|\)|,|\s|\]|$)"#)
        let isText = file.path.contains("/Style/") || file.path.contains("/Script/")
        guard !isText else { return }
        for (number, line) in file.lines.enumerated() {
            let code = Self.code(line)
            #expect(code.firstMatch(of: forced) == nil, "\(file):\(number + 1)：\(code)")
        }
    }

    /// The line without comments and quoted text.
    private static func code(_ line: Substring) -> String {
        var code = "", isQuoted = false, previous: Character = " "
        for character in line {
            if character == "\"", previous != "\\" { isQuoted.toggle() }
            if !isQuoted, character == "/", previous == "/" { break }
            if !isQuoted { code.append(character) }
            previous = character
        }
        return code
    }
}
