import Commons
import Kernel
import Storage
import Values

/// 随表单上传的附件。Stored first; from then on the form carries their ids.
struct Uploads {
    let services: Services
    let outline: Outline
    let actor: Actor

    /// Puts the id of each file into its field; a file that isn't taken becomes a problem there.
    /// Further files chosen for one field of a repeated row get rows of their own behind it, alike in everything else.
    func store(_ form: SentForm, into values: inout RawFields) async throws -> [Refusal.Problem] {
        var problems: [Refusal.Problem] = [], taken: Set<[String]> = []
        for file in form.files {
            var path = Array(file.name.split(separator: ".").map(String.init).dropLast())
            guard file.name.hasSuffix("." + FormReader.filePart), case .value(.attachment, _)? = outline.field(at: path)?.content else {
                throw Refusal.invalid("表单里有这一页没有的附件，没有办理任何事。请重新打开表单再填")
            }
            if taken.contains(path), path.count > 2, let row = values.repeatRow(at: path.dropLast()) { path = row + path.suffix(1) }
            taken.insert(path)
            do {
                guard file.isWhole else { throw Refusal.tooLarge("文件超过 10 MB，请压缩或分开上传") }
                let attachment = try await services.attachments.store(file.content, filename: file.filename, by: actor)
                values.set(.typed(attachment.id.text), at: path[...])
            } catch let refusal as Refusal where refusal.kind != .busy {
                problems += refusal.at(path).problems
            } catch StorageError.full {
                problems += Refusal.busy("服务器的磁盘满了，这份文件没有存上。其他内容都还在，请通知系统管理员清出空间后再上传").at(path).problems
            }
        }
        return problems
    }
}
