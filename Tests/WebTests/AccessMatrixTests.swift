import Bureau
import Commons
import Foundation
import Kernel
import Storage
import Testing
import Values
@testable import Web

/// 权限矩阵的全面核对。Every role × act × listing with its twins × inquiry × page through the real router: what the matrix denies is
/// denied, what it grants stays within the region, and no answer gives away a number. New lines are covered by being declared.
@Suite(.serialized) struct AccessMatrixTests {
    @Test("台账和导出：矩阵不给的 403 且没有数据；给的不出辖区，不漏证号", arguments: AccessWorld.roles)
    func listings(_ role: Role) async throws {
        let world = try await AccessWorld.small.value, session = try #require(world.sessions[role])
        let unscoped = Set(Authority.matrix(bureau).filter { !$0.isScoped }.map(\.permission))
        try await world.visit { looker in
            for line in bureau {
                for listing in line.listings {
                    let name = "\(line.name).\(listing.name)", isGranted = listing.roles.contains(role)
                    for path in ["/\(line.name)/\(listing.name)", "/\(line.name)/\(listing.name).csv", "/\(line.name)/\(listing.name).xlsx", "/api/\(line.name)/\(listing.name)"] {
                        let seen = try await looker.get(path, as: session)
                        #expect(seen.status == (isGranted ? 200 : 403), "\(role.label) \(path)：\(seen.status)")
                        #expect(world.leaks(in: seen.text).isEmpty, "\(role.label) \(path) 漏出证号")
                        if !isGranted { #expect(!seen.text.contains("<td"), "\(role.label) \(path) 拒绝了却有数据") }
                        if isGranted, !unscoped.contains(name) { try expectWithin(session.actor.region, seen.text, "\(role.label) \(path)") }
                    }
                }
            }
        }
    }

    /// Codes of places below the county are all within a region, or above it.
    private func expectWithin(_ region: RegionCode, _ text: String, _ place: String) throws {
        let codes = Set(text.matches(of: /\b000181[0-9]{3}(?:[0-9]{3})?\b/).map { String($0.output) })
        for code in codes.compactMap({ try? RegionCode($0) }) {
            #expect(region.contains(code) || code.contains(region), "\(place) 有辖区以外的 \(code.code)")
        }
    }

    @Test("手绘页面：矩阵不给的 403；辖区以外的档案打不开；不漏证号，不出错", arguments: AccessWorld.roles)
    func pages(_ role: Role) async throws {
        let world = try await AccessWorld.small.value, session = try #require(world.sessions[role])
        let nobody = ID<Outline>.make(at: world.services.counter.clock.now()).text
        try await world.visit { looker in
            for line in bureau {
                for page in line.pages {
                    let isGranted = page.roles.contains(role)
                    let ids = page.path.contains("{") ? [nil] + (isGranted ? world.records.map { $0 as AccessWorld.Sample? } : []) : [nil]
                    for record in ids {
                        let path = "/\(line.name)/" + page.path.split(separator: "/").map { $0.hasPrefix("{") ? record?.id ?? nobody : String($0) }.joined(separator: "/")
                        let seen = try await looker.get(path, as: session)
                        #expect(seen.status < 500, "\(role.label) \(path)：\(seen.status)")
                        if !isGranted { #expect(seen.status == 403, "\(role.label) \(path)：\(seen.status)") }
                        if let record, !session.actor.covers(record.region) {
                            #expect(seen.status != 200 || seen.text.contains("紧急查看，"), "\(role.label) 打开了辖区以外的 \(path)")
                        }
                        #expect(world.leaks(in: seen.text).isEmpty, "\(role.label) \(path) 漏出证号")
                    }
                }
            }
        }
    }

    @Test("办理和查询：矩阵不给的打不开也办不成；没有令牌的表单办不成；不漏证号", arguments: AccessWorld.roles)
    func acts(_ role: Role) async throws {
        let world = try await AccessWorld.small.value, session = try #require(world.sessions[role])
        let before = try await count(world, "journal")
        try await world.visit { looker in
            for line in bureau {
                for action in line.actions {
                    let path = "/\(line.name)/do/\(action.name)", isGranted = action.roles.contains(role)
                    let form = try await looker.get(path, as: session)
                    #expect(isGranted ? form.status < 500 && form.status != 403 : form.status == 403, "\(role.label) \(path)：\(form.status)")
                    #expect(world.leaks(in: form.text).isEmpty, "\(role.label) \(path) 漏出证号")
                    #expect(try await looker.post(path, as: session).status == 403, "\(role.label) \(path) 没有令牌也收了")
                    guard !isGranted else { continue }
                    #expect(try await looker.ask("/api/\(action.permission.replacingOccurrences(of: ".", with: "/"))", as: session).status == 403, "\(role.label) 接口 \(action.permission)")
                }
                for inquiry in line.inquiries {
                    let path = "/\(line.name)/ask/\(inquiry.name)", isGranted = inquiry.roles.contains(role)
                    #expect(try await looker.get(path, as: session).status == (isGranted ? 200 : 403), "\(role.label) \(path)")
                    #expect(try await looker.post(path, as: session).status == 403, "\(role.label) \(path) 没有令牌也收了")
                    if !isGranted { #expect(try await looker.ask("/api/\(line.name)/\(inquiry.name)", as: session).status == 403, "\(role.label) 接口 \(line.name).\(inquiry.name)") }
                }
            }
        }
        #expect(try await count(world, "journal") == before)
    }

    @Test("没有登录的：页面去登录页，表单和接口 401，什么也看不到、办不成")
    func nobody() async throws {
        let world = try await AccessWorld.small.value, before = try await count(world, "journal")
        try await world.visit { looker in
            for line in bureau {
                let nobody = ID<Outline>.make(at: world.services.counter.clock.now()).text
                let pages = line.pages.map { page in "/\(line.name)/" + page.path.split(separator: "/").map { $0.hasPrefix("{") ? nobody : String($0) }.joined(separator: "/") }
                let lists = line.listings.flatMap { ["/\(line.name)/\($0.name)", "/\(line.name)/\($0.name).csv", "/\(line.name)/\($0.name).xlsx"] }
                let forms = line.actions.map { "/\(line.name)/do/\($0.name)" } + line.inquiries.map { "/\(line.name)/ask/\($0.name)" }
                for path in ["/\(line.name)"] + pages + lists + forms {
                    let seen = try await looker.get(path, as: nil)
                    #expect(seen.status == 303 && seen.location?.hasPrefix("/sign-in") == true, "\(path)：\(seen.status)")
                }
                for path in forms { #expect(try await looker.post(path, as: nil).status == 401, "\(path)") }
                for name in line.listings.map(\.name) { #expect(try await looker.get("/api/\(line.name)/\(name)", as: nil).status == 401, "\(name)") }
                for name in line.actions.map(\.name) + line.inquiries.map(\.name) { #expect(try await looker.ask("/api/\(line.name)/\(name)", as: nil).status == 401, "\(name)") }
            }
        }
        #expect(try await count(world, "journal") == before)
    }

    @Test("看过的都留痕：每个台账、导出、带编号的页面各有一条，不含填过的字")
    func readingsAreRecorded() async throws {
        let world = try await AccessWorld.small.value, session = try #require(world.sessions[.auditor]), counter = world.services.counter
        let start = counter.clock.now()
        let listings = bureau.flatMap { line in line.listings.filter { $0.roles.contains(.auditor) }.map { "\(line.name)/\($0.name)" } }
        let person = try #require(world.records.first { $0.table == "person" })
        try await world.visit { looker in
            for path in listings {
                _ = try await looker.get("/\(path)", as: session)
                _ = try await looker.get("/\(path).csv", as: session)
                _ = try await looker.get("/\(path).xlsx", as: session)
                _ = try await looker.get("/api/\(path)", as: session)
            }
            _ = try await looker.get("/people/persons/\(person.id)", as: session)
            _ = try await looker.get("/people/persons?q=%E5%BC%A0", as: session)
            _ = try await looker.get("/desk/search?q=%E5%BC%A0", as: session)
        }
        try await counter.access.flush()
        let kinds: [String: Int] = try await counter.database.read { connection in
            Dictionary(try connection.all("SELECT kind || ' ' || what, count(*) FROM access_record WHERE at >= \(start) GROUP BY kind, what") { (try $0.read(0), try $0.read(1)) },
                       uniquingKeysWith: +)
        }
        for path in listings {
            let name = path.replacingOccurrences(of: "/", with: ".")
            #expect(kinds["list \(name)"] ?? 0 >= 2 && kinds["export \(name)"] == 2, "\(name)：\(kinds["list \(name)"] ?? 0)，\(kinds["export \(name)"] ?? 0)")
        }
        #expect(kinds["open people/persons/{id}"] == 1 && kinds["search desk/search"] == 1)
        let words: Int? = try await counter.database.read { try $0.value("SELECT count(*) FROM access_record WHERE detail LIKE '%张%'") }
        let rows: Int? = try await counter.database.read { try $0.value("SELECT count(*) FROM access_record WHERE kind = 'export' AND \"rows\" IS NULL") }
        #expect(words == 0 && rows == 0)
    }

    private func count(_ world: AccessWorld, _ table: String) async throws -> Int {
        try await world.services.counter.database.read { try $0.value("SELECT count(*) FROM \(Statement(identifier: table))") ?? -1 }
    }
}
