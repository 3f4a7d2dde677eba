import Cryptography

/// 文字摘要。SHA-256 of a text, in hexadecimal: one text, one digest.
public func digest(of text: String) throws -> String { try hash(Array(text.utf8), .international).hex }
