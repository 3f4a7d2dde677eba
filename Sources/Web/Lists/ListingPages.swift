import Commons
import Hummingbird
import Kernel
import Pages
import Values

/// 台账页面。`/{line}/{listing}`: rows by key, filters that read as a sentence, sums told apart.
struct ListingPages: Sendable {
    let services: Services
    let line: Line
    let listing: Listing

    var path: String { "/\(line.name)/\(listing.name)" }

    func add(to router: Router<DeskContext>) {
        router.get(RouterPath(path)) { try await answer($0, $1) }
    }

    private func answer(_ request: Request, _ context: DeskContext) async throws -> Response {
        let session = try context.signedIn(), query = Query(request)
        guard listing.roles.contains(session.actor.role) else {
            throw Refusal.forbidden("您的岗位（\(session.actor.role.label)）不能查看「\(listing.title)」")
        }
        let address = ListingAddress(path, listing, query)
        if query["part"] == "totals" { return .page(try await totals(address, session)) }
        return try await page(address, Shell(services: services, request: request, session: session))
    }

    private func page(_ address: ListingAddress, _ shell: Shell) async throws -> Response {
        var problems: [Refusal.Problem] = [], found: ListingPage?, places: [String: String] = [:], regions: [Choice] = [], notice: String?, asOf: Instant?
        do {
            _ = try address.columns
            (found, places, regions, asOf) = try await services.counter.glance(as: shell.actor, since: shell.session.actedAt) { reader in
                let page = try reader.page(listing, address.request)
                return (page, try reader.placeNames(of: page, in: listing), try choices(reader, address), reader.connection.asOf)
            }
        } catch let refusal as Refusal where refusal.kind == .invalid {
            problems = refusal.problems
            regions = try await services.counter.read(as: shell.actor) { try choices($0, address) }
            notice = refusal.problems.isEmpty ? refusal.description : nil
        }
        if let found { try await Readings(services).listed(line.name, listing, address.filters, rows: found.rows.count, by: shell.actor) }
        let isWithTotals = address.query["totals"] != nil && found != nil
        let drawing = ListingDrawing(
            address: address, page: found, places: places, problems: problems, notice: notice, regions: regions,
            totals: isWithTotals ? try await totals(address, shell.session) : nil, selection: ListingSelection(line, listing, shell.session),
            views: try await SavedViews(services: services).markup(address, shell.session))
        let acts = line.beginnings(for: shell.actor.role).map { ActLink($0.title, href: "/\(line.name)/do/\($0.name)") }
        return shell.page(listing.title, trail: [LinkView(line.title, href: "/\(line.name)")], acts: acts,
                          content: "\(try await Receipts(services: services).above(shell))\(DataAge.note(asOf))\(drawing.markup)",
                          status: found == nil ? .unprocessableContent : .ok).telling(asOf)
    }

    /// What the filter by region offers; nothing where there is none.
    private func choices(_ reader: Reader, _ address: ListingAddress) throws -> [Choice] {
        listing.filters.contains { $0.name == Term<RegionCode>.region.name } ? try reader.regionChoices(near: address.filters[Term<RegionCode>.region.name]) : []
    }

    private func totals(_ address: ListingAddress, _ session: Session) async throws -> Markup {
        let texts = try await services.counter.glance(as: session.actor, since: session.actedAt) { reader in
            try reader.totals(listing, address.request).map { total, value in
                total.isMoney ? "\(total.label) \(Money(fen: Int64(value)).shown)" : "\(value) \(total.label)"
            }
        }
        return "合计：\(texts.joined(separator: "，"))"
    }
}

extension Reader {
    /// What people call the regions in the rows of a page, by code.
    fileprivate func placeNames(of page: ListingPage, in listing: Listing) throws -> [String: String] {
        let columns = listing.columns.fields.filter { $0.nature == .region }.map(\.name)
        return try regionNames(of: Set(page.rows.flatMap { row in columns.compactMap { row.raw.text($0) } }))
    }
}
