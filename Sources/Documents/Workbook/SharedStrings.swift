import Values

/// The texts that cells share, one after another in one block of bytes.
struct SharedStrings {
    private var bytes: [UInt8] = []
    private var ends: [UInt32] = []

    init() {}

    /// - Throws: `tooLarge` when there are more than may be held in memory.
    init(_ part: ZipPart, limits: TableLimits) throws(Refusal) {
        let xml = try XMLScanner(part)
        bytes.reserveCapacity(min(part.declaredLength, limits.sharedBytes))
        var isPhonetic = false, isText = false
        while true {
            switch try xml.next() {
            case .end: return
            case .opening where xml.isNamed("t"): isText = !isPhonetic
            case .opening where xml.isNamed("rPh"): isPhonetic = true
            case .closing where xml.isNamed("t"): isText = false
            case .closing where xml.isNamed("rPh"): isPhonetic = false
            case .closing where xml.isNamed("si"): try close(limits)
            case .text where isText:
                try xml.appendText(to: &bytes)
                try check(limits)
            default: continue
            }
        }
    }

    private mutating func close(_ limits: TableLimits) throws(Refusal) {
        ends.append(UInt32(bytes.count))
        try check(limits)
    }

    private func check(_ limits: TableLimits) throws(Refusal) {
        guard ends.count <= limits.sharedStrings, bytes.count <= min(limits.sharedBytes, Int(UInt32.max)) else {
            throw .tooLarge("表里不同的文字超过 \(limits.sharedStrings) 条或 \(limits.sharedBytes >> 20) MB，请拆成几个文件，或另存为 CSV 后上传")
        }
    }

    /// Adds the text of that number to `text`; false when there is none.
    func append(_ index: Int, to text: inout [UInt8]) -> Bool {
        guard ends.indices.contains(index) else { return false }
        text.append(contentsOf: bytes[(index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])])
        return true
    }
}
