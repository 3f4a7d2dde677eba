import Foundation
@testable import Pictures
import Testing

/// What is kept of a picture is the picture.
@Suite struct PictureTests {
    /// 甲乙 over 丙丁: four colours, so that every turn shows.
    static func raster(_ width: Int = 32, _ height: Int = 16) -> Raster {
        var pixels: [UInt8] = []
        for y in 0 ..< height {
            for x in 0 ..< width { pixels += y < height / 2 ? (x < width / 2 ? [250, 0, 0] : [0, 250, 0]) : (x < width / 2 ? [0, 0, 250] : [250, 250, 0]) }
        }
        return Raster(width: width, height: height, pixels: pixels)
    }

    static func jpeg(_ width: Int = 32, _ height: Int = 16, orientation: UInt8? = nil) throws -> [UInt8] {
        let plain = try raster(width, height).jpeg(quality: 95)
        return orientation.map { Array(plain.prefix(2)) + exif($0) + plain.dropFirst(2) } ?? plain
    }

    /// A camera's note: which way up, and where it was.
    static func exif(_ orientation: UInt8) -> [UInt8] {
        let tiff: [UInt8] = Array("MM".utf8) + [0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0] + Array("GPS 示范市幸福路".utf8)
        let body = Array("Exif\0\0".utf8) + tiff
        return [0xFF, 0xE1, UInt8((body.count + 2) >> 8), UInt8((body.count + 2) & 255)] + body
    }

    static func png(_ channels: PNGChannels = PNGChannels(isColoured: true, isTransparent: false), _ width: Int = 8, _ height: Int = 4) throws -> [UInt8] {
        try Picture.packed([UInt8](repeating: 200, count: width * height * channels.count), width, height, channels)
    }

    @Test("不是图片的、残缺的、太大的，都不收", arguments: [
        ([], .unreadable), ([0xFF, 0xD8, 0xFF], .unreadable), ([0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3], .unreadable), (Array("GIF89a<script>".utf8), .unreadable),
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 9], .unreadable),
    ] as [([UInt8], PictureFault)])
    func faulty(_ bytes: [UInt8], _ fault: PictureFault) { #expect(throws: fault) { try Picture(cleaning: bytes) } }

    @Test("截断的图片不收", arguments: [0.3, 0.6, 0.9])
    func cutOff(_ share: Double) throws {
        for whole in [try Self.jpeg(640, 480), try Self.png(PNGChannels(isColoured: true, isTransparent: true), 300, 200)] {
            #expect(throws: PictureFault.self) { try Picture(cleaning: Array(whole.prefix(Int(Double(whole.count) * share)))) }
        }
    }

    /// The size stands in the header; nothing is unpacked for it.
    @Test("像素炸弹看头部就拒绝", arguments: [(7_071, 7_071, true), (7_072, 7_072, false), (50_000, 1_000, true), (50_001, 1_000, false), (60_000, 60_000, false)])
    func bombs(_ width: Int, _ height: Int, _ fits: Bool) throws {
        if fits { try Picture.require(width, height); return }
        #expect(throws: PictureFault.tooManyPixels(width: width, height: height)) { try Picture.require(width, height) }
        var header = try Self.jpeg()
        let frame = try #require(header.indices.dropLast().first { header[$0] == 0xFF && header[$0 + 1] == 0xC0 })
        header.replaceSubrange(frame + 5 ..< frame + 9, with: [UInt8(height >> 8 & 255), UInt8(height & 255), UInt8(width >> 8 & 255), UInt8(width & 255)])
        #expect(throws: PictureFault.tooManyPixels(width: width & 0xFFFF, height: height & 0xFFFF)) { try Picture(cleaning: header) }
    }

    @Test("照片转正，颜色各归各位", arguments: Orientation.allCases)
    func upright(_ orientation: Orientation) throws {
        // 32×16 are whole blocks and turn without loss; 33×17 are not, and are packed anew.
        for (width, height) in [(32, 16), (33, 17)] {
            let picture = try Picture(cleaning: try Self.jpeg(width, height, orientation: UInt8(orientation.rawValue)))
            #expect(picture.kind == .jpeg)
            #expect((picture.width, picture.height) == (orientation.isSideways ? (height, width) : (width, height)))
            let shown = try JPEGPixels.of(picture.bytes), expected = Self.raster(width, height).turned(orientation)
            for (x, y) in [(2, 2), (shown.width - 3, 2), (2, shown.height - 3), (shown.width - 3, shown.height - 3)] {
                #expect(shown.isNear(expected, x, y), "\(orientation) \(width)×\(height) (\(x), \(y))")
            }
            #expect(Orientation(inJPEG: picture.bytes) == .upright)
        }
    }

    @Test("元数据和图后夹带的内容都不留")
    func nothingBeside() throws {
        let comment: [UInt8] = [0xFF, 0xFE, 0, 12] + Array("secret-dep".utf8)
        let zip = Array("PK\u{3}\u{4}secret.exe<script>alert(1)</script>".utf8)
        let plain = try Self.jpeg(orientation: 6)
        let jpeg = try Picture(cleaning: Array(plain.prefix(2)) + comment + plain.dropFirst(2) + zip)
        let png = try Picture(cleaning: try Self.png() + zip)
        for picture in [jpeg, png] {
            for word in ["secret", "GPS", "幸福路", "script", "Exif", "PK\u{3}\u{4}"] {
                #expect(!picture.bytes.contains(Array(word.utf8)) && !picture.thumbnail.contains(Array(word.utf8)), "\(picture.kind) \(word)")
            }
        }
    }

    @Test("缩略图不超过 320 像素", arguments: [(1, 1, 1, 1), (320, 200, 320, 200), (321, 200, 320, 199), (640, 480, 320, 240), (200, 4_000, 16, 320), (4_000, 3, 320, 1)])
    func thumbnails(_ width: Int, _ height: Int, _ newWidth: Int, _ newHeight: Int) throws {
        for picture in [try Picture(cleaning: try Self.jpeg(width, height)), try Picture(cleaning: try Self.png(.init(isColoured: true, isTransparent: false), width, height))] {
            let small = try JPEGPixels.of(picture.thumbnail)
            #expect((small.width, small.height) == (newWidth, newHeight) && picture.thumbnail.starts(with: [0xFF, 0xD8, 0xFF]))
        }
    }

    @Test("灰度、彩色、透明的 PNG 都原样留存", arguments: [(false, false), (false, true), (true, false), (true, true)])
    func channels(_ isColoured: Bool, _ isTransparent: Bool) throws {
        let picture = try Picture(cleaning: try Self.png(PNGChannels(isColoured: isColoured, isTransparent: isTransparent)))
        #expect(picture.kind == .png && picture.width == 8 && picture.height == 4)
        let type: UInt8 = (isColoured ? 2 : 0) + (isTransparent ? 4 : 0)
        #expect(picture.bytes[25] == type)
        #expect(try Picture(cleaning: picture.bytes).bytes == picture.bytes)
    }
}

enum JPEGPixels {
    static func of(_ bytes: [UInt8]) throws -> Raster { try JPEGRun.decoder().raster(bytes, atLeast: nil) }
}

extension Raster {
    /// Packing blurs a little.
    func isNear(_ other: Raster, _ x: Int, _ y: Int) -> Bool {
        let place = (y * width + x) * 3
        return (0 ..< 3).allSatisfy { abs(Int(pixels[place + $0]) - Int(other.pixels[place + $0])) < 60 }
    }
}

extension [UInt8] {
    func contains(_ other: [UInt8]) -> Bool { Data(self).range(of: Data(other)) != nil }
}
