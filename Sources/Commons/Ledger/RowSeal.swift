import Cryptography
import Storage
import Values

/// 行签。The code that a row of money bears, over everything it says; made with a key of the house that no other key replaces.
public struct RowSeal: Sendable {
    private let cipher: SipHash

    public init(_ keyring: Keyring, for purpose: String) throws {
        let digest = try keyring.digest(Array(purpose.utf8), for: "row-seal")
        cipher = SipHash(key: stride(from: 0, to: 32, by: 2).map { place in
            let start = digest.index(digest.startIndex, offsetBy: place)
            return UInt8(digest[start ..< digest.index(start, offsetBy: 2)], radix: 16) ?? 0
        })
    }

    /// Collects what a row says; texts carry their length, so that no two rows read alike.
    public struct Writer {
        fileprivate var bytes: [UInt8] = []

        public init() { bytes.reserveCapacity(256) }

        public mutating func clear() { bytes.removeAll(keepingCapacity: true) }

        var collected: [UInt8] { bytes }
        /// How much was collected, and back to where it was less.
        var count: Int { bytes.count }
        mutating func cut(to count: Int) { bytes.removeLast(max(0, bytes.count - count)) }

        public mutating func add(_ text: String) {
            add(Int64(text.utf8.count))
            bytes.append(contentsOf: text.utf8)
        }

        public mutating func add(_ text: String?) {
            if let text { add(text) } else { add(-1 as Int64) }
        }

        public mutating func add(_ number: Int64) {
            withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
        }

        /// A value of a stretch of rows, told as it would be by itself.
        public mutating func add(_ cell: PackedRows.Cell, among texts: UnsafeBufferPointer<UInt8>) {
            switch cell {
            case .null: add(-1 as Int64)
            case .integer(let number): add(number)
            case .text(let start, let count):
                add(Int64(count))
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: texts[start ..< start + count]))
            }
        }

        /// Gives what was collected to a hash that runs on, once it is more than so much.
        public mutating func pour(into hash: borrowing RunningHash, above limit: Int) throws {
            guard bytes.count > limit else { return }
            try hash.update(bytes)
            clear()
        }
    }

    /// The code as a column holds it.
    public func code(of row: Writer) -> Int64 { Int64(bitPattern: cipher.code(of: row.bytes)) }
}
