import Hummingbird
import Values

/// Decodes `a=1&b=2` as it arrives. A text beyond the limit is passed over to its end.
struct URLEncodedDecoder {
    private var form = SentForm()
    private var name: [UInt8] = []
    private var text: [UInt8] = []
    private var isInText = false
    private var isWhole = true
    /// The digits of an escape that a chunk may have cut in two; nil outside one.
    private var escape: [UInt8]?
    private let textBytes: Int

    init(textBytes: Int = FormLimits.textBytes) { self.textBytes = textBytes }

    mutating func take(_ chunk: ByteBuffer) throws(Refusal) {
        let bytes = Array(chunk.readableBytesView)
        var index = 0
        while index < bytes.count {
            if isInText, !isWhole {
                guard let end = bytes[index...].firstIndex(of: UInt8(ascii: "&")) else { return }
                index = end
                escape = nil
            }
            try take(bytes[index])
            index += 1
        }
    }

    private mutating func take(_ byte: UInt8) throws(Refusal) {
        if var digits = escape {
            digits.append(byte)
            escape = digits.count < 2 ? digits : nil
            if digits.count == 2 { try keep(Self.unescaped(digits)) }
            return
        }
        switch byte {
        case UInt8(ascii: "%"): escape = []
        case UInt8(ascii: "&"): try endPair()
        case UInt8(ascii: "=") where !isInText: isInText = true
        case UInt8(ascii: "+"): try keep(UInt8(ascii: " "))
        default: try keep(byte)
        }
    }

    private static func unescaped(_ digits: [UInt8]) throws(Refusal) -> UInt8 {
        guard let byte = UInt8(String(decoding: digits, as: UTF8.self), radix: 16) else { throw .invalid("表单内容残缺，请返回上一页重新提交") }
        return byte
    }

    private mutating func keep(_ byte: UInt8) throws(Refusal) {
        if isInText {
            if text.count < textBytes { text.append(byte) } else { isWhole = false }
        } else {
            guard name.count < FormLimits.nameBytes else { throw .invalid("表单里有名称过长的项，请返回上一页，刷新后再提交") }
            name.append(byte)
        }
    }

    private mutating func endPair() throws(Refusal) {
        if !name.isEmpty { try form.add(String(decoding: name, as: UTF8.self), String(decoding: text, as: UTF8.self), isWhole: isWhole) }
        name = []
        text = []
        isInText = false
        isWhole = true
    }

    mutating func finished() throws(Refusal) -> SentForm {
        try endPair()
        return form
    }
}
