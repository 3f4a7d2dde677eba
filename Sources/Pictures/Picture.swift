/// 图片。A picture as it may be kept: decoded once, so that nothing but the picture is left of what came.
///
/// Camera data, place, comments, colour profiles and whatever stood behind the picture's end are gone; it stands upright.
public struct Picture: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable {
        case jpeg = "image/jpeg"
        case png = "image/png"
    }

    public let kind: Kind
    public let bytes: [UInt8]
    /// In pixels, as it is looked at.
    public let width: Int
    public let height: Int
    /// A JPEG of at most `thumbnailEdge` pixels either way.
    public let thumbnail: [UInt8]

    /// A photograph of the largest common cameras; told from the header, before anything is unpacked.
    public static let maximumPixels = 50_000_000
    public static let thumbnailEdge = 320

    /// What a file is by its first bytes; nil for anything but JPEG and PNG.
    public static func kind(of bytes: [UInt8]) -> Kind? {
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return .jpeg }
        return bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? .png : nil
    }

    /// Unpacks and packs the picture anew. A JPEG keeps its quality unless it must be turned and its size forbids doing so without loss.
    /// - Throws: `PictureFault` for what is no picture, no whole one, or too large.
    public init(cleaning bytes: [UInt8]) throws(PictureFault) {
        switch Self.kind(of: bytes) {
        case .jpeg: try self.init(jpeg: bytes)
        case .png: try self.init(png: bytes)
        case nil: throw .unreadable
        }
    }

    init(kind: Kind, bytes: [UInt8], width: Int, height: Int, thumbnail: [UInt8]) {
        self.kind = kind
        self.bytes = bytes
        self.width = width
        self.height = height
        self.thumbnail = thumbnail
    }

    /// - Throws: `tooManyPixels` over the limit, `unreadable` for an empty picture.
    static func require(_ width: Int, _ height: Int) throws(PictureFault) {
        guard width > 0, height > 0 else { throw .unreadable }
        guard width <= maximumPixels, height <= maximumPixels, width * height <= maximumPixels else { throw .tooManyPixels(width: width, height: height) }
    }
}

/// Why a picture isn't taken.
public enum PictureFault: Error, Hashable, Sendable {
    /// No picture, or one that is damaged.
    case unreadable
    /// The picture breaks off before its end.
    case incomplete
    /// Colours for printing machines (CMYK), which screens don't show.
    case printColours
    case tooManyPixels(width: Int, height: Int)
    /// Not enough memory for this picture now.
    case exhausted
}
