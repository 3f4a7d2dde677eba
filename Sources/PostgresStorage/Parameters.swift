import Foundation
import Storage
import Values

/// 绑定值。The values of one statement as libpq takes them: pointers into one buffer of text.
struct Parameters {
    private var bytes: [UInt8] = []
    /// Where each value begins; -1 is NULL.
    private var places: [Int] = []
    private(set) var types: [UInt32] = []

    /// - Parameter areUntyped: the server infers every type from the column a value goes to.
    /// - Throws: `StorageError.other` for text with a NUL, which the server refuses as we do.
    init(_ values: [StoredValue], areUntyped: Bool = false) throws(StorageError) {
        places.reserveCapacity(values.count)
        types.reserveCapacity(values.count)
        for value in values {
            switch value {
            case .null:
                places.append(-1)
                types.append(0)
            case .integer(let integer):
                _ = append(String(integer))
                types.append(areUntyped ? 0 : ColumnType.bigint)
            case .text(let text):
                guard append(text) else { throw .other("文本中含有空字符（U+0000），不能保存") }
                types.append(areUntyped ? 0 : ColumnType.text)
            }
        }
    }

    var count: Int { places.count }

    /// - Returns: false for text with a NUL, behind which the server would not read.
    private mutating func append(_ text: String) -> Bool {
        places.append(bytes.count)
        var text = text
        let isWhole = text.withUTF8 { units in
            bytes.append(contentsOf: units)
            return units.baseAddress.map { memchr($0, 0, units.count) == nil } ?? true
        }
        bytes.append(0)
        return isWhole
    }

    func withPointers<Outcome>(_ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Outcome) -> Outcome {
        bytes.withUnsafeBytes { buffer in
            let start = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
            let pointers = places.map { place in place < 0 ? nil : start.map { UnsafePointer($0 + place) } }
            return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
        }
    }
}

/// The server's numbers for the types that our columns and answers have.
enum ColumnType {
    static let boolean: UInt32 = 16, character: UInt32 = 18, name: UInt32 = 19, bigint: UInt32 = 20, smallint: UInt32 = 21, integer: UInt32 = 23
    static let text: UInt32 = 25, oid: UInt32 = 26, unknown: UInt32 = 705, padded: UInt32 = 1042, varchar: UInt32 = 1043

    enum Reading { case integer, text, boolean }

    /// How a column of an answer is read; nil for fractions, bytes and all else.
    static func reading(of type: UInt32) -> Reading? {
        switch type {
        case bigint, integer, smallint, oid: .integer
        case text, varchar, name, character, padded, unknown: .text
        case boolean: .boolean
        default: nil
        }
    }
}
