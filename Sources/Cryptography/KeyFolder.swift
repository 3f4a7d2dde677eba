import Glibc

/// Where the key file lies: `keys` in the data folder, readable by its owner alone.
struct KeyFolder: Sendable {
    let path: String
    private var file: String { path + "/keys" }
    /// Written first, whole, then renamed. Its existence is also the lock between two processes.
    private var draft: String { path + "/keys.new" }

    func read() throws(CryptoError) -> KeyFile {
        guard let text = try contents() else { throw .unreadableKeyFile("找不到密钥文件 \(file)，请放回备份的密钥文件") }
        return try KeyFile(parsing: text)
    }

    func create(_ keys: KeyFile) throws(CryptoError) {
        try holdingDraft { (draft) throws(CryptoError) in
            guard access(file, F_OK) != 0 else {
                throw .unreadableKeyFile("密钥文件 \(file) 已存在，不能覆盖；如需更换密钥，请使用密钥轮换")
            }
            try write(keys, to: draft)
        }
    }

    func exists() throws(CryptoError) -> Bool { try contents() != nil }

    func add(_ key: MasterKey) throws(CryptoError) -> KeyFile {
        try change { (keys) throws(CryptoError) in keys.add(key) }
    }

    /// Reads, changes and replaces under the lock, so that no key added elsewhere is lost.
    func change(_ body: (inout KeyFile) throws(CryptoError) -> Void) throws(CryptoError) -> KeyFile {
        var keys: KeyFile?
        try holdingDraft { (draft) throws(CryptoError) in
            var changed = try read()
            try body(&changed)
            try write(changed, to: draft)
            keys = changed
        }
        guard let keys else { throw .internalFailure("change keys") }
        return keys
    }

    private func holdingDraft(_ body: (Int32) throws(CryptoError) -> Void) throws(CryptoError) {
        let descriptor = Glibc.open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw errno == EEXIST
                ? .unreadableKeyFile("另一次密钥写入正在进行或曾经中断；确认没有其他程序在写后，请删除 \(draft) 再试")
                : failure("无法写入密钥文件 \(draft)")
        }
        defer { close(descriptor) }
        do { try body(descriptor) } catch {
            unlink(draft)
            throw error
        }
    }

    private func write(_ keys: KeyFile, to draft: Int32) throws(CryptoError) {
        let bytes = Array(keys.text.utf8)
        guard fchmod(draft, 0o600) == 0, Glibc.write(draft, bytes, bytes.count) == bytes.count, fsync(draft) == 0,
              rename(self.draft, file) == 0
        else { throw failure("无法写入密钥文件 \(file)") }
        let folder = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw failure("无法打开文件夹 \(path)") }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw failure("无法写入文件夹 \(path)") }
    }

    /// Nil when there is no such file.
    private func contents() throws(CryptoError) -> String? {
        let descriptor = Glibc.open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            guard errno == ENOENT else { throw failure("无法读取密钥文件 \(file)") }
            return nil
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure("无法读取密钥文件 \(file)") }
        guard status.st_mode & 0o077 == 0 else {
            throw .unreadableKeyFile("密钥文件 \(file) 对其他用户开放，请执行 chmod 600 \(file)，并考虑更换密钥")
        }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        guard Glibc.read(descriptor, &bytes, bytes.count) == bytes.count, let text = String(validating: bytes, as: UTF8.self)
        else { throw failure("无法读取密钥文件 \(file)") }
        return text
    }

    private func failure(_ what: String) -> CryptoError {
        .unreadableKeyFile("\(what)：\(String(cString: strerror(errno)))")
    }
}
