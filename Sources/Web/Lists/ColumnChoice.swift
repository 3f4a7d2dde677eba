import Kernel
import Values

/// 选列。The columns a reader wants to see and take away, as the address keeps them: `columns=number,name`.
struct ColumnChoice: Sendable, Hashable {
    /// Their places among the listing's columns; all of them when none was chosen.
    let places: [Int]
    let isChosen: Bool

    /// - Throws: `.invalid` for a column the listing doesn't have: an export must not leave one out in silence.
    init(_ query: Query, of listing: Listing) throws(Refusal) {
        let names = query.pairs.filter { $0.name == "columns" }.flatMap { $0.value.split(separator: ",").map(String.init) }
        let known = listing.columns.fields
        for name in names where listing.columns[name] == nil {
            throw Refusal.invalid("没有「\(name)」这一列，可选的有：\(known.map(\.name).joined(separator: "、"))").at(["columns"])
        }
        isChosen = !names.isEmpty
        places = known.indices.filter { names.isEmpty || names.contains(known[$0].name) }
    }
}
