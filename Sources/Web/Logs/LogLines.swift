import Foundation
import Kernel
import Logging
import Values

/// 日志行。One event, one line, to the errors: words for people or JSON for machines.
///
/// Whatever an event holds keeps to its line: controls, line breaks and marks that turn the direction of writing are written as `\u{…}`.
/// Events hold no personal data; as a last defence any number as long as a telephone's or an identity card's is blotted out.
public struct LogLines: LogHandler {
    public enum Format: String, Sendable, CaseIterable { case text, json }

    public var logLevel = Logger.Level.info
    public var metadata: Logger.Metadata = [:]
    private let format: Format
    private let label: String
    private let node: String
    private let clock: any WallClock
    private let write: @Sendable (String) -> Void

    public init(_ format: Format, label: String, node: String, clock: any WallClock = SystemClock(),
                write: @escaping @Sendable (String) -> Void = { FileHandle.standardError.write(Data($0.utf8)) }) {
        self.format = format
        self.label = label
        self.node = node
        self.clock = clock
        self.write = write
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }.filter { $0.key != "hb.request.id" }
        let fields = all.sorted { $0.key < $1.key }.map { (Self.plain($0.key), Self.plain("\($0.value)")) }
        let message = Self.plain("\(event.message)"), at = clock.now().typed
        switch format {
        case .text:
            let rest = fields.map { " \($0)=\($1.contains(" ") ? "\"\($1)\"" : $1)" }.joined()
            write("\(at) \(event.level) \(node) \(message)\(rest)\n")
        case .json:
            let head = [("at", at), ("level", "\(event.level)"), ("node", node), ("logger", label), ("event", message)]
            let names = Set(head.map(\.0))
            let members = head.map { JSON.Member($0, .string($1)) } + fields.map { JSON.Member(names.contains($0) ? "\($0)_" : $0, Self.value($0, $1)) }
            write(JSON.object(members).text + "\n")
        }
    }

    /// Status and milliseconds are numbers, so that they can be compared and summed.
    private static func value(_ name: String, _ text: String) -> JSON {
        guard ["ms", "status"].contains(name), let number = Int64(text) else { return .string(text) }
        return .integer(number)
    }
}

extension LogLines {
    /// On one line, and without long numbers.
    static func plain(_ text: String) -> String {
        var out = String.UnicodeScalarView(), digits: [Unicode.Scalar] = []
        func settle() {
            out.append(contentsOf: digits.count >= 11 ? Array("…".unicodeScalars) : digits)
            digits = []
        }
        for scalar in text.unicodeScalars {
            if scalar.properties.numericType == .decimal { digits.append(scalar); continue }
            settle()
            if isTroublesome(scalar) { out.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars) } else { out.append(scalar) }
        }
        settle()
        return String(out)
    }

    /// Controls, separators of lines, marks of direction.
    private static func isTroublesome(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0 ..< 0x20, 0x7F ... 0x9F, 0x200E, 0x200F, 0x2028 ... 0x202E, 0x2066 ... 0x2069: true
        default: false
        }
    }
}
