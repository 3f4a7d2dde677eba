import Foundation
import Kernel
import Pages
import Testing
import Values
@testable import Assistance

@Suite("样张")
struct AssistanceGallery {
    /// With `GALLERY_FOLDER` set, writes the line's pages there, with invented people, to be looked at in a browser.
    @Test func writesTheGalleryWhenAsked() async throws {
        guard let folder = ProcessInfo.processInfo.environment["GALLERY_FOLDER"] else { return }
        let place = URL(fileURLWithPath: folder, isDirectory: true)
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        for (name, shown) in try await pages() { try shown.document.text.write(to: place.appendingPathComponent("\(name).html"), atomically: true, encoding: .utf8) }
        for (name, text) in [("pages.css", Stylesheet.css), ("pages.js", Scripts.javascript)] {
            try text.write(to: place.appendingPathComponent(name), atomically: true, encoding: .utf8)
        }
    }

    private func pages() async throws -> [(String, Shown)] {
        try await confirmedPages() + refusedPages() + [("intake", intake()), ("intake-empty", intake(empty: true))]
    }

    private func confirmedPages() async throws -> [(String, Shown)] {
        let office = try await Office(on: "2024-06-20")
        try await office.nameThePlaces()
        let id = try await office.submit("apply-for-allowance", application(of: fiveOfThem(), [
            "phone": .typed("13900000000"), "address": .typed("和平路 1 号 2 栋 3 单元 401 室"), "documents": .rows([RawRow(key: "d1", fields: ["kind": .typed("application")]), RawRow(key: "d2", fields: ["kind": .typed("register"), "note": .typed("复印件")])]),
        ]), as: clerk).outcome.subject
        var pages = [("case-submitted", try await office.page("applications/{id}", id, as: clerk))]
        try await office.on(id, "request-supplement", ["items": .rows([RawRow(key: "i1", fields: ["item": .typed("试甲三的在校证明")]), RawRow(key: "i2", fields: ["item": .typed("试甲一近十二个月的工资流水")])])], as: clerk)
        pages.append(("sheet-supplement", try await office.page("applications/{id}/supplement", id)))
        try await office.on(id, "complete-documents", ["documents": .rows([RawRow(key: "d1", fields: ["kind": .typed("enrolment")])])], as: clerk)
        try await office.on(id, "accept-application", as: clerk)
        pages.append(("sheet-acceptance", try await office.page("applications/{id}/acceptance", id)))
        try office.go(to: "2024-06-24")
        try await office.check(id, on: "2024-06-22", [RawRow(key: "h1", fields: ["name": .typed("试甲二"), "source": .typed("vehicle"), "finding": .typed("名下电动自行车一辆"), "result": .typed("explained"), "explanation": .typed("代步用，属豁免车型")])])
        try await office.visit(id, on: "2024-06-24")
        try await office.on(id, "record-first-opinion", as: clerk)
        try await office.on(id, "post-notice", ["place": .typed("和平社区公示栏")], as: clerk)
        pages.append(("sheet-notice", try await office.page("applications/{id}/notice", id)))
        pages.append(("case-noticing", try await office.page("applications/{id}", id)))
        try office.go(to: "2024-07-02")
        pages.append(("case-ready", try await office.page("applications/{id}", id)))
        try await office.on(id, "confirm-allowance", as: approver)
        pages.append(("case-confirmed", try await office.page("applications/{id}", id)))
        pages.append(("sheet-confirmed", try await office.sheet(.confirmed, of: id)))
        let allowance = try #require(try await office.allowance(of: id)).id.text
        return pages + (try await changedPages(office, allowance))
    }

    private func changedPages(_ office: Office, _ id: String) async throws -> [(String, Shown)] {
        try office.go(to: "2024-11-05")
        try await office.on(id, "change-household", ["changed_on": .typed("2024-11-01"), "note": .typed("试甲一换了工作"), "members": .rows(fiveOfThem(wage: 2200))], as: clerk)
        var pages = [("allowance-changing", try await office.page("allowances/{id}", id))]
        try await office.on(id, "recompute-allowance", ["told": .typed("已当面告知工资上涨后减发")], as: approver)
        pages += [("sheet-adjusted", try await office.sheet(.adjusted, of: id)), ("allowance", try await office.page("allowances/{id}", id))]
        try office.go(to: "2025-02-05")
        try await office.on(id, "change-household", ["changed_on": .typed("2025-02-01"), "note": .typed("试甲一升职"), "members": .rows(fiveOfThem(wage: 6200))], as: clerk)
        try await office.on(id, "begin-gradual-exit", ["told": .typed("已当面告知就业后收入超过标准，进入渐退期")], as: approver)
        pages.append(("sheet-gradual-exit", try await office.sheet(.gradualExit, of: id)))
        try await office.on(id, "stop-allowance", ["cause": .typed("VOLUNTARY_EXIT"), "event_on": .typed("2025-02-05"), "told": .typed("户主书面申请退出")], as: approver)
        pages += [("sheet-stopped", try await office.sheet(.stopped, of: id)), ("allowance-stopped", try await office.page("allowances/{id}", id))]
        return pages
    }

    private func refusedPages() async throws -> [(String, Shown)] {
        let office = try await Office(on: "2024-06-20")
        try await office.nameThePlaces()
        let id = try await office.accepted(application(of: fiveOfThem(wage: 5200)))
        try await office.check(id, on: "2024-06-20")
        try await office.visit(id, on: "2024-06-20")
        try await office.on(id, "record-first-opinion", as: clerk)
        try await office.on(id, "refuse-allowance", as: approver)
        try await office.on(id, "deliver-refusal", ["delivered_on": .typed("2024-06-20"), "delivery": .typed("in-person")], as: clerk)
        return [("case-refused", try await office.page("applications/{id}", id)), ("sheet-refused", try await office.sheet(.refused, of: id))]
    }

    private func intake(empty: Bool = false) async throws -> Shown {
        let office = try await Office(on: "2024-06-20")
        let values = empty ? [:] : application(of: try fiveOfThem())
        let layout = try await office.form("apply-for-allowance", values)
        return Shown(title: "申请最低生活保障", acts: [], isSheet: false, content: """
            \(layout.preface)
            \(FormView(action: "/", hidden: [], sections: layout.sections.map { SectionView($0.title, hint: $0.hint) }, buttons: [ButtonView("申请最低生活保障", weight: .primary)],
                       estimate: layout.aside.map { EstimateView(href: "/", content: $0) }))
            """)
    }
}

extension Office {
    /// The places of the story by their names.
    func nameThePlaces() async throws {
        for (code, name) in [("000181", "示范市"), ("000181001", "城关街道"), ("000181001001", "和平社区")] {
            let id = ID<String>.make(at: clock.now()).text
            _ = try await database.write { try $0.run("INSERT INTO region (id, code, name, from_on) VALUES (\(id), \(code), \(name), '2000-01-01')") }
        }
    }
}

extension Shown {
    /// The whole page, in its frame or as a sheet.
    fileprivate var document: Markup {
        let site = Site(product: "民政一体化平台", bureau: "示范市民政局", stylesheet: "pages.css", script: "pages.js")
        guard !isSheet else { return PrintDocument(site: site, title: title, back: LinkView("返回", href: "/"), content: content).markup }
        return Frame(site: site, reader: ReaderView(name: "审批己", role: "区县审批", token: "t"), rooms: [RoomLink("工作台", href: "/"), RoomLink("社会救助", href: "/assistance", isCurrent: true)],
                     trail: [LinkView("社会救助", href: "/assistance")], title: title, acts: acts.map { ActLink($0.title, href: $0.href, weight: $0.isPrimary ? .primary : .secondary) },
                     content: content).markup
    }
}
