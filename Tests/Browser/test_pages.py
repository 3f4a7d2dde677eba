"""Every page that a role can reach from its menu, and what must be true of each."""
import re, unittest

from office import Browser, Office

ROLES = ["shequ", "jingban", "jiedaoshenhe", "shenhe", "shenpi", "zhengce", "diming", "caiwu", "juzhang", "shenji", "xitong", "anquan"]
FILES = re.compile(r"\.(csv|xlsx)(\?|$)|^/(elder|attachments)\b")


def kind(address):
    """Pages of one kind differ in what they are about; one of each kind is looked at."""
    path, _, query = address.partition("#")[0].partition("?")
    path = re.sub(r"[0-9A-HJKMNP-TV-Z]{26}|\b0000?\d{3,12}\b", "*", path)
    # The name of an indicator, the code of a number.
    path = re.sub(r"(?<=/)([a-z-]+\.[a-z-]+|[0-9A-Z]{8})$", "*", path)
    return path + "?" + "&".join(sorted(part.split("=")[0] for part in query.split("&")))


PARTS = """
    return Array.from(document.querySelectorAll("body *"), e =>
        [e.tagName, e.type || "", ...e.classList, e.getAttribute("role") || "", e.parentElement.tagName, ...e.parentElement.classList].join(" "))
"""


class Pages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.office = Office()
        cls.addClassCleanup(cls.office.close)
        cls.parts = set()
        cls.browser = Browser(cls.office)
        cls.addClassCleanup(cls.browser.close)

    def test_every_page_of_every_role(self):
        for role in ROLES:
            with self.subTest(role):
                self.browser.sign_in(role)
                for address in self.within_reach():
                    with self.subTest(role, page=address):
                        self.look(address)

    def within_reach(self):
        """The menu, what its pages show, and one of each kind of page that these lead to."""
        browser, seen, addresses = self.browser, set(), []

        def take(links):
            new = []
            for link in links:
                if not FILES.search(link) and kind(link) not in seen:
                    seen.add(kind(link))
                    new.append(link)
            addresses.extend(new)
            return new

        rooms = take(link.get_attribute("href").removeprefix(self.office.url) for link in browser.all("nav.rooms a"))
        self.assertTrue(rooms)
        first = [link for room in rooms for link in take(browser.open(room).links())]
        for page in first:
            take(browser.open(page).links())
        return addresses

    def look(self, address):
        browser = self.browser
        browser.errors()
        browser.size(1440)
        browser.open(address)
        self.assertEqual(browser.status, 200, browser.text[:300])
        self.assertEqual(len(browser.all("h1")), 1)
        is_new = self.is_new()
        if is_new:
            self.assertEqual(browser.axe(), [])
        browser.size(390)
        self.assertEqual(browser.sideways(), 0)
        if is_new:
            self.assertEqual(browser.axe(), [])
        self.assertEqual(browser.errors(), [])

    def is_new(self):
        """Whether the page has parts that stood on no page before; axe need not look at the same parts again."""
        parts = set(self.browser.driver.execute_script(PARTS))
        new = parts - self.parts
        self.parts.update(new)
        return bool(new)

    def test_large_type_does_not_scroll_sideways(self):
        browser = self.browser
        browser.sign_in("jingban")
        browser.size(1440)
        addresses = self.within_reach()
        browser.find("[data-elder]").click()
        try:
            browser.size(390)
            for address in addresses:
                with self.subTest(page=address):
                    browser.open(address)
                    self.assertEqual(browser.find("html").get_attribute("class"), "elder")
                    self.assertEqual(browser.sideways(), 0)
        finally:
            browser.driver.delete_all_cookies()

    def test_an_account_a_role_at_the_door(self):
        browser = self.browser
        browser.driver.delete_all_cookies()
        browser.size(390)
        for role in ["社区工作人员", "区县审批", "安全管理员"]:
            browser.open("/sign-in")
            browser.press(role)
            self.assertIn(role, browser.find("header").text)
            self.assertEqual(browser.title, "工作台")
            browser.press("退出")
            self.assertEqual(browser.path, "/sign-in")

    def test_a_printed_register_has_no_navigation(self):
        browser = self.browser
        browser.sign_in("jingban")
        browser.size(1440)
        browser.open("/assistance/applications")
        browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        try:
            for part in ["nav.rooms", "form[role=search]", ".pager", "form.filters"]:
                for element in browser.all(part):
                    self.assertFalse(element.is_displayed(), part)
            self.assertTrue(browser.find("main table").is_displayed())
            self.assertTrue(browser.find("h1").is_displayed())
        finally:
            browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


if __name__ == "__main__":
    unittest.main()
