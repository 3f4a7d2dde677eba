import CTurboJPEG

extension Picture {
    /// The coefficients are copied, not the picture: no loss, no markers, nothing behind the end.
    init(jpeg bytes: [UInt8]) throws(PictureFault) {
        let decoder = try JPEGRun.decoder()
        let size = try decoder.size(of: bytes)
        try Self.require(size.width, size.height)
        let orientation = Orientation(inJPEG: bytes)
        let kept = try Self.turned(bytes, orientation, decoder)
        let upright = try decoder.size(of: kept)
        let small = try decoder.raster(kept, atLeast: Picture.thumbnailEdge).shrunk(to: Picture.thumbnailEdge)
        self.init(kind: .jpeg, bytes: kept, width: upright.width, height: upright.height, thumbnail: try small.jpeg(quality: 80))
    }

    /// Turning whole blocks loses nothing; where the edge cuts through a block the picture is unpacked, turned and packed anew.
    private static func turned(_ bytes: [UInt8], _ orientation: Orientation, _ decoder: borrowing JPEGRun) throws(PictureFault) -> [UInt8] {
        if let copied = try JPEGRun(tjInitTransform()).transformed(bytes, orientation) { return copied }
        return try decoder.raster(bytes, atLeast: nil).turned(orientation).jpeg(quality: 92)
    }
}

/// One use of libjpeg-turbo.
struct JPEGRun: ~Copyable {
    private let handle: tjhandle

    init(_ handle: tjhandle?) throws(PictureFault) {
        guard let handle else { throw .exhausted }
        self.handle = handle
    }

    deinit { tjDestroy(handle) }

    static func decoder() throws(PictureFault) -> JPEGRun { try JPEGRun(tjInitDecompress()) }

    /// From the header alone.
    borrowing func size(of bytes: [UInt8]) throws(PictureFault) -> (width: Int, height: Int) {
        var width: Int32 = 0, height: Int32 = 0, sampling: Int32 = 0, colours: Int32 = 0
        guard tjDecompressHeader3(handle, bytes, UInt(bytes.count), &width, &height, &sampling, &colours) == 0 else { throw .unreadable }
        guard colours != Int32(TJCS_CMYK.rawValue), colours != Int32(TJCS_YCCK.rawValue) else { throw .printColours }
        return (Int(width), Int(height))
    }

    /// Nil when the turn isn't possible without loss.
    borrowing func transformed(_ bytes: [UInt8], _ orientation: Orientation) throws(PictureFault) -> [UInt8]? {
        var transform = tjtransform()
        transform.op = Int32(orientation.operation.rawValue)
        transform.options = Int32(TJXOPT_COPYNONE) | (orientation == .upright ? 0 : Int32(TJXOPT_PERFECT))
        var output: UnsafeMutablePointer<UInt8>?, count: UInt = 0
        defer { tjFree(output) }
        let outcome = tjTransform(handle, bytes, UInt(bytes.count), 1, &output, &count, &transform, TJFLAG_LIMITSCANS)
        if outcome != 0 {
            guard let fault = fault() else { return nil }
            if fault != .none { throw fault.picture }
        }
        guard let output, count > 0 else { throw .unreadable }
        return Array(UnsafeBufferPointer(start: output, count: Int(count)))
    }

    /// Red, green and blue, unpacked at the smallest scale that is still at least `edge` pixels one way; nil for the full size.
    borrowing func raster(_ bytes: [UInt8], atLeast edge: Int?) throws(PictureFault) -> Raster {
        let full = try size(of: bytes)
        let eighths = edge.flatMap { edge in [1, 2, 4].first { max(full.width, full.height) * $0 / 8 >= edge } } ?? 8
        let width = (full.width * eighths + 7) / 8, height = (full.height * eighths + 7) / 8
        var pixels = [UInt8](repeating: 0, count: width * height * 3)
        let outcome = tjDecompress2(handle, bytes, UInt(bytes.count), &pixels, Int32(width), 0, Int32(height), Int32(TJPF_RGB.rawValue), TJFLAG_LIMITSCANS)
        if outcome != 0, let fault = fault(), fault != .none { throw fault.picture }
        return Raster(width: width, height: height, pixels: pixels)
    }

    private enum Failing: Equatable {
        /// A blemish that every viewer passes over.
        case none
        case fatal, cutOff

        var picture: PictureFault { self == .cutOff ? .incomplete : .unreadable }
    }

    /// What the last call met; nil when a turn was refused for want of whole blocks.
    private borrowing func fault() -> Failing? {
        let text = String(cString: tjGetErrorStr2(handle)).lowercased()
        if text.contains("not perfect") { return nil }
        if text.contains("premature end") { return .cutOff }
        return tjGetErrorCode(handle) == Int32(TJERR_WARNING.rawValue) ? Failing.none : .fatal
    }
}

extension Orientation {
    fileprivate var operation: TJXOP {
        switch self {
        case .upright: TJXOP_NONE
        case .mirrored: TJXOP_HFLIP
        case .upsideDown: TJXOP_ROT180
        case .upsideDownMirrored: TJXOP_VFLIP
        case .leftMirrored: TJXOP_TRANSPOSE
        case .left: TJXOP_ROT90
        case .rightMirrored: TJXOP_TRANSVERSE
        case .right: TJXOP_ROT270
        }
    }
}

extension Raster {
    /// - Parameter quality: 1 to 100.
    func jpeg(quality: Int32) throws(PictureFault) -> [UInt8] {
        guard let handle = tjInitCompress() else { throw .exhausted }
        defer { tjDestroy(handle) }
        var output: UnsafeMutablePointer<UInt8>?, count: UInt = 0
        defer { tjFree(output) }
        let outcome = tjCompress2(handle, pixels, Int32(width), 0, Int32(height), Int32(TJPF_RGB.rawValue), &output, &count,
                                  Int32(TJSAMP_420.rawValue), quality, 0)
        guard outcome == 0, let output else { throw .exhausted }
        return Array(UnsafeBufferPointer(start: output, count: Int(count)))
    }
}
