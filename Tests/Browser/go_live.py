"""Takes the pictures of docs/go-live.md: an import by page, from upload to undo, in a house that was empty before. usage: go_live.py FOLDER"""
import atexit, os, pathlib, re, shutil, subprocess, sys, tempfile, time

from PIL import Image

import office as house
from office import MINZHENG, Browser, Office

house.PASSWORD = "shiyong-mima-2026"


class NewHouse(Office):
    """Regions, users and practice tables; nobody registered yet."""
    _city = None

    @classmethod
    def city(cls):
        if cls._city is None:
            cls._city = pathlib.Path(tempfile.mkdtemp(prefix="minzheng-new-"))
            atexit.register(shutil.rmtree, cls._city, ignore_errors=True)
            cls.found()
        return cls._city / "data"

    @classmethod
    def found(cls):
        run("migrate", data=cls._city / "data")
        run("region", "add", "000181", "示范市", "--on", "2000-01-01", "--document", "示范市组建文件", data=cls._city / "data")
        for name, person, role in [("anquan", "卫安全", "安全管理员"), ("xitong", "褚系统", "系统管理员"), ("shenhe", "李审核", "区县审核"), ("shenpi", "周审批", "区县审批"), ("zongshen", "秦审核", "区县审核")]:
            given = ["--as", "anquan"] if "shen" in name else []
            run("user", "add", name, "--name", person, "--role", role, "--region", "000181", *given, data=cls._city / "data", typed=house.PASSWORD + "\n")
        run("demo", "spreadsheets", "--people", "500", "--recipients", "30", "--to", cls._city / "tables", data=cls._city / "data")
        run("import", "regions", cls._city / "tables/1-行政区划.xlsx", "--as", "xitong", "--confirm", "shenhe", data=cls._city / "data")

    def start(self, day):
        """On the real day: this is no demonstration."""
        command = [MINZHENG, "serve", "--data", self.folder / "data", "--port", str(self.port)]
        self.process = subprocess.Popen(command, stdout=self.log, stderr=self.log)
        self.wait()

    def table(self, name):
        return str(self._city / "tables" / name)


def run(*command, data, typed=None):
    """What the command says."""
    return subprocess.run([MINZHENG, *map(str, command)], input=typed, text=True, check=True, stdout=subprocess.PIPE, env={**os.environ, "MINZHENG_DATA": str(data)}).stdout


def settled(browser):
    """Looks again until the work behind is done."""
    for _ in range(100):
        browser.driver.refresh()
        if not any(word in browser.text for word in ["正在检查", "正在导入", "正在撤销"]):
            return
        time.sleep(0.3)
    raise AssertionError("the import did not end: " + browser.text[:600])


def move_in(office):
    """The rest of the tables, by command beside the server."""
    def bring_in(kind, name, *more):
        said = run("import", kind, office.table(name), "--as", "shenhe", *more, data=office.folder / "data")
        return re.findall("编号 ([0-9A-Z]{26})", said)[-1]

    for kind, name in [("people", "改好的/2-人员.xlsx"), ("households", "改好的/3-家庭.csv"), ("memberships", "4-家庭成员.xlsx")]:
        bring_in(kind, name, "--confirm", "zongshen")
    roster, recipients = bring_in("paid-rosters", "6-发放名册.csv"), bring_in("recipients", "改好的/5-在保户.xlsx")
    run("import", "reconcile", recipients, "--roster", roster, "--note", "上月停发一户", "--as", "shenhe", data=office.folder / "data")
    run("import", "confirm", recipients, "--as", "shenpi", data=office.folder / "data")


def bring(browser, kind, file):
    browser.open(f"/exchange/upload/{kind}")
    browser.fill("table._file", file)
    browser.press("上传并核对列")


def main(folder):
    office = NewHouse()
    browser = Browser(office, width=1440, height=900)

    def take(name, tallest=1000):
        file = folder / f"go-live-{name}.png"
        browser.shot(file, tallest)
        Image.open(file).convert("RGB").quantize(64, dither=Image.Dither.NONE).save(file, optimize=True)

    try:
        browser.sign_in("xitong")
        bring(browser, "people", office.table("2-人员.xlsx"))
        take("mapping", 1100)
        browser.press("开始检查")
        settled(browser)
        run_page = browser.path
        assert "有 6 行需要改正" in browser.text, browser.text[:600]
        take("checked")
        browser.follow("在页面上看前 100 处错误")
        take("faults", 800)
        browser.open(run_page)
        browser.follow("取消导入")
        browser.press("取消导入")
        bring(browser, "people", office.table("改好的/2-人员.xlsx"))
        browser.press("开始检查")
        settled(browser)
        run_page = browser.path
        assert "全部 500 行都可以导入" in browser.text, browser.text[:600]
        browser.sign_in("shenhe")
        browser.open(run_page)
        browser.follow("确认导入")
        take("confirm", 800)
        browser.press("确认导入")
        browser.open(run_page)
        settled(browser)
        assert "500 条" in browser.text, browser.text[:600]
        take("report")
        browser.follow("撤销导入")
        browser.fill("reason", "试着撤销")
        browser.press("撤销导入")
        browser.open(run_page)
        settled(browser)
        assert "已撤销" in browser.text, browser.text[:600]
        take("undone")
        move_in(office)
        browser.open("/exchange/outbound-start")
        browser.fill("listing", "assistance.allowances")
        browser.fill("form._file", office.table("7-上级空表.xlsx"))
        browser.press("下一步")
        browser.fill("name", "在保户月报")
        browser.fill("authority", "省民政厅")
        # Two headings it couldn't guess.
        for place, ours in [(3, "所属区域"), (5, "月保障金")]:
            browser.fill(f"outbound_columns.c{place}.source", "column")
            browser.fill(f"outbound_columns.c{place}.columns", ours)
        browser.press("保存报送方案")
        browser.open("/exchange/outbound-profiles")
        browser.follow("在保户月报")
        take("outbound")
        print(browser.errors())
    finally:
        browser.close()
        office.close()


main(pathlib.Path(sys.argv[1]).resolve())
