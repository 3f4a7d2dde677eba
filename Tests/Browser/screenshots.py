"""Takes the pictures of the READMEs from a demo city that is the same every time. usage: screenshots.py FOLDER"""
import pathlib, sys

from PIL import Image

from household import Form
from office import Browser, Office


class Studio(Office):
    SEED, DAY = "20240701", "2024-07-01"
    _city = None


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


def main(folder):
    office = Studio()
    browser = Browser(office, width=1200, height=900, scripts=False)

    def take(name, tallest=1100, heading=None):
        file = folder / f"{name}.png"
        browser.shot(file, tallest, heading)
        # 64 colours are enough for a page of text, and a quarter of the size.
        Image.open(file).convert("RGB").quantize(64, dither=Image.Dither.NONE).save(file, optimize=True)

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


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
