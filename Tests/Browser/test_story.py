"""A household of five, with a student and a prisoner, from the window to the printed notice; without scripts.

Accepted on 17 June 2024 under 728 yuan, confirmed on 2 July when the standard had become 735.
"""
import base64, re, unicodedata, unittest

from pypdf import PdfReader

from household import MEMBERS, Form
from office import Browser, Office

PICTURE = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=")


def text_of(page):
    """The text of a printed page without its spaces; a font may draw 月 as the radical ⽉, which looks the same."""
    supplement = str.maketrans("⺠⻓⻅⺟", "民长见母")
    letters = re.sub(r"\s", "", page.extract_text()).translate(supplement)
    return "".join(unicodedata.normalize("NFKC", c) if "\u2f00" <= c <= "\u2fdf" else c for c in letters)


class Story(unittest.TestCase):
    def setUp(self):
        self.office = Office("2024-06-17")
        self.addCleanup(self.office.close)
        self.browser = Browser(self.office, scripts=False)
        self.addCleanup(self.browser.close)

    def test_from_the_window_to_the_printed_notice(self):
        self.apply()
        self.accept()
        self.survey()
        self.post_notice()
        self.wait_for_the_notice()
        self.confirm()
        self.print()

    # Each step as a clerk does it: from the workbench to the case, and there the button.

    def act(self, username, title, **fields):
        browser = self.browser
        browser.sign_in(username)
        browser.open(self.case)
        browser.follow(title)
        form = Form(browser)
        for name, value in fields.items():
            form.fill(name, value)
        return form

    def done(self, title, *words):
        self.browser.press(title)
        self.assertTrue(self.browser.all(".receipt"), self.browser.path + self.browser.text[:1500])
        receipt = self.browser.find(".receipt").text
        for word in words:
            self.assertIn(word, receipt)

    def apply(self):
        browser = self.browser
        browser.sign_in("jingban")
        browser.open("/assistance/do/apply-for-allowance")
        form = Form(browser)
        form.fill("region", "000181001001")
        form.fill("area", "urban")
        form.fill("address", "示例路一号\u3000乙单元 <三> 室")
        form.fill("phone", "13900000000")
        form.household()
        form.add("documents")
        picture = self.office.folder / "hukou.png"
        picture.write_bytes(PICTURE)
        browser.fill("documents.d1.attachment._file", str(picture))
        form.fill("documents.d1.note", "五人同户")

        # 最后一项没有填：什么都不丢。
        browser.press("申请最低生活保障")
        self.assertIn("有 1 处需要改正", browser.text)
        self.assertIn("hukou.png", browser.text)
        self.assertEqual(form.lost(), {})
        form.fill("documents.d1.kind", "register")
        browser.press("试算")
        self.assertEqual(form.lost(), {})
        estimate = browser.find("aside.estimate").text
        self.assertIn("728.00", estimate)
        self.done("申请最低生活保障", "家庭成员 5 人")
        self.case = browser.path.partition("?")[0]

    def accept(self):
        self.act("jingban", "受理申请")
        self.done("受理申请", "30个工作日", "信息核对和入户调查")

    def survey(self):
        self.office.move("2024-06-18")
        self.act("shenhe", "登记信息核对", reported_on="2024-06-18")
        self.done("登记信息核对", "入户调查")
        form = self.act("jingban", "登记入户调查", visited_on="2024-06-18", findings="入户查看，与申报一致。", agrees="1", signed_by="范甲例")
        for number, name in enumerate(["示调查甲", "示调查乙"], 1):
            form.add("surveyors")
            form.fill(f"surveyors.s{number}.name", name)
        self.done("登记入户调查")
        self.act("jiedaoshenhe", "提出审核意见")
        self.done("提出审核意见", "公示")

    def post_notice(self):
        self.act("jingban", "张贴公示", place="和园社区公示栏")
        self.done("张贴公示", "6月25日")
        self.browser.follow("公示（")
        posted = self.browser.find(".sheet").text
        self.assertIn("范某某", posted)
        for member in MEMBERS:
            self.assertNotIn(member["resident_id"], posted)
            self.assertNotIn(member["name"], posted)
        self.act("jingban", "登记公示留证", seen_on="2024-06-18", place="和园社区公示栏", witness="示网格员")
        self.done("登记公示留证", "公示留证已登记")

    def wait_for_the_notice(self):
        """Seven days, the day of posting not counted: on the last of them nothing can be decided yet."""
        self.office.move("2024-06-25")
        browser = self.browser
        browser.sign_in("shenpi")
        browser.open(self.case)
        self.assertEqual([a.text for a in browser.all(".head .acts a")].count("确认最低生活保障"), 0)
        browser.open("/assistance/do/confirm-allowance?application=" + self.case.rpartition("/")[2])
        browser.press("确认最低生活保障")
        self.assertIn("起才能作出决定", browser.text)

    def confirm(self):
        self.office.move("2024-07-02")
        self.act("shenpi", "确认最低生活保障")
        self.done("确认最低生活保障", "起每月")

    def print(self):
        """One A4 page that says who counts and why, how much and by which article, and how to object."""
        browser = self.browser
        self.assertIn("打印并送达确认通知书", browser.find(".receipt").text)
        browser.follow("最低生活保障确认通知书")
        file = self.office.folder / "notice.pdf"
        browser.pdf(file)
        pages = PdfReader(file).pages
        self.assertEqual(len(pages), 1)
        printed = text_of(pages[0])
        for words in [
            "最低生活保障确认通知书", "自2024年8月起每月发放1,244.25元", "计入的共同生活家庭成员4人",
            "范甲例计入申请人本人", "常乙例不计入在监狱服刑", "常丙例计入在校接受全日制本科及以下学历教育的成年子女", "常丁例计入未成年子女", "范戊例计入父母",
            "728.00元", "735.00元", "第二十三条", "申请行政复议", "60日内", "示范市民政局（印章）",
        ]:
            self.assertIn(words, printed)
        self.assertNotIn("退出", printed)


if __name__ == "__main__":
    unittest.main()
