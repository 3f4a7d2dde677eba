import CPoppler
import Dispatch
import Synchronization
import Values

/// PDF 的文字。The text of a PDF page by page, through poppler; a PDF of pictures is refused.
///
/// Small files may unfold into endless pages: what has too many pages, too much text or takes too long is left.
enum PortableText {
    static let maximumPages: Int32 = 2_000
    /// How long a PDF may take; a report of a hundred pages takes less than one.
    static let seconds = 30

    static func read(_ bytes: [UInt8], within seconds: Int = seconds, pagesAtMost: Int32 = maximumPages) throws(Refusal) -> String {
        guard let reading = PortableReading() else { throw .busy("服务器正在读别的 PDF，读不完，请过几分钟再传，或者上传原来的文档") }
        DispatchQueue.global().async { reading.finish(Result { () throws(Refusal) in try text(of: bytes, for: reading, pagesAtMost) }) }
        guard let found = reading.wait(seconds) else { throw .tooLarge("这份 PDF 读了 \(seconds) 秒还没有读完，没有再读。请上传原来的文档，或只留正文后重新导出") }
        return try found.get()
    }

    private static func text(of bytes: [UInt8], for reading: PortableReading, _ pagesAtMost: Int32) throws(Refusal) -> String {
        var fault: UnsafeMutablePointer<GError>?
        let held = g_bytes_new(bytes, gsize(bytes.count))
        defer { g_bytes_unref(held) }
        guard let document = poppler_document_new_from_bytes(held, nil, &fault) else { throw refusal(fault) }
        defer { g_object_unref(UnsafeMutableRawPointer(document)) }
        let pages = poppler_document_get_n_pages(document)
        guard pages <= pagesAtMost else { throw .tooLarge("这份 PDF 有 \(pages) 页，不像一份文稿，请只留正文") }
        var text = ""
        for number in 0 ..< max(pages, 0) where text.utf8.count <= DocumentText.maximumText && !reading.isLeft { text += page(number, of: document) + "\n" }
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

/// 一次读 PDF。Whoever waits for it leaves when it takes too long; what was left stops at its next page, and few may be left at a time.
final class PortableReading: Sendable {
    private enum State { case reading, done(Result<String, Refusal>), left }

    private let state = Mutex(State.reading)
    private let done = DispatchSemaphore(value: 0)
    private static let left = Mutex(0)
    static let leftAtMost = 2

    /// - Returns: nil while too many that were left still go on.
    init?() {
        guard Self.left.withLock({ $0 < Self.leftAtMost }) else { return nil }
    }

    var isLeft: Bool { state.withLock { if case .left = $0 { true } else { false } } }

    func finish(_ result: Result<String, Refusal>) {
        let wasLeft = state.withLock { state in
            guard case .reading = state else { return true }
            state = .done(result)
            return false
        }
        if wasLeft { Self.left.withLock { $0 -= 1 } } else { done.signal() }
    }

    /// - Returns: nil when it took longer.
    func wait(_ seconds: Int) -> Result<String, Refusal>? {
        _ = done.wait(timeout: .now() + .seconds(seconds))
        return state.withLock { state in
            if case .done(let result) = state { return result }
            state = .left
            Self.left.withLock { $0 += 1 }
            return nil
        }
    }
}
