import CCairo
import Dispatch
import Pages
import Synchronization
import Values

/// 文书的 PDF。Papers one after another, each beginning on its own page, numbered within itself; fonts embedded, only the characters used.
///
/// The same papers made at the same instant are the same bytes. Not Sendable: made, filled and finished in one go.
public final class PaperBook {
    let press: PaperPress
    private let sink = Sink()
    private let surface: OpaquePointer
    let page: OpaquePointer
    public internal(set) var pages = 0

    /// - Parameters:
    ///   - title: what the reader's window is called.
    ///   - madeAt: stands in the file as its date.
    public convenience init(title: String, madeAt: Instant) throws { try self.init(title: title, madeAt: madeAt, press: try PaperPress()) }

    init(title: String, madeAt: Instant, press: PaperPress) throws {
        self.press = press
        let made = cairo_pdf_surface_create_for_stream(Sink.write, Unmanaged.passUnretained(sink).toOpaque(), PaperSetting.page.width, PaperSetting.page.height)
        guard let surface = made, cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS, let page = cairo_create(surface) else {
            throw PaperFailure(reason: "no surface")
        }
        self.surface = surface
        self.page = page
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "民政一体化平台")
        // Whole seconds: the form of the date has no more.
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, String(madeAt.typed.prefix(19)) + "Z")
    }

    deinit {
        cairo_destroy(page)
        cairo_surface_destroy(surface)
    }

    public func add(_ sheet: Sheet) throws {
        let setting = PaperSetting(press: press)
        let pages = PaperFlow(height: PaperSetting.bodyHeight).pages(try setting.pieces(of: sheet))
        for (number, pieces) in pages.enumerated() {
            for placed in pieces { placed.piece.draw(PaperSetting.margin.top + placed.y, page) }
            try foot(of: sheet, "第 \(number + 1) 页，共 \(pages.count) 页")
            cairo_show_page(page)
            self.pages += 1
        }
        guard cairo_status(page) == CAIRO_STATUS_SUCCESS else { throw PaperFailure(reason: String(cString: cairo_status_to_string(cairo_status(page)))) }
    }

    /// Closes the book. It takes no more papers.
    public func finish() throws -> [UInt8] {
        cairo_surface_finish(surface)
        let status = cairo_surface_status(surface)
        guard status == CAIRO_STATUS_SUCCESS else { throw PaperFailure(reason: String(cString: cairo_status_to_string(status))) }
        return sink.bytes
    }

    /// Which paper this is, where it is found again, and which of its pages.
    private func foot(of sheet: Sheet, _ number: String) throws {
        let y = PaperSetting.page.height - 40
        PaperSetting.line(from: 0, to: PaperSetting.width, y - 4, 0.4, on: page)
        let texts = [("\(sheet.unit) · \(sheet.title)", PaperStyle.foot), (number, .foot.at(.centre)), ("查验码 \(sheet.traceCode)", .foot.at(.right))]
        for (text, style) in texts { try PaperText(text, style, width: PaperSetting.width, at: press).lines.first?.draw(PaperSetting.margin.side, y, on: page) }
    }

    /// Where cairo writes to.
    private final class Sink {
        var bytes: [UInt8] = []

        static let write: cairo_write_func_t = { closure, data, length in
            guard let closure, let data else { return CAIRO_STATUS_WRITE_ERROR }
            Unmanaged<Sink>.fromOpaque(closure).takeUnretainedValue().bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(length)))
            return CAIRO_STATUS_SUCCESS
        }
    }
}

/// 排印。Papers as one PDF, set on threads that may take their time, never on those that serve requests.
public enum Papers {
    /// Fonts are found once and kept for single papers; a thick book brings its own press, so that nobody waits for it.
    private static let shared = Mutex<PaperPress?>(nil)
    private static let fewPages = 20

    public static func pdf(_ sheets: [Sheet], title: String, madeAt: Instant) async throws -> [UInt8] {
        try await withCheckedThrowingContinuation { (caller: CheckedContinuation<[UInt8], any Error>) in
            DispatchQueue.global().async { caller.resume(with: Result { try made(sheets, title, madeAt) }) }
        }
    }

    /// One official paper.
    public static func pdf(_ paper: OfficialPaper, madeAt: Instant) async throws -> [UInt8] {
        try await withCheckedThrowingContinuation { (caller: CheckedContinuation<[UInt8], any Error>) in
            DispatchQueue.global().async { caller.resume(with: Result { try made(paper, madeAt) }) }
        }
    }

    static func made(_ paper: OfficialPaper, _ madeAt: Instant) throws -> [UInt8] {
        let book = try PaperBook(title: paper.title, madeAt: madeAt)
        try book.add(paper)
        return try book.finish()
    }

    /// The same on this thread.
    static func made(_ sheets: [Sheet], _ title: String, _ madeAt: Instant) throws -> [UInt8] {
        guard sheets.count <= fewPages else { return try filled(PaperBook(title: title, madeAt: madeAt), sheets) }
        return try shared.withLock { kept in
            let press = try kept ?? PaperPress()
            kept = press
            return try filled(PaperBook(title: title, madeAt: madeAt, press: press), sheets)
        }
    }

    private static func filled(_ book: PaperBook, _ sheets: [Sheet]) throws -> [UInt8] {
        for sheet in sheets { try book.add(sheet) }
        return try book.finish()
    }
}
