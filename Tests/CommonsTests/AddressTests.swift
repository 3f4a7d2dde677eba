@testable import Commons
import Testing
import Values

/// Addresses carry what people typed, whatever it is.
@Suite struct AddressTests {
    @Test("地址里的值都编码，空的不写", arguments: [
        ("", "/a"), ("张 三", "/a?q=%E5%BC%A0%20%E4%B8%89"), ("a&b=c#d?e/f", "/a?q=a%26b%3Dc%23d%3Fe%2Ff"), ("A-z.0_9~", "/a?q=A-z.0_9~"), ("%", "/a?q=%25"), ("\n", "/a?q=%0A"),
    ])
    func valuesAreEncoded(_ value: String, _ expected: String) {
        #expect(address("/a", ["q": value, "none": nil]) == expected)
    }

    @Test("起止：说最后一天；没有结束的只说起")
    func periodsAreToldWithTheirLastDay() {
        #expect(lasting(day(2024, 1, 1), day(2024, 7, 1)) == "2024年1月1日至2024年6月30日")
        #expect(lasting(day(2024, 2, 29), day(2024, 3, 1)) == "2024年2月29日至2024年2月29日")
        #expect(lasting(day(2024, 7, 1), nil) == "2024年7月1日起")
    }
}
