@testable import Commons
import Foundation
import Kernel
import Testing
import Values

/// Documents are judged by content, rest sealed, and come back as they were.
@Suite struct AttachmentTests {
    private func store(_ office: Office) -> AttachmentStore {
        AttachmentStore(office.counter, folder: FileManager.default.temporaryDirectory.appending(path: "attachments-\(UUID().uuidString)").path)
    }

    private static let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3]
    private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 9]

    @Test("看内容不看文件名", arguments: [
        ([], "空.pdf", nil), (Array("GIF89a".utf8), "图.jpg", nil), (Array("<script>".utf8), "页.pdf", nil), ([0xFF, 0xD8], "半张.jpg", nil),
        (jpeg, "证件.pdf", "image/jpeg"), (png, "证件", "image/png"), (Array("%PDF-1.7".utf8), "表.exe", "application/pdf"),
    ] as [([UInt8], String, String?)])
    func contentDecides(_ content: [UInt8], _ name: String, _ type: String?) async throws {
        let office = try await Office(), store = store(office)
        guard let type else {
            #expect(try await office.refusal { _ = try await store.store(content, filename: name, by: clerk) } == .invalid)
            return
        }
        let attachment = try await store.store(content, filename: name, by: clerk)
        #expect(attachment.type == type && attachment.bytes == content.count)
        #expect(try await store.content(of: attachment) == content)
    }

    @Test("十兆可以，多一个字节不行")
    func sizeIsBounded() async throws {
        let office = try await Office(), store = store(office)
        let limit = Self.jpeg + [UInt8](repeating: 0, count: AttachmentStore.maximumBytes - Self.jpeg.count)
        #expect(try await store.store(limit, filename: "大.jpg", by: clerk).bytes == AttachmentStore.maximumBytes)
        #expect(try await office.refusal { _ = try await store.store(limit + [0], filename: "大.jpg", by: clerk) } == .tooLarge)
    }
}
