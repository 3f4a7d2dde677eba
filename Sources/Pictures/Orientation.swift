/// 拍摄方向。How a camera was held, by the number it leaves in the picture (Exif 2.3, tag 0x0112).
enum Orientation: Int, CaseIterable, Sendable {
    case upright = 1, mirrored, upsideDown, upsideDownMirrored, leftMirrored, left, rightMirrored, right

    /// Width and height change places.
    var isSideways: Bool { rawValue >= 5 }

    /// Where the pixel that belongs at (x, y) lies in the picture as it came.
    func source(_ x: Int, _ y: Int, width: Int, height: Int) -> (column: Int, row: Int) {
        switch self {
        case .upright: (x, y)
        case .mirrored: (width - 1 - x, y)
        case .upsideDown: (width - 1 - x, height - 1 - y)
        case .upsideDownMirrored: (x, height - 1 - y)
        case .leftMirrored: (y, x)
        case .left: (y, height - 1 - x)
        case .rightMirrored: (width - 1 - y, height - 1 - x)
        case .right: (width - 1 - y, x)
        }
    }

    /// Upright unless the file says otherwise; what can't be read says nothing.
    init(inJPEG bytes: [UInt8]) {
        var place = 2
        while place + 4 <= bytes.count, bytes[place] == 0xFF {
            let marker = bytes[place + 1], length = Int(bytes[place + 2]) << 8 | Int(bytes[place + 3])
            guard marker != 0xDA, length >= 2, place + 2 + length <= bytes.count else { break }
            if marker == 0xE1, let found = Self.tag(in: bytes[(place + 4) ..< (place + 2 + length)]) {
                self = found
                return
            }
            place += 2 + length
        }
        self = .upright
    }

    private static func tag(in segment: ArraySlice<UInt8>) -> Orientation? {
        guard segment.starts(with: Array("Exif\0\0".utf8)) else { return nil }
        let tiff = ByteReader(Array(segment.dropFirst(6)))
        guard let directory = tiff.number(at: 4, bytes: 4), let count = tiff.number(at: directory, bytes: 2) else { return nil }
        for entry in 0 ..< count {
            let place = directory + 2 + entry * 12
            guard let tag = tiff.number(at: place, bytes: 2) else { return nil }
            if tag == 0x0112 { return tiff.number(at: place + 8, bytes: 2).flatMap(Orientation.init) }
        }
        return nil
    }
}

/// Reads numbers in the byte order that the block names.
private struct ByteReader {
    private let bytes: [UInt8]
    private let isLittle: Bool

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        isLittle = bytes.starts(with: Array("II".utf8))
    }

    /// Nil outside the block.
    func number(at place: Int, bytes count: Int) -> Int? {
        guard place >= 0, place <= bytes.count - count else { return nil }
        let taken = bytes[place ..< place + count]
        return (isLittle ? Array(taken.reversed()) : Array(taken)).reduce(0) { $0 << 8 | Int($1) }
    }
}
