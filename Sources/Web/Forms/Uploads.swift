import Commons
import Kernel
import Values

/// 随表单上传的附件。Stored first; from then on the form carries their ids.
struct Uploads {
    let services: Services
    let outline: Outline
    let actor: Actor

    /// Puts the id of each file into its field; a file that isn't taken becomes a problem there.
    func store(_ form: SentForm, into values: inout RawFields) async throws -> [Refusal.Problem] {
        var problems: [Refusal.Problem] = []
        for file in form.files {
            let path = Array(file.name.split(separator: ".").map(String.init).dropLast())
            guard file.name.hasSuffix("." + FormReader.filePart), case .value(.attachment, _)? = outline.field(at: path)?.content else {
                throw Refusal.invalid("表单里有这一页没有的附件，没有办理任何事。请重新打开表单再填")
            }
            do {
                guard file.isWhole else { throw Refusal.tooLarge("文件超过 10 MB，请压缩或分开上传") }
                let attachment = try await services.attachments.store(file.content, filename: file.filename, by: actor)
                values.set(.typed(attachment.id.text), at: path[...])
            } catch let refusal as Refusal where refusal.kind != .busy {
                problems += refusal.at(path).problems
            }
        }
        return problems
    }
}
