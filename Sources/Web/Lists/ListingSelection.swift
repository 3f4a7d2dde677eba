import Commons
import Kernel
import Pages
import Values

extension Listing {
    /// Whether rows may be chosen for anything.
    var isChosenFrom: Bool { subjectTerm != nil || papers != nil }
}

/// 台账的选行。What this reader may do with several rows at once.
struct ListingSelection: Sendable {
    let line: Line
    let listing: Listing
    let acts: [AnyAction]
    let session: Session

    /// Marks a row in the form; its value is the version of the row, where the listing shows it.
    static let row = "_row."
    static let filter = "_filter."

    /// Nil where there is nothing to do with rows.
    init?(_ line: Line, _ listing: Listing, _ session: Session) {
        acts = line.bulkActs(on: listing, for: session.actor.role)
        guard !acts.isEmpty || listing.papers != nil else { return nil }
        self.line = line
        self.listing = listing
        self.session = session
    }

    var address: String { "/\(line.name)/bulk/\(listing.name)" }

    func box(_ row: ListingRow, of listing: Listing) -> ChoiceBoxView? {
        row.raw.text(listing.idColumn).map { ChoiceBoxView(Self.row + $0, value: row.raw.text("version") ?? "-", label: listing.label(of: row)) }
    }

    func markup(around table: Markup, _ address: ListingAddress, _ page: ListingPage?) -> Markup {
        let shown = (page?.rows ?? []).compactMap { $0.raw.text(listing.idColumn) }
        let filters = address.filters.sorted { $0.key < $1.key }.map { HiddenView(Self.filter + $0.key, $0.value) }
        let hidden = [HiddenView(Forgery.field, session.csrf), HiddenView("_shown", shown.joined(separator: ","))] + filters
        let most = acts.isEmpty ? PrintOrders.atMost : BulkAct.atMost
        let boxes = [ChoiceBoxView("_page", label: "本页全部 \(shown.count) 行", isLabelled: true),
                     ChoiceBoxView("_all", label: "符合筛选的全部（最多 \(most) 行）", isLabelled: true)]
        let print = listing.papers == nil ? [] : [ButtonView("打印选中的文书", name: "_papers")]
        let go = acts.isEmpty ? [] : [ButtonView("批量办理")]
        return SelectionView(action: self.address, hidden: hidden, boxes: boxes, acts: acts.map { Choice(code: $0.name, label: $0.title) },
                             buttons: go + print, content: table).markup
    }
}

extension Listing {
    /// What people call a row: its first two columns.
    func label(of row: ListingRow) -> String {
        zip(columns.fields, row.cells).filter { $0.0.origin == .asked && $0.0.nature != .sealed && !$0.1.isEmpty }.prefix(2).map(\.1).joined(separator: " ")
    }
}
