import Documents
import Testing
import Values

/// 二维码。Read back from its modules by the three finder marks and its size; a phone reads the rest.
@Suite struct QRCodeTests {
    @Test("三个角有定位图案，边长合规，画成带白边的图", arguments: ["1", "otpauth://totp/a:b?secret=JBSWY3DPEHPK3PXP", "中文也行"])
    func codesAreSquare(_ text: String) throws {
        let code = try QRCode(text)
        #expect((code.width - 21).isMultiple(of: 4) && code.modules.count == code.width * code.width)
        func dark(_ row: Int, _ column: Int) -> Bool { code.modules[row * code.width + column] }
        for (row, column) in [(0, 0), (0, code.width - 7), (code.width - 7, 0)] {
            #expect((0 ..< 7).allSatisfy { dark(row, column + $0) && dark(row + 6, column + $0) && dark(row + $0, column) && dark(row + $0, column + 6) })
            #expect((1 ... 5).allSatisfy { !dark(row + 1, column + $0) } && dark(row + 3, column + 3))
        }
        #expect(code.svg.contains("viewBox=\"0 0 \(code.width + 8) \(code.width + 8)\"") && !code.svg.contains("style"))
    }

    @Test("放不下的和空的：说明白", arguments: ["", String(repeating: "长", count: 2_000)])
    func tooLongIsRefused(_ text: String) {
        #expect(throws: Refusal.self) { try QRCode(text) }
    }
}
