import Bureau
import Hummingbird
import HummingbirdTesting
import Kernel
import Testing
import Values
@testable import Web

/// Every address of the real bureau answers every role: with the page, or with whose business it is.
@Suite struct BureauTests {
    @Test("每个岗位打开每个栏目、台账、表单和试算，没有一页出错", arguments: Role.allCases.filter(Set<Role>.everyone.contains))
    func everyAddressAnswersEveryRole(_ role: Role) async throws {
        let house = try await TestHouse()
        try await house.open("someone", role, region: "000181")
        try await application(house.services).test(.router) { client in
            var browser = Browser(client: client)
            try await browser.signIn("someone")
            #expect(browser.page.location == "/")
            for line in house.services.house.lines {
                try await Self.visit("/\(line.name)", line.isOpen(to: role), &browser)
                for page in line.pages where !page.path.contains("{") { try await Self.visit("/\(line.name)/\(page.path)", page.roles.contains(role), &browser) }
                for listing in line.listings { try await Self.visit("/\(line.name)/\(listing.name)", listing.roles.contains(role), &browser) }
                for inquiry in line.inquiries { try await Self.visit("/\(line.name)/ask/\(inquiry.name)", inquiry.roles.contains(role), &browser) }
                for action in line.beginnings(for: role) { try await Self.visit("/\(line.name)/do/\(action.name)", true, &browser) }
                for action in line.actions where !action.roles.contains(role) { try await Self.visit("/\(line.name)/do/\(action.name)", false, &browser) }
            }
        }
    }

    private static func visit(_ address: String, _ isAllowed: Bool, _ browser: inout Browser) async throws {
        try await browser.get(address)
        #expect(browser.page.status == (isAllowed ? .ok : .forbidden), "\(address)")
        #expect(!browser.page.says("系统错误"), "\(address)")
    }
}
