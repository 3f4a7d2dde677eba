import Commons
import Hummingbird
import Kernel
import Pages
import Values

/// 数据截至。Lists and overviews may be read from a copy of the database; how far it has come is told on the page and in the answer's head.
enum DataAge {
    static let header = "X-Data-As-Of"

    /// Nothing when everything is in it.
    static func note(_ asOf: Instant?) -> Markup {
        guard let asOf else { return .empty }
        return "<p class=\"note\">数据截至 \(time(asOf))（备用库）</p>"
    }

    /// Hours, minutes and seconds in Beijing.
    private static func time(_ at: Instant) -> String { String(at.adding(seconds: 28_800).typed.dropFirst(11).prefix(8)) }
}

extension Response {
    func telling(_ asOf: Instant?) -> Response {
        guard let asOf else { return self }
        var response = self
        response.headers.set(DataAge.header, asOf.typed)
        return response
    }
}
