/// 限量。How much of a file is unpacked and kept; beyond it the file is refused, never cut off.
public struct TableLimits: Hashable, Sendable {
    /// Parts in an xlsx package.
    public var entries = 10_000
    /// Bytes unpacked from a package in all.
    public var unpackedBytes = 4 << 30
    /// How many times its packed size a part may unpack to, once it is longer than `ratioFromBytes`.
    public var ratio = 200
    /// Short parts may be packed as tightly as they like.
    public var ratioFromBytes = 16 << 20
    /// Different texts in a workbook, and their bytes: they are held in memory.
    public var sharedStrings = 10_000_000
    public var sharedBytes = 256 << 20
    /// Bytes of one row's texts.
    public var rowBytes = 1 << 20
    /// Columns of a header.
    public var columns = 500

    public init() {}
}

/// 怎样读。Which sheet, and on which line the headers stand.
public struct TableOptions: Hashable, Sendable {
    /// The first visible one when nil.
    public var sheet: String?
    /// 表头行. The first line with a text when nil.
    public var headerLine: Int?

    public init(sheet: String? = nil, headerLine: Int? = nil) {
        self.sheet = sheet
        self.headerLine = headerLine
    }
}
