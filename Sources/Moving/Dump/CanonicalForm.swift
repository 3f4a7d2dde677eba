import Storage
import Values

/// 规范形式。The one way in which rows are written down to be compared: the same rows make the same bytes, whichever engine holds them.
///
/// A row is a line of values parted by `|`: `5:张三` (the length in bytes, then the text), `i735`, or `-` for none.
/// Lengths come first, so nothing within a text can be taken for the end of it.
struct CanonicalForm {
    private(set) var bytes: [UInt8] = []

    init() { bytes.reserveCapacity(1 << 17) }

    mutating func clear() { bytes.removeAll(keepingCapacity: true) }

    mutating func head(of table: StoredTable) {
        let columns = table.columns.map { "\($0.name):\($0.type.rawValue)" }.joined(separator: " ")
        bytes += Array("table \(table.name)\(table.kind == .search ? " search" : "")\ncolumns \(columns)\nkey \(table.key.joined(separator: " "))\n".utf8)
    }

    mutating func row(_ values: [StoredValue]) {
        for (index, value) in values.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: "|")) }
            add(value)
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    private mutating func add(_ value: StoredValue) {
        switch value {
        case .null: bytes.append(UInt8(ascii: "-"))
        case .integer(let number):
            bytes.append(UInt8(ascii: "i"))
            bytes.append(contentsOf: String(number).utf8)
        case .text(let text):
            bytes.append(contentsOf: String(text.utf8.count).utf8)
            bytes.append(UInt8(ascii: ":"))
            bytes.append(contentsOf: text.utf8)
        }
    }

    static func row(_ values: [StoredValue]) -> [UInt8] {
        var form = CanonicalForm()
        form.row(values)
        return form.bytes
    }
}
