import CQRencode
import Values

/// 二维码。A text as a square of dark and light, with a quiet border; drawn as SVG, which needs no script and prints sharp.
public struct QRCode: Sendable {
    /// Modules a side, without the border.
    public let width: Int
    /// Row by row; true is dark.
    public let modules: [Bool]

    private static let border = 4

    /// - Throws: `.tooLarge` for a text of more than some 2,300 bytes.
    public init(_ text: String) throws(Refusal) {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty, let code = QRcode_encodeData(Int32(bytes.count), bytes, 0, QR_ECLEVEL_M) else { throw .tooLarge("内容太长，放不进一个二维码") }
        defer { QRcode_free(code) }
        width = Int(code.pointee.width)
        guard let data = code.pointee.data else { throw .tooLarge("内容太长，放不进一个二维码") }
        modules = (0 ..< width * width).map { data[$0] & 1 == 1 }
    }

    public var svg: String {
        let side = width + 2 * Self.border
        var path = ""
        for row in 0 ..< width {
            for column in 0 ..< width where modules[row * width + column] { path += "M\(column + Self.border) \(row + Self.border)h1v1h-1z" }
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(side) \(side)" shape-rendering="crispEdges">\
            <rect width="\(side)" height="\(side)" fill="#fff"/><path d="\(path)" fill="#000"/></svg>
            """
    }
}
