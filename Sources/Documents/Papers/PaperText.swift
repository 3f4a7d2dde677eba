import CCairo
import Pages
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

        /// With its baseline there.
        func draw(_ x: Double, onBaseline y: Double, on page: OpaquePointer) { draw(x, y - baseline, on: page) }
    }

    var height: Double { lines.reduce(0) { $0 + $1.height } }

    /// - Parameter width: in points; nil leaves the text on the lines it has.
    convenience init(_ text: String, _ style: PaperStyle, width: Double?, at press: PaperPress) throws {
        try self.init([.init(text)], style, width: width, at: press)
    }

    /// A text of which parts stand out.
    init(_ runs: [OfficialPaper.Run], _ style: PaperStyle, width: Double?, at press: PaperPress) throws {
        guard let layout = pango_layout_new(press.context) else { throw PaperFailure(reason: "no layout") }
        self.layout = layout
        Self.set(style, width, on: layout)
        // A text with a NUL in it would end there.
        let texts = runs.map { run in run.text.filter { $0 != "\0" } }
        pango_layout_set_text(layout, texts.joined(), -1)
        if style.tracking != 0 || runs.contains(where: { $0.style != .plain }) { Self.mark(zip(texts, runs.map(\.style)), style, on: layout) }
        collect()
    }

    private static func mark(_ runs: some Sequence<(String, OfficialPaper.Run.Style)>, _ style: PaperStyle, on layout: OpaquePointer) {
        let list = pango_attr_list_new()
        defer { pango_attr_list_unref(list) }
        if style.tracking != 0 { pango_attr_list_insert(list, pango_attr_letter_spacing_new(units(style.tracking))) }
        var start: UInt32 = 0
        for (text, look) in runs {
            let end = start + UInt32(text.utf8.count)
            let attributes = switch look {
            case .plain: [] as [UnsafeMutablePointer<PangoAttribute>?]
            case .strong: [pango_attr_weight_new(PANGO_WEIGHT_BOLD)]
            case .mark: [pango_attr_scale_new(0.55), pango_attr_rise_new(units(style.size * 0.25))]
            }
            for case let attribute? in attributes {
                attribute.pointee.start_index = start
                attribute.pointee.end_index = end
                pango_attr_list_insert(list, attribute)
            }
            start = end
        }
        pango_layout_set_attributes(layout, list)
    }

    deinit { g_object_unref(UnsafeMutableRawPointer(layout)) }

    private static func set(_ style: PaperStyle, _ width: Double?, on layout: OpaquePointer) {
        let font = pango_font_description_new()
        pango_font_description_set_family(font, (style.face.map { $0 + "," } ?? "") + (style.isSans ? "Noto Sans CJK SC" : "Noto Serif CJK SC"))
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
