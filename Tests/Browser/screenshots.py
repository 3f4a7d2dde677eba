"""Takes the pictures of the READMEs from a demo city that is the same every time. usage: screenshots.py FOLDER"""
import pathlib, sys

from PIL import Image

from household import Form
from office import Browser, Office


class Studio(Office):
    SEED, DAY = "20240701", "2024-07-01"
    _city = None


class Autumn(Office):
    """In September: half a year is summed up, some months are paid, and the plan's targets have moved."""
    SEED, DAY = "20240701", "2024-09-12"
    _city = None


class Camera:
    def __init__(self, office, folder):
        self.browser, self.folder = Browser(office, width=1200, height=900, scripts=False), folder

    def take(self, name, tallest=1100, heading=None):
        file = self.folder / f"{name}.png"
        self.browser.shot(file, tallest, heading)
        # 64 colours are enough for a page of text, and a quarter of the size.
        Image.open(file).convert("RGB").quantize(64, dither=Image.Dither.NONE).save(file, optimize=True)


def first(browser, register, beginning):
    """The first record that a register leads to."""
    browser.open(register)
    return next(link for link in browser.links() if link.startswith(beginning))


def intake(browser):
    browser.open("/assistance/do/apply-for-allowance")
    form = Form(browser)
    form.fill("region", "000181001001")
    form.fill("area", "urban")
    form.fill("address", "示例路一号")
    form.fill("phone", "13900000000")
    form.household()
    browser.press("试算")


def case(folder):
    """One household, from the application to the notice."""
    office = Studio()
    camera = Camera(office, folder)
    browser, take = camera.browser, camera.take
    try:
        browser.open("/sign-in")
        take("sign-in")
        browser.sign_in("jingban")
        take("workbench")
        intake(browser)
        take("intake", 1500)
        browser.open(first(browser, "/assistance/applications?state=noticing", "/assistance/applications/"))
        take("case")
        take("arithmetic", heading="核算")
        browser.open("/assistance/applications")
        take("register")
        browser.open(first(browser, "/assistance/allowances", "/assistance/allowances/"))
        browser.follow("最低生活保障确认通知书")
        take("notice", 1300)
        browser.open(first(browser, "/people/persons", "/people/persons/"))
        take("person")
        browser.open("/rulings/policy?policy=minimum-living-standard&day=2024-06-30&region=000181001")
        take("policy")
        browser.open("/place-names/names")
        take("place-names")
        browser.size(390)
        browser.open("/desk/workbench")
        take("phone")
    finally:
        browser.close()
        office.close()


def circle(folder):
    """The month, and the way from the plan to a summary whose numbers lead to rows."""
    office = Autumn()
    camera = Camera(office, folder)
    browser, take = camera.browser, camera.take
    try:
        browser.sign_in("caiwu")
        browser.open("/payments/month")
        browser.follow("2024年8月待遇发放")
        take("month", 1500)
        browser.sign_in("juzhang")
        browser.open("/indicators/board")
        take("indicators", 1300)
        browser.open("/planning/board")
        take("plan-board", 1300)
        browser.open(first(browser, "/planning/plans", "/planning/plans/"))
        take("plan", 1300)
        summary = first(browser, "/planning/summaries", "/planning/summaries/01")
        browser.open(summary)
        take("summary", 1300)
        browser.open(first(browser, summary, "/planning/trace/"))
        take("trace", 1300)
        browser.sign_in("zhengce")
        browser.open("/planning/hand-in/check")
        browser.fill("text", "截至2024年6月底，全市城市最低生活保障标准为753元/人/月。上半年走访慰问3批共12人，其中老人15人。\n")
        browser.press("读文稿")
        take("check", 1300)
        browser.size(390)
        browser.sign_in("juzhang")
        browser.open("/indicators/board")
        take("phone-indicators")
    finally:
        browser.close()
        office.close()


def main(folder):
    case(folder)
    circle(folder)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
