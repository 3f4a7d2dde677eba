"""What goes wrong at a window: two clerks on one case, the button pressed twice, the browser closed half-way, the session over."""
import re, unittest

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from household import Form, resident_id
from office import PASSWORD, Browser, Office

INTAKE = "/assistance/do/apply-for-allowance"


class Mishaps(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.office = Office()
        cls.addClassCleanup(cls.office.close)

    def browser(self, username, scripts=False):
        browser = Browser(self.office, scripts=scripts)
        self.addCleanup(browser.close)
        return browser.sign_in(username)

    def case(self, browser, state):
        """The first case in a state, as the register lists it."""
        browser.open(f"/assistance/applications?state={state}")
        return next(link for link in browser.links() if link.startswith("/assistance/applications/"))

    def fill_visit(self, browser, case, findings):
        browser.open("/assistance/do/record-visit?application=" + case.rpartition("/")[2])
        form = Form(browser)
        form.add("surveyors")
        form.add("surveyors")
        form.fill("visited_on", self.office.day)
        form.fill("surveyors.s1.name", "示调查甲")
        form.fill("surveyors.s2.name", "示调查乙")
        form.fill("findings", findings)
        form.fill("agrees", "1")
        return form

    def test_two_clerks_on_one_case(self):
        first, second = self.browser("jingban"), self.browser("jiedaoshenhe")
        case = self.case(first, "surveying")
        self.fill_visit(first, case, "先到的一次")
        form = self.fill_visit(second, case, "后到的一次")
        first.press("登记入户调查")
        self.assertTrue(first.all(".receipt"))
        second.press("登记入户调查")
        self.assertEqual(second.status, 409, second.text)
        self.assertIn("别人已经办理过这件", second.text)
        self.assertEqual(form.lost(), {})
        second.press("登记入户调查")
        self.assertTrue(second.all(".receipt"), second.text)

    def apply_for_one(self, browser, name, order):
        browser.open(INTAKE)
        form = Form(browser)
        form.fill("region", "000181001001")
        form.fill("area", "urban")
        for field, value in dict(name=name, resident_id=resident_id("1960-01-01", order), kinship="self", consented="1").items():
            form.fill(f"members.m1.{field}", value)
        return form

    def applications(self, browser, name):
        browser.open(f"/assistance/applications?q={name}")
        return len(browser.all("main tbody tr")) if name in browser.find("main").text else 0

    def test_a_repeated_submission_does_it_once(self):
        browser = self.browser("jingban")
        self.apply_for_one(browser, "单甲试", 611)
        browser.press("申请最低生活保障")
        first = browser.path
        self.assertIn("/assistance/applications/", first)
        browser.driver.back()
        browser.fill("region", "000181001001")
        self.apply_again(browser, 611)
        self.assertEqual(browser.path, first)
        self.assertEqual(self.applications(browser, "单甲试"), 1)

    def apply_again(self, browser, order):
        """The same form from the history, with the same act, whether or not the browser kept what was typed."""
        for field, value in dict(name="单甲试", resident_id=resident_id("1960-01-01", order), kinship="self", consented="1").items():
            browser.fill(f"members.m1.{field}", value)
        browser.fill("area", "urban")
        browser.press("申请最低生活保障")

    def test_a_browser_closed_half_way(self):
        browser = self.browser("jingban")
        form = self.apply_for_one(browser, "单乙试", 612)
        browser.press("保存草稿")
        self.assertIn("草稿保存于", browser.text)
        browser.driver.quit()
        again = self.browser("jingban")
        again.open(INTAKE)
        self.assertIn("保存的草稿还在", again.text)
        again.follow("继续填写")
        form.browser = again
        self.assertEqual(form.lost(), {})
        again.press("申请最低生活保障")
        self.assertTrue(again.all(".receipt"), again.text)
        again.open(INTAKE)
        self.assertNotIn("保存的草稿还在", again.text)

    def test_the_session_ends_while_a_form_is_open(self):
        browser = self.browser("jingban")
        form = self.apply_for_one(browser, "单丙试", 613)
        browser.driver.delete_all_cookies()
        browser.press("申请最低生活保障")
        self.assertEqual(browser.status, 401)
        self.assertIn("登录已过期", browser.text)
        here = browser.driver.current_window_handle
        browser.driver.switch_to.new_window("tab")
        browser.sign_in("jingban")
        browser.driver.switch_to.window(here)
        browser.press("已登录，继续填写")
        self.assertIn("请核对后再提交", browser.text)
        self.assertEqual(form.lost(), {})
        browser.press("申请最低生活保障")
        self.assertTrue(browser.all(".receipt"), browser.text)

    def test_an_act_out_of_order_by_its_address(self):
        browser = self.browser("jingban")
        case = self.case(browser, "submitted")
        browser.open("/assistance/do/post-notice?application=" + case.rpartition("/")[2])
        if browser.all("[name=place]"):
            browser.fill("place", "公示栏")
            browser.press("张贴公示")
        self.assertEqual(browser.status, 409, browser.text)
        self.assertIn("已申请，待受理", browser.text)

    def test_the_case_of_another_township_by_its_address(self):
        case = self.case(self.browser("jingban"), "submitted")
        other = self.browser("lixia")
        for address in [case, "/assistance/do/accept-application?application=" + case.rpartition("/")[2]]:
            other.open(address)
            if other.status == 200:
                other.press("受理申请")
            self.assertEqual(other.status, 403, other.text)
            self.assertIn("管辖范围", other.text)

    def test_an_act_of_another_role_by_its_address(self):
        browser = self.browser("shequ")
        case = self.case(browser, "submitted")
        browser.open("/assistance/do/accept-application?application=" + case.rpartition("/")[2])
        self.assertEqual(browser.status, 403)
        self.assertIn("由镇街经办办理", browser.text)

    def test_a_day_without_a_ruling_says_which_is_missing(self):
        """Before 2012 the demo city has ruled nothing: the estimate names what is missing, and for which place and day."""
        office = Office("2012-06-01")
        self.addCleanup(office.close)
        browser = Browser(office, scripts=False)
        self.addCleanup(browser.close)
        browser.sign_in("jingban")
        form = self.apply_for_one(browser, "单丁试", 614)
        browser.press("试算")
        estimate = browser.find("aside.estimate").text
        self.assertIn("还不能试算", estimate)
        self.assertIn("2012年6月1日没有可适用的最低生活保障", estimate)
        self.assertEqual(form.lost(), {})

    def test_a_tag_typed_in_a_text_is_text(self):
        tag = "<script>document.title='破'</script><b>粗</b>"
        browser = self.browser("jingban", scripts=True)
        browser.open(INTAKE)
        form = Form(browser)
        form.fill("address", tag)
        form.fill("members.m1.name", tag)
        browser.press("申请最低生活保障")
        self.assertEqual(form.lost(), {})
        self.assertEqual(len(browser.all("main b")), 0)
        browser.open("/desk/search?q=" + tag.replace("/", "%2F"))
        self.assertIn("<script>", browser.find("main").text)
        self.assertNotIn("破", browser.driver.title.replace(tag, ""))


class Keyboard(unittest.TestCase):
    """Without a mouse; and what scripts add for those who type fast."""

    @classmethod
    def setUpClass(cls):
        cls.office = Office()
        cls.addClassCleanup(cls.office.close)

    def setUp(self):
        self.browser = Browser(self.office)
        self.addCleanup(self.browser.close)

    def keys(self, *keys):
        ActionChains(self.browser.driver).send_keys(*keys).perform()

    def tab_to(self, selector):
        """Presses Tab until the first such element has the focus, which must be seen."""
        target = self.browser.find(selector)
        for _ in range(80):
            self.keys(Keys.TAB)
            if self.browser.driver.switch_to.active_element == target:
                outline = target.value_of_css_property("outline-style")
                self.assertNotEqual(outline, "none")
                return
        self.fail(f"{selector} cannot be reached by Tab")

    def test_sign_in_and_open_the_first_task(self):
        browser = self.browser
        browser.open("/sign-in")
        self.tab_to("[name=username]")
        self.keys("jingban")
        self.tab_to("[name=password]")
        browser.leave(lambda: self.keys(PASSWORD, Keys.ENTER))
        self.assertEqual(browser.title, "工作台")
        self.tab_to(".tasks a")
        browser.leave(lambda: self.keys(Keys.ENTER))
        self.assertRegex(browser.path, "^/assistance/applications/")
        self.assertEqual(browser.status, 200)

    def test_slash_leads_to_the_search_box(self):
        browser = self.browser.sign_in("jingban")
        case = browser.find(".tasks").text
        number = re.search(r"DB2024-\d+", case).group()
        self.keys("/")
        self.assertEqual(browser.driver.switch_to.active_element.get_attribute("id"), "search")
        browser.leave(lambda: self.keys(number, Keys.ENTER))
        self.assertIn(number, browser.find("main").text)

    def test_drafts_and_estimate_follow_the_typing(self):
        browser = self.browser.sign_in("jingban")
        browser.open(INTAKE)
        form = Form(browser)
        form.fill("region", "000181001001")
        form.fill("area", "urban")
        for field, value in dict(name="单戊试", resident_id=resident_id("1960-01-01", 615), kinship="self", consented="1").items():
            form.fill(f"members.m1.{field}", value)
        wait = WebDriverWait(browser.driver, 10, 0.1)
        wait.until(lambda _: "728.00" in browser.find("aside.estimate").text)
        wait.until(lambda _: "草稿已自动保存" in browser.find(".draft-state").text)
        self.assertEqual(browser.errors(), [])
        browser.driver.quit()
        again = self.browser = Browser(self.office).sign_in("jingban")
        self.addCleanup(again.close)
        again.open(INTAKE)
        again.follow("继续填写")
        form.browser = again
        self.assertEqual(form.lost(), {})


if __name__ == "__main__":
    unittest.main()
