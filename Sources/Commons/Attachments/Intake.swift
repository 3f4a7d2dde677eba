import Foundation
import Pictures
import Values

/// 收件。What becomes of a file before it is kept: judged by its content, cleaned, named for what it is.
struct Intake: Sendable {
    let content: [UInt8]
    /// `image/jpeg`, `image/png` or `application/pdf`.
    let type: String
    let filename: String
    /// A small JPEG; nil for documents.
    let thumbnail: [UInt8]?

    /// - Throws: `.invalid` for anything but whole, sound JPEG, PNG and PDF; `.tooLarge` for pictures of too many pixels.
    init(_ bytes: [UInt8], filename: String) throws(Refusal) {
        if Picture.kind(of: bytes) != nil {
            let picture = try Self.picture(bytes)
            self.init(content: picture.bytes, type: picture.kind.rawValue, filename: filename, thumbnail: picture.thumbnail)
        } else if PortableDocument.isOne(bytes) {
            self.init(content: try PortableDocument(bytes).bytes, type: "application/pdf", filename: filename, thumbnail: nil)
        } else {
            throw .invalid("只收 JPG、PNG 图片和 PDF 文件，请换一个文件")
        }
    }

    private init(content: [UInt8], type: String, filename: String, thumbnail: [UInt8]?) {
        self.content = content
        self.type = type
        self.filename = FileName(filename, type: type).text
        self.thumbnail = thumbnail
    }

    private static func picture(_ bytes: [UInt8]) throws(Refusal) -> Picture {
        do {
            return try Picture(cleaning: bytes)
        } catch {
            switch error {
            case .unreadable: throw .invalid("这张图片打不开，可能已损坏，请重新拍照或另存后再上传")
            case .incomplete: throw .invalid("这张图片不完整，可能没有传完，请重新拍照或另存后再上传")
            case .printColours: throw .invalid("这张图片用的是印刷颜色（CMYK），请用看图软件另存为普通 JPG 再上传")
            case .tooManyPixels: throw .tooLarge("图片超过 5000 万像素，请缩小后再上传")
            case .exhausted: throw .busy("现在处理的图片太多，请稍等片刻再上传")
            }
        }
    }

    /// Pictures are unpacked two at a time at most, whoever sends them: fifty million pixels take two hundred megabytes.
    private static let desk: OperationQueue = {
        let desk = OperationQueue()
        desk.maxConcurrentOperationCount = 2
        desk.name = "intake"
        return desk
    }()

    /// The same on threads of its own, never on those that serve requests.
    static func take(_ bytes: [UInt8], filename: String) async throws(Refusal) -> Intake {
        let outcome: Result<Intake, Refusal> = await withCheckedContinuation { caller in
            desk.addOperation { caller.resume(returning: Result { () throws(Refusal) in try Intake(bytes, filename: filename) }) }
        }
        return try outcome.get()
    }
}
