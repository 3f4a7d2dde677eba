@testable import Storage
import Testing

@Suite("检索词")
struct SearchWordsTests {
    @Test("入库的词", arguments: [
        ("", []),
        (" ，。！\n", []),
        ("国", ["国"]),
        ("张建国1", ["张建", "建国", "国", "1"]),
        ("张建国　ＡＢ１２号楼", ["张建", "建国", "国", "ab12", "号楼", "楼"]),
        ("Room 3-b", ["room", "3", "b"]),
        ("和平和平", ["和平", "平和", "平"]),                       // 每词一次
        ("阿依古丽·买买提", ["阿依", "依古", "古丽", "丽", "买买", "买提", "提"]),
        ("𠮷田𬱖", ["𠮷田", "田𬱖", "𬱖"]),                          // 扩展区汉字
        ("王\u{E0001}\u{FE00}", ["王"]),
        ("王\u{E815}", ["王\u{E815}", "\u{E815}"]),                // 旧系统的自造字
        ("葛\u{E0100}城", ["葛城", "城"]),                          // 异体选择符不拆词
        ("ئۇيغۇر བོད", ["ئۇيغۇر", "བོད"]),
    ] as [(String, [String])])
    func words(_ text: String, _ words: [String]) {
        #expect(SearchWords.of(text) == words)
    }

    @Test("查询的词", arguments: [
        ("", []),
        ("国", [("国", true)]),
        ("建国", [("建国", false)]),
        ("张建国", [("张建", false), ("建国", false)]),
        ("王a王", [("王", true), ("a", false)]),
    ] as [(String, [(String, Bool)])])
    func asked(_ text: String, _ words: [(String, Bool)]) {
        #expect(SearchWords.asked(text) == words.map { SearchQuery.Word(text: $0.0, opens: $0.1) })
    }
}
