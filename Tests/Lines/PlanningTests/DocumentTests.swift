import Commons
import Kernel
import Storage
import Testing
import Values
@testable import Planning

/// 收文是一个办理事项：进日志，留原件摘要；号码遮去；谁能看照区域和计划。
@Suite struct DocumentTests {
    private static let resident = (try? ResidentID(area: "000181", birth: CivilDate(written: 1980, 1, 1), sequence: 2))?.typed ?? ""

    @Test("收下进日志，带原件摘要和字数，谁办的；日志里没有原文")
    func journalled() async throws {
        let office = try await PlanOffice(), kept = try await office.keep(sampleText)
        let entry = try await office.counter.database.read { connection in
            try connection.first("SELECT action, subject, message, actor_name, region FROM journal WHERE subject = \(kept.id)") { row in
                try (0 ..< 5).map { try row.read($0) as String }
            }
        }
        let found = try #require(entry), digest = try HandedDocument(text: sampleText, name: "", format: "").digest()
        #expect(found[0] == "planning.keep-document" && found[3] == "试政策员" && found[4] == "000181")
        #expect(digest.count == 64 && found[2].contains("SHA-256：\(digest)") && found[2].contains("\(sampleText.count) 字") && !found[2].contains("助餐"))
    }

    @Test("原件摘要是文件的，不是文字的")
    func digestOfTheFile() throws {
        let file = HandedDocument(text: "同样的字", name: "", format: "", original: [1, 2, 3])
        #expect(try file.digest() != HandedDocument(text: "同样的字", name: "", format: "").digest())
        #expect(try file.digest() == "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81")
    }

    @Test("身份号码、手机号存前遮去，读出的句子和文件名里也没有；位置不变")
    func masked() async throws {
        let office = try await PlanOffice(), text = sampleText.replacing("责任人：试甲", with: "责任人：试甲 \(Self.resident)，电话13800001234")
        let kept = try await office.keep(text, name: "要点\(Self.resident).txt"), id = try #require(ID<PlanDocument>(rawValue: kept.id))
        let document = try await office.read { try $0.document(id) }, page = try await office.read { reader in
            documentMarkup(DocumentView(try reader.document(id), try reader.quantities(of: id), 0)).text
        }
        for found in [document.text, document.name, page] { #expect(!found.contains(Self.resident) && !found.contains("13800001234")) }
        #expect(document.text.unicodeScalars.count == text.unicodeScalars.count && document.text.contains("138****1234"))
        for table in ["document_passage", "document_quantity"] as [Statement] {
            let column: Statement = table.rendered(for: .sqlite).sql == "document_passage" ? "text" : "sentence"
            let leaks = try await office.counter.database.read { try $0.value("SELECT count(*) FROM \(table) WHERE \(column) LIKE \("%\(Self.resident)%")") ?? 0 }
            #expect(leaks == 0)
        }
    }

    @Test("同一个提交编号交两次，只收一份；换了内容的不收")
    func handedInTwice() async throws {
        let office = try await PlanOffice(), actor = try PlanOffice.actor(), act = ID<JournalEntry>.make(at: office.clock.now())
        func hand(_ text: String) async throws -> String {
            try await office.counter.house.intake("planning", "plans", for: actor).take(HandedDocument(text: text, name: "要点", format: "粘贴", act: act), office.counter, actor).id
        }
        let first = try await hand(sampleText)
        #expect(try await hand(sampleText) == first)
        #expect(await office.refusal { _ = try await hand(sampleText.replacing("14个", with: "16个")) }?.kind == .conflict)
        #expect(try await office.counter.database.read { try $0.value("SELECT count(*) FROM plan_document") ?? 0 } == 1)
    }

    @Test("没有经过收文入口的，不收")
    func onlyThroughTheDoor() async throws {
        let office = try await PlanOffice()
        let refusal = await office.refusal {
            try await office.act("keep-document", ["region": .typed("000181"), "name": .typed("x"), "format": .typed("文本"), "digest": .typed("x"), "text": .typed(sampleText)])
        }
        #expect(refusal?.kind == .absent && refusal?.message.contains("hand-in") == true)
    }

    @Test("谁能看：本级能看；下级只看下达的计划的文稿，别的不看；邻县不看")
    func readers() async throws {
        let office = try await PlanOffice(), loose = try #require(ID<PlanDocument>(rawValue: try await office.keep(sampleText, intake: "documents").id))
        let plan = try await office.importing(sampleText), used = try await office.read { try $0.find(plan).document }
        let waiting = try await office.importing(sampleText, title: "没确认的", confirm: false), unused = try await office.read { try $0.find(waiting).document }
        for (document, region, may) in [(loose, "000181", true), (loose, "000181001", false), (used, "000181001", true), (used, "000182", false), (unused, "000181001", false), (unused, "000000", true)] {
            let refusal = await office.refusal { _ = try await office.read(region: region) { try $0.document(document).name } }
            #expect((refusal == nil) == may && (may || refusal?.kind == .forbidden), "\(region) \(String(describing: refusal))")
        }
    }
}
