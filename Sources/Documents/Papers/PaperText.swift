import CCairo
import Values

/// 排好的一段文字。Broken into lines by the rules of Chinese, each of which can be drawn by itself, so that a page may end between them.
final class PaperText {
    private let layout: OpaquePointer
    private(set) var lines: [Line] = []
    /// From the left edge to the end of the longest line, in points.
    private(set) var width = 0.0

    struct Line {
        let text: PaperText
        fileprivate let line: UnsafeMutablePointer<PangoLayoutLine>
        let x: Double
        let height: Double
        /// Below the line's upper edge.
        let baseline: Double

        /// With its upper left corner there.
        func draw(_ x: Double, _ y: Double, on page: OpaquePointer) {
            cairo_move_to(page, x + self.x, y + baseline)
            pango_cairo_show_layout_line(page, line)
        }
    }

    var height: Double { lines.reduce(0) { $0 + $1.height } }

    /// - Parameter width: in points; nil leaves the text on the lines it has.
    init(_ text: String, _ style: PaperStyle, width: Double?, at press: PaperPress) throws {
        guard let layout = pango_layout_new(press.context) else { throw PaperFailure(reason: "no layout") }
        self.layout = layout
        Self.set(style, width, on: layout)
        // A text with a NUL in it would end there.
        pango_layout_set_text(layout, text.filter { $0 != "\0" }, -1)
        collect()
    }

    deinit { g_object_unref(UnsafeMutableRawPointer(layout)) }

    private static func set(_ style: PaperStyle, _ width: Double?, on layout: OpaquePointer) {
        let font = pango_font_description_new()
        pango_font_description_set_family(font, style.isSans ? "Noto Sans CJK SC" : "Noto Serif CJK SC")
        pango_font_description_set_absolute_size(font, style.size * Double(PANGO_SCALE))
        pango_font_description_set_weight(font, style.isBold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL)
        pango_layout_set_font_description(layout, font)
        pango_font_description_free(font)
        if let width { pango_layout_set_width(layout, units(width)) }
        pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR)
        pango_layout_set_line_spacing(layout, Float(style.spacing))
        pango_layout_set_justify(layout, style.isJustified ? 1 : 0)
        pango_layout_set_indent(layout, units(style.indent * style.size))
        switch style.alignment {
        case .left: pango_layout_set_alignment(layout, PANGO_ALIGN_LEFT)
        case .centre: pango_layout_set_alignment(layout, PANGO_ALIGN_CENTER)
        case .right: pango_layout_set_alignment(layout, PANGO_ALIGN_RIGHT)
        }
    }

    private func collect() {
        guard let place = pango_layout_get_iter(layout) else { return }
        defer { pango_layout_iter_free(place) }
        repeat {
            guard let line = pango_layout_iter_get_line_readonly(place) else { continue }
            var extents = PangoRectangle()
            pango_layout_iter_get_line_extents(place, nil, &extents)
            let top = Self.points(extents.y), baseline = Self.points(pango_layout_iter_get_baseline(place))
            lines.append(Line(text: self, line: line, x: Self.points(extents.x), height: Self.points(extents.height), baseline: baseline - top))
            width = max(width, Self.points(extents.x + extents.width))
        } while pango_layout_iter_next_line(place) != 0
    }

    private static func units(_ points: Double) -> Int32 { Int32(points * Double(PANGO_SCALE)) }
    private static func points(_ units: Int32) -> Double { Double(units) / Double(PANGO_SCALE) }
}
