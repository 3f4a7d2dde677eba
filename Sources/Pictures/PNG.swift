import CPNG

extension Picture {
    /// Eight bits a channel; grey stays grey, and only what is transparent keeps that channel.
    init(png bytes: [UInt8]) throws(PictureFault) {
        var image = png_image()
        image.version = png_uint_32(PNG_IMAGE_VERSION)
        defer { png_image_free(&image) }
        guard png_image_begin_read_from_memory(&image, bytes, bytes.count) != 0 else { throw .unreadable }
        let width = Int(image.width), height = Int(image.height)
        try Self.require(width, height)
        let channels = PNGChannels(ofFormat: image.format)
        image.format = channels.format
        var pixels = [UInt8](repeating: 0, count: width * height * channels.count)
        guard png_image_finish_read(&image, nil, &pixels, 0, nil) != 0 else { throw image.isCutOff ? .incomplete : .unreadable }
        let small = Raster(width: width, height: height, pixels: pixels, channels).shrunk(to: Picture.thumbnailEdge)
        self.init(kind: .png, bytes: try Self.packed(pixels, width, height, channels), width: width, height: height, thumbnail: try small.jpeg(quality: 80))
    }

    /// Pixels as a PNG with nothing beside them.
    static func packed(_ pixels: [UInt8], _ width: Int, _ height: Int, _ channels: PNGChannels) throws(PictureFault) -> [UInt8] {
        var image = png_image()
        image.version = png_uint_32(PNG_IMAGE_VERSION)
        image.width = png_uint_32(width)
        image.height = png_uint_32(height)
        image.format = channels.format
        defer { png_image_free(&image) }
        // Deflate adds less than a thousandth to what it can't press; a row adds its filter.
        var count = png_alloc_size_t(pixels.count + pixels.count / 500 + height + 65_536)
        var packed = [UInt8](repeating: 0, count: count)
        guard png_image_write_to_memory(&image, &packed, &count, 0, pixels, 0, nil) != 0 else { throw .exhausted }
        return Array(packed.prefix(count))
    }
}

/// Which channels a pixel has.
struct PNGChannels: Hashable, Sendable {
    let isColoured: Bool
    let isTransparent: Bool

    init(isColoured: Bool, isTransparent: Bool) {
        self.isColoured = isColoured
        self.isTransparent = isTransparent
    }

    init(ofFormat format: png_uint_32) {
        isTransparent = format & png_uint_32(PNG_FORMAT_FLAG_ALPHA) != 0
        isColoured = format & png_uint_32(PNG_FORMAT_FLAG_COLOR) != 0
    }

    var count: Int { (isColoured ? 3 : 1) + (isTransparent ? 1 : 0) }
    var format: png_uint_32 { png_uint_32((isColoured ? PNG_FORMAT_FLAG_COLOR : 0) | (isTransparent ? PNG_FORMAT_FLAG_ALPHA : 0)) }
}

extension png_image {
    fileprivate var isCutOff: Bool {
        let text = withUnsafeBytes(of: message) { bytes in String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self) }.lowercased()
        return text.contains("not enough") || text.contains("too short") || text.contains("past end") || text.contains("read beyond")
    }
}

extension Raster {
    /// Red, green and blue on white paper.
    init(width: Int, height: Int, pixels: [UInt8], _ channels: PNGChannels) {
        guard channels.count != 3 else { self.init(width: width, height: height, pixels: pixels); return }
        var opaque = [UInt8](repeating: 255, count: width * height * 3)
        for pixel in 0 ..< width * height {
            let start = pixel * channels.count
            let alpha = channels.isTransparent ? Int(pixels[start + channels.count - 1]) : 255
            for colour in 0 ..< 3 {
                let value = Int(pixels[start + (channels.isColoured ? colour : 0)])
                opaque[pixel * 3 + colour] = UInt8((value * alpha + 255 * (255 - alpha)) / 255)
            }
        }
        self.init(width: width, height: height, pixels: opaque)
    }
}
