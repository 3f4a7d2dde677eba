import Commons
import Kernel
import Pages
import Values

/// 选中的行。Single rows, all of the page, or all of the filter, as the form says; told to the next form row by row.
struct ChosenRows: Sendable {
    let subjects: [BulkSubject]
    /// Rows that were chosen and are no longer in the listing, or not in this reader's region.
    let gone: Int

    static func read(_ form: SentForm, from listing: Listing, of counter: Counter, as actor: Actor, atMost limit: Int) async throws -> ChosenRows {
        var versions: [String: Int] = [:], ids: [String] = []
        for name in form.names where name.hasPrefix(ListingSelection.row) {
            let id = String(name.dropFirst(ListingSelection.row.count))
            ids.append(id)
            versions[id] = form.text(name).flatMap(Int.init)
        }
        if form.has("_page") { ids += (form.text("_shown") ?? "").split(separator: ",").map(String.init) }
        if form.has("_all") { ids += try await all(form, listing, counter, actor, limit) }
        var seen: Set<String> = []
        let wanted = ids.filter { seen.insert($0).inserted }
        guard !wanted.isEmpty else { throw Refusal.invalid("还没有选中行。请返回台账，在行前打勾，或勾选“本页全部”") }
        guard wanted.count <= limit else { throw tooMany(limit) }
        let rows = try await counter.read(as: actor) { try $0.rows(of: listing, subjects: wanted) }
        let subjects = rows.compactMap { row in
            row.raw.text(listing.idColumn).map { BulkSubject($0, label: listing.label(of: row), version: versions[$0]) }
        }
        return ChosenRows(subjects: subjects, gone: wanted.count - subjects.count)
    }

    private static func all(_ form: SentForm, _ listing: Listing, _ counter: Counter, _ actor: Actor, _ limit: Int) async throws -> [String] {
        let filters = form.names.filter { $0.hasPrefix(ListingSelection.filter) }.map { (String($0.dropFirst(ListingSelection.filter.count)), form.text($0) ?? "") }
        let request = ListingRequest(filters: Dictionary(filters, uniquingKeysWith: { first, _ in first }))
        var ids: [String] = []
        try await counter.eachSlice(of: listing, request, upTo: limit + 1, as: actor) { rows in ids += rows.compactMap { $0.raw.text(listing.idColumn) } }
        guard ids.count <= limit else { throw tooMany(limit) }
        return ids
    }

    private static func tooMany(_ limit: Int) -> Refusal { .tooLarge("符合条件的超过 \(limit) 行，请缩小筛选范围，分几次办理") }

    /// The same with the version of each as it stands now, where the form brought none.
    func versioned(by action: AnyAction, _ counter: Counter, as actor: Actor) async throws -> [BulkSubject] {
        let subjects = subjects, version = action.version
        return try await counter.read(as: actor) { reader in
            try subjects.map { $0.version == nil ? BulkSubject($0.id, label: $0.label, version: try version($0.id, reader)) : $0 }
        }
    }
}

extension BulkSubject {
    /// As the next form carries it.
    var hidden: HiddenView { HiddenView(ListingSelection.row + id, version.map(String.init) ?? "-") }
}
