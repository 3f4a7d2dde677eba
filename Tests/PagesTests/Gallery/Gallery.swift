import Foundation
import Pages
import Testing

/// 样张。One realistic page of every kind, with invented people, for looking at and for checking.
enum Gallery {
    static func pages() -> [(name: String, page: Markup)] {
        [
            ("login", login), ("error", problem), ("workbench", workbench), ("workbench-empty", emptyWorkbench),
            ("register", register(rows: 50)), ("register-one", register(rows: 1)), ("register-empty", register(rows: 0)),
            ("intake", intake), ("field", fieldVisit), ("case", allowanceCase), ("receipt", receipt), ("person", person), ("policy", policy),
            ("notice", notice), ("month", month), ("hall", hall), ("hall-service", hallService),
        ]
    }

    static func site(elder: Bool = false) -> Site {
        Site(product: "民政一体化平台", bureau: "示范区民政局", stylesheet: "pages.css", script: "pages.js", elder: elder)
    }

    static func desk(_ title: String, at room: String, trail: [LinkView] = [], acts: [ActLink] = [], _ content: Markup) -> Markup {
        Frame(
            site: site(), reader: ReaderView(name: "王示范", role: "镇街经办", token: "t0"), rooms: rooms(current: room),
            trail: trail, title: title, acts: acts, content: content
        ).markup
    }

    private static func rooms(current: String) -> [RoomLink] {
        [
            ("工作台", "/", "w"), ("社会救助", "/assistance", "a"), ("待遇发放", "/payments", "p"), ("养老服务", "/elderly", "y"),
            ("儿童福利", "/children", "c"), ("地名管理", "/places", "d"), ("指标", "/indicators", "i"), ("计划与总结", "/plans", "j"),
            ("规则", "/policies", "r"), ("日志", "/journal", nil),
        ].map { RoomLink($0.0, href: $0.1, key: $0.2, isCurrent: $0.0 == current) }
    }
}

@Suite("样张")
struct GalleryFiles {
    /// With `GALLERY_FOLDER` set, writes the pages, the stylesheet and the script there to be looked at in a browser.
    @Test func writesTheGalleryWhenAsked() throws {
        guard let folder = ProcessInfo.processInfo.environment["GALLERY_FOLDER"] else { return }
        let place = URL(fileURLWithPath: folder, isDirectory: true)
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        let files = Gallery.pages().map { ("\($0.name).html", $0.page.text) }
            + [("pages.css", Stylesheet.css), ("pages.js", Scripts.javascript)]
        for (name, text) in files {
            try text.write(to: place.appendingPathComponent(name), atomically: true, encoding: .utf8)
        }
    }
}
