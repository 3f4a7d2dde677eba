import CPoppler
import Values

/// PDF 的文字。The text of a PDF page by page, through poppler; a PDF of pictures is refused.
enum PortableText {
    static func read(_ bytes: [UInt8]) throws(Refusal) -> String {
        var fault: UnsafeMutablePointer<GError>?
        let held = g_bytes_new(bytes, gsize(bytes.count))
        defer { g_bytes_unref(held) }
        guard let document = poppler_document_new_from_bytes(held, nil, &fault) else { throw refusal(fault) }
        defer { g_object_unref(UnsafeMutableRawPointer(document)) }
        // Small files may unfold into endless pages: what is too much is left at once.
        var text = ""
        for number in 0 ..< poppler_document_get_n_pages(document) where text.utf8.count <= DocumentText.maximumText { text += page(number, of: document) + "\n" }
        guard text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
            throw .invalid("这份 PDF 里只有图片，没有文字，请上传原来的文档，或先用扫描软件识别文字后再传")
        }
        return text
    }

    private static func page(_ number: Int32, of document: OpaquePointer) -> String {
        guard let page = poppler_document_get_page(document, number) else { return "" }
        defer { g_object_unref(UnsafeMutableRawPointer(page)) }
        guard let text = poppler_page_get_text(page) else { return "" }
        defer { g_free(text) }
        return String(cString: text)
    }

    private static func refusal(_ fault: UnsafeMutablePointer<GError>?) -> Refusal {
        guard let fault else { return damaged }
        defer { g_error_free(fault) }
        let isLocked = fault.pointee.code == gint(POPPLER_ERROR_ENCRYPTED.rawValue)
        return isLocked ? .invalid("这份 PDF 设了密码，请取消密码后再传") : damaged
    }

    private static var damaged: Refusal { .invalid("PDF 已损坏或没有传完，请打开检查后重新导出再传") }
}
