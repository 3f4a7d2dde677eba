import CZip
import Glibc
import Values

/// A package of parts, read only; nothing in it is ever written to disk, so the names inside can't lead anywhere.
final class ZipArchive {
    private let archive: OpaquePointer
    private let limits: TableLimits
    private var unpacked: [UInt64: Int] = [:]
    private var total = 0

    /// - Throws: `invalid` when the package is damaged, `tooLarge` when it holds too many parts.
    init(path: String, limits: TableLimits) throws(Refusal) {
        var fault: Int32 = 0
        guard let archive = zip_open(path, ZIP_RDONLY, &fault) else { throw Self.damaged }
        (self.archive, self.limits) = (archive, limits)
        try checkCount()
    }

    /// A package that is in memory already, and never goes to disk.
    init(_ bytes: [UInt8], limits: TableLimits) throws(Refusal) {
        // The source takes the copy over, and frees it with itself.
        guard let copy = malloc(max(bytes.count, 1)) else { throw Self.tooBig }
        bytes.withUnsafeBytes { if let base = $0.baseAddress { memcpy(copy, base, bytes.count) } }
        guard let source = zip_source_buffer_create(copy, UInt64(bytes.count), 1, nil) else {
            free(copy)
            throw Self.damaged
        }
        guard let archive = zip_open_from_source(source, ZIP_RDONLY, nil) else {
            zip_source_free(source)
            throw Self.damaged
        }
        (self.archive, self.limits) = (archive, limits)
        try checkCount()
    }

    private func checkCount() throws(Refusal) {
        let count = zip_get_num_entries(archive, 0)
        guard count <= limits.entries else { throw .tooLarge("文件里有 \(count) 个部件，不像正常的电子表格，请另存为 .xlsx 后重新上传") }
    }

    deinit { zip_discard(archive) }

    static var damaged: Refusal { .invalid("文件已损坏或没有传完，请在表格软件中打开检查，另存为 .xlsx 后重新上传") }
    static var tooBig: Refusal { .tooLarge("文件解开后过大，无法读取，请删去无关的内容或拆成几个文件后重新上传") }

    /// The part of that name; nil when there is none.
    /// - Throws: `tooLarge` or `invalid` when it says itself that it can't be read.
    func part(_ name: String) throws(Refusal) -> ZipPart? {
        var place = zip_name_locate(archive, name, 0)
        if place < 0 { place = zip_name_locate(archive, name, UInt32(ZIP_FL_NOCASE)) }
        guard place >= 0 else { return nil }
        var facts = zip_stat_t()
        guard zip_stat_index(archive, UInt64(place), 0, &facts) == 0 else { throw Self.damaged }
        guard facts.encryption_method == UInt16(ZIP_EM_NONE) else { throw .invalid("文件设了密码，请取消密码后重新上传") }
        let packed = Int(clamping: facts.comp_size), size = Int(clamping: facts.size)
        try check(size, packed: packed)
        guard let file = zip_fopen_index(archive, UInt64(place), 0) else { throw Self.damaged }
        return ZipPart(file, of: self, index: UInt64(place), packed: packed, size: size)
    }

    /// Takes note of how far a part is unpacked; a part read twice counts once.
    fileprivate func note(_ length: Int, of index: UInt64, packed: Int) throws(Refusal) {
        let before = unpacked[index] ?? 0
        guard length > before else { return }
        unpacked[index] = length
        total += length - before
        guard total <= limits.unpackedBytes else { throw Self.tooBig }
        try check(length, packed: packed)
    }

    private func check(_ length: Int, packed: Int) throws(Refusal) {
        guard length <= limits.unpackedBytes else { throw Self.tooBig }
        guard length <= limits.ratioFromBytes || length / limits.ratio <= packed else { throw Self.tooBig }
    }
}

/// One part, unpacked as it is read.
final class ZipPart {
    private let file: OpaquePointer
    private let archive: ZipArchive
    private let index: UInt64
    private let packed: Int
    private let size: Int
    private var length = 0

    fileprivate init(_ file: OpaquePointer, of archive: ZipArchive, index: UInt64, packed: Int, size: Int) {
        (self.file, self.archive, self.index, self.packed, self.size) = (file, archive, index, packed, size)
    }

    deinit { zip_fclose(file) }

    /// What it says of its own length.
    var declaredLength: Int { size }

    /// How much is read, 0 to 100.
    var percentRead: Int { size > 0 ? min(100, length * 100 / size) : 100 }

    /// Fills a buffer with what comes next; 0 at the end, where the checksum has been found right.
    func read(into space: UnsafeMutableRawBufferPointer) throws(Refusal) -> Int {
        let count = Int(zip_fread(file, space.baseAddress, UInt64(space.count)))
        guard count >= 0 else { throw ZipArchive.damaged }
        length += count
        try archive.note(length, of: index, packed: packed)
        guard count > 0 || length == size else { throw ZipArchive.damaged }
        return count
    }
}
