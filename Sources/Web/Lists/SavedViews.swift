import Commons
import Hummingbird
import Kernel
import Pages
import Storage
import Values

/// 常用视图。`POST /desk/views`: an address of a listing kept under a name, for whoever kept it.
struct SavedViews: Sendable {
    let services: Services

    static let atMost = 20

    func add(to router: Router<DeskContext>) {
        router.post("/desk/views") { try await keep($0, $1) }
    }

    func markup(_ address: ListingAddress, _ session: Session) async throws -> Markup {
        let user = session.actor.user, listing = address.path
        let views = try await services.counter.database.read { connection in
            try connection.all("SELECT name, address FROM saved_view WHERE user_id = \(user) AND listing = \(listing) ORDER BY name") { row in
                LinkView(try row.read(0), href: try row.read(1))
            }
        }
        let isPlain = address.view == address.path
        guard !isPlain || !views.isEmpty else { return .empty }
        return SavedViewsView(views: views, action: "/desk/views", hidden: [
            HiddenView(Forgery.field, session.csrf), HiddenView("listing", address.path), HiddenView("address", address.view),
        ]).markup
    }

    private func keep(_ request: Request, _ context: DeskContext) async throws -> Response {
        let session = try context.signedIn(), form = try await SentForm(request), user = session.actor.user
        try Forgery.require(form, session)
        let listing = form.text("listing") ?? "", address = form.text("address") ?? ""
        guard services.house.lines.contains(where: { line in line.listings.contains { "/\(line.name)/\($0.name)" == listing } }),
              address == listing || address.hasPrefix(listing + "?"), Href.isSafe(address), address.utf8.count <= 2_000
        else { throw Refusal.invalid("这个视图的地址不对，请从台账页面保存") }
        let name = try String(typed: form.text("name") ?? ""), now = services.counter.clock.now(), isDeleted = form.has("_delete")
        guard name.count <= 30 else { throw Refusal.invalid("视图名称最多 30 个字，请改短") }
        try await services.counter.database.write { connection in
            try connection.run("DELETE FROM saved_view WHERE user_id = \(user) AND listing = \(listing) AND name = \(name)")
            guard !isDeleted else { return }
            let kept = try connection.value("SELECT count(*) FROM saved_view WHERE user_id = \(user) AND listing = \(listing)") ?? 0
            guard kept < Self.atMost else { throw Refusal.tooLarge("每个台账最多存 \(Self.atMost) 个常用视图，请先删除不用的") }
            try connection.run("INSERT INTO saved_view (user_id, listing, name, address, saved_at) VALUES (\(user), \(listing), \(name), \(address), \(now))")
        }
        return .seeOther(isDeleted ? listing : address)
    }
}
