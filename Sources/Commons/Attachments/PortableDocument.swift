import Values

/// PDF 文件。Checked at both ends and for what would act by itself; what stands behind its end is cut off.
struct PortableDocument: Hashable {
    let bytes: [UInt8]

    static func isOne(_ bytes: [UInt8]) -> Bool { bytes.starts(with: Array("%PDF-".utf8)) }

    /// How far from the end of the file its last mark may stand.
    private static let tail = 2_048
    /// Names by which a document acts by itself or carries others along (ISO 32000-1, 7.11, 12.6.4, 12.7.8, 13).
    private static let acting: Set<String> = ["JavaScript", "JS", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia", "XFA", "SubmitForm", "ImportData", "GoToE"]

    /// - Throws: `.invalid` for a document that breaks off, or carries programs or files.
    init(_ bytes: [UInt8]) throws(Refusal) {
        guard bytes.count > 15, bytes[5].isDigit, bytes[6] == UInt8(ascii: "."), let end = Self.end(of: bytes) else {
            throw .invalid("这份 PDF 不完整或已损坏，请重新导出或扫描后再上传")
        }
        guard !Self.acts(bytes[..<end]) else {
            throw .invalid("这份 PDF 里带有脚本、表单程序或夹带的文件，不能收存。请打开后用“打印为 PDF”另存一份再上传")
        }
        self.bytes = Array(bytes[..<end])
    }

    /// Behind the last `%%EOF` and its line break; nil when there is none near the end.
    private static func end(of bytes: [UInt8]) -> Int? {
        let mark = Array("%%EOF".utf8), first = max(0, bytes.count - tail - mark.count)
        guard let start = (first ... bytes.count - mark.count).last(where: { bytes[$0 ..< $0 + mark.count].elementsEqual(mark) }) else { return nil }
        var end = start + mark.count
        while end < bytes.count, bytes[end] == 0x0D || bytes[end] == 0x0A { end += 1 }
        return end
    }

    /// Whether any name outside the streams is one of the acting ones. What a compressed object hides is met by how documents are handed out:
    /// saved, never opened in the page, without an origin.
    private static func acts(_ bytes: ArraySlice<UInt8>) -> Bool {
        var place = bytes.startIndex
        while place < bytes.endIndex {
            if bytes[place] == UInt8(ascii: "/") {
                let name = name(in: bytes, at: place + 1)
                if acting.contains(name.text) { return true }
                place = name.end
            } else if bytes[place] == UInt8(ascii: "s"), bytes[place...].starts(with: streamStart) {
                place = endOfStream(in: bytes, from: place + streamStart.count)
            } else {
                place += 1
            }
        }
        return false
    }

    private static let streamStart = Array("stream".utf8), streamEnd = Array("endstream".utf8)

    /// Up to a space or a delimiter; `#4A` stands for a letter (7.3.5).
    private static func name(in bytes: ArraySlice<UInt8>, at start: Int) -> (text: String, end: Int) {
        var place = start, name: [UInt8] = []
        while place < bytes.endIndex, bytes[place] > 0x20, !delimiters.contains(bytes[place]), name.count < 40 {
            let digits = bytes[(place + 1)...].prefix(2)
            if bytes[place] == UInt8(ascii: "#"), digits.count == 2, let code = UInt8(String(decoding: digits, as: UTF8.self), radix: 16) {
                name.append(code)
                place += 3
            } else {
                name.append(bytes[place])
                place += 1
            }
        }
        return (String(decoding: name, as: UTF8.self), max(place, start))
    }

    private static let delimiters = Set("()<>[]{}/%".utf8)

    private static func endOfStream(in bytes: ArraySlice<UInt8>, from start: Int) -> Int {
        var place = start
        while place < bytes.endIndex {
            if bytes[place] == UInt8(ascii: "e"), bytes[place...].starts(with: streamEnd) { return place + streamEnd.count }
            place += 1
        }
        return place
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (UInt8(ascii: "0") ... UInt8(ascii: "9")).contains(self) }
}
