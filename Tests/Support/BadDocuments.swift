/// 不合用的文稿。What people hand in by mistake, and what must be told them: the same through a page, the interface and a command.
public struct BadDocument: Sendable, CustomStringConvertible {
    public let name: String
    public let bytes: [UInt8]
    /// What the message says.
    public let words: String

    public var description: String { name }

    public static let all: [BadDocument] = [
        .init("空.txt", [], "空的"), .init("空白.txt", Array(" \n\t\n".utf8), "没有文字"), .init("无数.txt", Array("我们要努力，把大家的事放在心上。".utf8), "没有读到"),
        .init("图.pdf", pdf(""), "只有图片"), .init("锁.pdf", pdf(locked), "PDF 设了密码"), .init("坏.pdf", Array("%PDF-1.4 坏".utf8), "PDF 已损坏"),
        .init("锁.docx", container + wide("EncryptedPackage"), "文档设了密码"), .init("旧.doc", container + [UInt8](repeating: 0, count: 64), "旧格式"),
        .init("断.docx", Array("PK\u{3}\u{4}断了".utf8), "文档已损坏"), .init("图.png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "图片"), .init("信.rtf", Array("{\\rtf1 x}".utf8), "RTF"),
        .init("混.txt", Array("新建三家老年助餐服务点\n".utf8) + chinese, "混有两种文字编码"), .init("断.txt", Array("新建老年助餐服务点十四个，覆盖全区各街道".utf8.dropLast(1)), "损坏的字"),
        .init("断十六.txt", [0xFF, 0xFE] + wide("新建三家").dropLast(), "UTF-16"), .init("大.txt", [UInt8](repeating: 0x20, count: (50 << 20) + 1), "超过 50 MB"),
    ]

    /// The same words in every encoding that is read: 新建老年助餐点14个以上。
    public static let readable: [BadDocument] = [
        .init("国标带标记.txt", [0x84, 0x31, 0x95, 0x33] + good, ""), .init("国标.txt", good, ""), .init("十六.txt", [0xFF, 0xFE] + wide(plan), ""),
        .init("万国码带标记.txt", [0xEF, 0xBB, 0xBF] + Array(plan.utf8), ""),
    ]

    private static let plan = "新建老年助餐点14个以上。"

    private init(_ name: String, _ bytes: [UInt8], _ words: String) { (self.name, self.bytes, self.words) = (name, bytes, words) }

    private static let container: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    /// 新建三家老年点, in GB 18030.
    private static let chinese: [UInt8] = [0xD0, 0xC2, 0xBD, 0xA8, 0xC8, 0xFD, 0xBC, 0xD2, 0xC0, 0xCF, 0xC4, 0xEA, 0xB5, 0xE3, 0x0A]
    /// The plan, in GB 18030.
    private static let good: [UInt8] = [0xD0, 0xC2, 0xBD, 0xA8, 0xC0, 0xCF, 0xC4, 0xEA, 0xD6, 0xFA, 0xB2, 0xCD, 0xB5, 0xE3, 0x31, 0x34, 0xB8, 0xF6, 0xD2, 0xD4, 0xC9, 0xCF, 0xA1, 0xA3]
    private static let locked = "/ID [<\(zeros(16))> <\(zeros(16))>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <\(zeros(32))> /U <\(zeros(32))> >>"

    private static func wide(_ text: String) -> [UInt8] { text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] } }
    private static func zeros(_ bytes: Int) -> String { String(repeating: "00", count: bytes) }

    /// One page that draws a square and shows no letter.
    private static func pdf(_ extra: String) -> [UInt8] {
        let objects = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R >>",
                       "<< /Length 18 >>\nstream\n10 10 50 50 re f \nendstream"]
        var text = "%PDF-1.4\n", places: [Int] = []
        for (number, object) in objects.enumerated() {
            places.append(text.utf8.count)
            text += "\(number + 1) 0 obj\n\(object)\nendobj\n"
        }
        let table = text.utf8.count
        text += "xref\n0 5\n0000000000 65535 f \n" + places.map { String(repeating: "0", count: 10 - String($0).count) + "\($0) 00000 n \n" }.joined()
        return Array((text + "trailer << /Size 5 /Root 1 0 R \(extra) >>\nstartxref\n\(table)\n%%EOF\n").utf8)
    }
}
