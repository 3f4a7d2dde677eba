import Values

/// Looks at the first bytes of a file and opens it as what it is.
func openRows(_ path: String, options: TableOptions, limits: TableLimits) throws -> any RowSource {
    let file = try FileBlocks(path: path)
    let start = try file.peek(8)
    guard !start.isEmpty else { throw Refusal.invalid("文件是空的，请确认上传的是填好的表") }
    if start.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return try SheetSource(path: path, options: options, limits: limits) }
    if start.starts(with: [0x50, 0x4B]) { throw Refusal.invalid("压缩包里没有电子表格，请上传 .xlsx 或 CSV 文件") }
    if start.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
        throw Refusal.invalid("文件是旧版 .xls 格式或设了打开密码，请在表格软件中取消密码，另存为 .xlsx 后重新上传")
    }
    if start.starts(with: Array("%PDF".utf8)) { throw Refusal.invalid("文件是 PDF，不是表格，请上传 .xlsx 或 CSV 文件") }
    return try CSVSource(file, limits: limits)
}
