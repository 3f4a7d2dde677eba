import CCairo
import Pages
import Values

/// 排字间。Fonts and the rules of Chinese setting; everything a paper needs before there is a page to draw it on.
///
/// Not Sendable: one press is worked by one thread at a time.
final class PaperPress {
    private let fonts: UnsafeMutablePointer<PangoFontMap>
    let context: OpaquePointer

    /// - Throws: `PaperFailure` when the machine has no fonts to set with.
    init() throws {
        guard let fonts = pango_cairo_font_map_new(), let context = pango_font_map_create_context(fonts) else { throw PaperFailure(reason: "no font map") }
        self.fonts = fonts
        self.context = context
        // One unit is one point; glyphs stand where they are measured, not on the pixels of a screen.
        pango_cairo_font_map_set_resolution(OpaquePointer(fonts), 72)
        pango_context_set_language(context, pango_language_from_string("zh-cn"))
        pango_context_set_round_glyph_positions(context, 0)
        let options = cairo_font_options_create()
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        pango_cairo_context_set_font_options(context, options)
        cairo_font_options_destroy(options)
    }

    deinit {
        g_object_unref(UnsafeMutableRawPointer(context))
        g_object_unref(fonts)
    }
}

/// 排印没有办成。Our fault or the machine's, never the reader's.
public struct PaperFailure: Error, CustomStringConvertible {
    public let reason: String
    public var description: String { "PDF: \(reason)" }
}

/// How a text is set.
struct PaperStyle: Hashable {
    var size = 10.5
    var isBold = false
    var alignment = Alignment.left
    /// In characters; below zero the further lines hang.
    var indent = 0.0
    var spacing = 1.5
    /// Lines but the last reach both edges.
    var isJustified = false
    var isSans = false
    /// Families to look for before the usual one, as they are named on machines that have them.
    var face: String?
    /// Between characters, in points.
    var tracking = 0.0

    enum Alignment { case left, centre, right }

    static let unit = PaperStyle(size: 14, alignment: .centre, spacing: 1.3)
    static let title = PaperStyle(size: 19, isBold: true, alignment: .centre, spacing: 1.3)
    static let number = PaperStyle(alignment: .right)
    static let text = PaperStyle(size: 11, indent: 2, spacing: 1.6, isJustified: true)
    static let plain = PaperStyle(size: 11, spacing: 1.6)
    static let heading = PaperStyle(size: 11, isBold: true, spacing: 1.6)
    static let small = PaperStyle(size: 9.5, spacing: 1.45, isJustified: true)
    static let caption = PaperStyle(size: 10, isBold: true, spacing: 1.4)
    static let cell = PaperStyle(size: 9.5, spacing: 1.35)
    static let note = PaperStyle(size: 8.5, spacing: 1.35)
    static let foot = PaperStyle(size: 8, spacing: 1.2)

    func at(_ alignment: Alignment) -> PaperStyle { var style = self; style.alignment = alignment; return style }
    var bold: PaperStyle { var style = self; style.isBold = true; return style }
}
