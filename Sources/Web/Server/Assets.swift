import Hummingbird
import Pages

/// 静态文件。Stylesheet and script, under names that change with their content and may therefore be kept for ever.
struct Asset: Sendable {
    let path: String
    let etag: String
    private let name: String
    private let ending: String
    private let type: String
    private let content: ByteBuffer

    static let style = Asset("style", "css", "text/css; charset=utf-8", Stylesheet.css)
    static let script = Asset("script", "js", "text/javascript; charset=utf-8", Scripts.javascript + Self.totals)

    private init(_ name: String, _ ending: String, _ type: String, _ text: String) {
        let version = Self.fingerprint(text)
        self.name = name
        self.ending = ".\(ending)"
        path = "/assets/\(name)-\(version).\(ending)"
        etag = "\"\(version)\""
        self.type = type
        content = ByteBuffer(string: text)
    }

    /// Tells one edition from another; it protects nothing.
    private static func fingerprint(_ text: String) -> String {
        String(text.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }, radix: 36)
    }

    /// - Parameter isNamed: asked for by the name that changes, so it never has to be asked for again.
    func response(to request: Request, isNamed: Bool) -> Response {
        let caching = isNamed ? "public, max-age=31536000, immutable" : "public, no-cache"
        let headers: HTTPFields = [.eTag: etag, .cacheControl: caching, .contentType: type]
        if request.headers[.ifNoneMatch] == etag { return Response(status: .notModified, headers: headers) }
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: content))
    }

    static func add(to router: Router<DeskContext>) {
        for (asset, plain) in [(style, "/assets/style.css"), (script, "/assets/script.js")] {
            router.get(RouterPath(asset.path)) { request, _ in asset.response(to: request, isNamed: true) }
            router.get(RouterPath(plain)) { request, _ in asset.response(to: request, isNamed: false) }
        }
        // While nodes are upgraded one by one, a page of one version may ask another for its own.
        router.get("/assets/{file}") { request, context in
            let file = try context.parameters.require("file")
            guard let asset = [style, script].first(where: { file.hasPrefix("\($0.name)-") && file.hasSuffix($0.ending) }) else { throw HTTPError(.notFound) }
            return asset.response(to: request, isNamed: false)
        }
        // Browsers ask for it unasked; there is none, and that is no fault.
        router.get("/favicon.ico") { _, _ in Response(status: .noContent, headers: [.cacheControl: "public, max-age=86400"]) }
    }

    /// The sums of a long listing are told after its rows; without scripts a link leads to them.
    private static let totals = #"""
        (function () {
        "use strict";
        document.querySelectorAll("[data-totals]").forEach(async (place) => {
          try {
            const answer = await fetch(place.dataset.totals, { credentials: "same-origin" });
            if (answer.ok) place.innerHTML = await answer.text();
          } catch (error) { return; }
        });
        })();

        """#
}
