import Pages
import Testing

/// What holds for every page, whatever it shows.
@Suite("每一页")
struct PageTests {
    static let pages = Gallery.pages()

    @Test("写法完整", arguments: pages.map(\.name))
    func isWellFormed(_ name: String) throws {
        let drawn = try Self.drawn(name)
        #expect(drawn.faults == [])
        #expect(Set(drawn.ids).count == drawn.ids.count, "an id twice: \(drawn.ids.sorted())")
        #expect(drawn.all("html").first?.attributes["lang"] == "zh-CN")
        #expect(drawn.all("h1").count == 1)
        #expect(drawn.all("main").count == 1)
    }

    @Test("没有内联样式和脚本", arguments: pages.map(\.name))
    func keepsToTheContentSecurityPolicy(_ name: String) throws {
        let drawn = try Self.drawn(name)
        #expect(drawn.all("style").isEmpty)
        #expect(drawn.all("script").allSatisfy { $0.attributes["src"] != nil })
        for tag in drawn.tags {
            #expect(!tag.attributes.keys.contains { $0 == "style" || $0.hasPrefix("on") }, "\(tag)")
            #expect(!(tag.attributes["href"] ?? "").hasPrefix("javascript"), "\(tag)")
        }
    }

    @Test("每个输入都有标签，说明都对得上", arguments: pages.map(\.name))
    func inputsAreLabelled(_ name: String) throws {
        let drawn = try Self.drawn(name)
        let ids = Set(drawn.ids)
        let labelled = Set(drawn.all("label").compactMap { $0.attributes["for"] })
        #expect(labelled.isSubset(of: ids))
        for tag in drawn.tags where ["input", "select", "textarea"].contains(tag.name) && tag.attributes["type"] != "hidden" {
            #expect(tag.id.map(labelled.contains) == true, "\(tag)")
        }
        for tag in drawn.tags {
            for attribute in ["aria-describedby", "aria-labelledby"] {
                for id in (tag.attributes[attribute] ?? "").split(separator: " ") { #expect(ids.contains(String(id)), "\(tag)") }
            }
            if let href = tag.attributes["href"], href.hasPrefix("#") { #expect(ids.contains(String(href.dropFirst())), "\(tag)") }
        }
    }

    @Test("表格有标题，列头有范围", arguments: pages.map(\.name))
    func tablesHaveCaptions(_ name: String) throws {
        let drawn = try Self.drawn(name)
        #expect(drawn.all("table").count == drawn.all("caption").count)
        #expect(drawn.all("th").allSatisfy { ["col", "row"].contains($0.attributes["scope"]) })
    }

    @Test func darkPrintPhoneAndElderAreThere() {
        for needed in ["@layer base, layout, parts, pages;", "prefers-color-scheme: dark", "@media print", "max-width: 45em", ":root.elder", "prefers-reduced-motion", "outline: 3px solid"] {
            #expect(Stylesheet.css.contains(needed))
        }
        let opened = Stylesheet.css.count { $0 == "{" }
        #expect(opened == Stylesheet.css.count { $0 == "}" })
        #expect(!Stylesheet.css.contains("url("))
    }

    private static func drawn(_ name: String) throws -> Drawn {
        Drawn(try #require(pages.first { $0.name == name }).page.text)
    }
}
