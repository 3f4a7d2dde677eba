"""A demo city of its own, served on loopback, and a browser to look at it with."""
import atexit, base64, os, pathlib, shutil, socket, subprocess, tempfile, time, urllib.request

from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

ROOT = pathlib.Path(__file__).resolve().parents[2]
MINZHENG = ROOT / os.environ.get("MINZHENG_BINARY", ".build/debug/minzheng")
PASSWORD = "minzheng-demo"


CONTROLS = """
    const held = {};
    for (const control of document.querySelectorAll("main [name]")) {
        if (control.tagName === "BUTTON" || (control.type === "radio" && !control.checked)) continue;
        held[control.name] = control.value;
    }
    return held;
"""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Office:
    """The demo data is made once, as of one day; each server works on a copy of it, on a day of its own."""
    SEED, DAY = "7", "2024-06-17"
    _city = None

    @classmethod
    def city(cls):
        if cls._city is None:
            cls._city = pathlib.Path(tempfile.mkdtemp(prefix="minzheng-city-"))
            atexit.register(shutil.rmtree, cls._city, ignore_errors=True)
            command = [MINZHENG, "demo", "--scale", "0.002", "--seed", cls.SEED, "--today", cls.DAY, "--data", cls._city / "data"]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return cls._city / "data"

    def __init__(self, day=None):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="minzheng-office-"))
        shutil.copytree(self.city(), self.folder / "data")
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = open(self.folder / "log", "w")
        atexit.register(self.close)
        self.start(day or self.DAY)

    def start(self, day):
        self.day = day
        command = [MINZHENG, "serve", "--data", self.folder / "data", "--port", str(self.port), "--today", day]
        self.process = subprocess.Popen(command, stdout=self.log, stderr=self.log)
        self.wait()

    def move(self, day):
        """The same office on another day: what was there stays."""
        self.stop()
        self.start(day)

    def wait(self):
        for _ in range(150):
            try:
                urllib.request.urlopen(self.url + "/sign-in", timeout=2).read()
                return
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.2)
        raise RuntimeError("the server did not start: " + (self.folder / "log").read_text())

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()

    def close(self):
        self.stop()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)


class Browser:
    def __init__(self, office, width=1440, height=1200, scripts=True):
        options = webdriver.ChromeOptions()
        for argument in ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--lang=zh-CN", "--force-prefers-reduced-motion", "--force-device-scale-factor=1"]:
            options.add_argument(argument)
        if not scripts:
            options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.office = office
        self.driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
        self.size(width, height)

    def size(self, width, height=1200):
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600})

    def open(self, path):
        self.driver.get(self.office.url + path)
        return self

    def sign_in(self, username):
        self.driver.delete_all_cookies()
        self.open("/sign-in")
        self.fill("username", username)
        self.fill("password", PASSWORD)
        self.press("登录")
        return self

    def find(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def fill(self, name, value):
        """Fills a control as a person would: a box, a list, or one of several buttons."""
        controls = self.all(f'[name="{name}"]:not([type=hidden])')
        if not controls:
            raise AssertionError(f"no control {name} on {self.driver.current_url}")
        first = controls[0]
        kind = first.get_attribute("type")
        if first.tag_name == "select":
            self.find(f'[name="{name}"] option[value="{value}"]').click()
        elif kind in ("radio", "checkbox"):
            next(c for c in controls if c.get_attribute("value") == value).click()
        elif kind in ("date", "month"):
            # The box's own keyboard depends on the machine's language; its value does not.
            first.clear()
            self.driver.execute_cdp_cmd("Runtime.evaluate", {"expression": f"document.getElementsByName({name!r})[0].value = {value!r}"})
        elif kind == "file":
            first.send_keys(value)
        else:
            first.clear()
            first.send_keys(value)

    def press(self, text):
        buttons = [b for b in self.all("button, input[type=submit], a.button") if b.text.strip().startswith(text) and b.is_displayed() and b.get_attribute("aria-hidden") != "true"]
        if not buttons:
            raise AssertionError(f"no button {text!r} on {self.driver.current_url}: " + self.text[:600])
        self.leave(buttons[0].click)

    def follow(self, text):
        links = [a for a in self.all("a") if a.text.strip().startswith(text) and a.is_displayed()]
        if not links:
            raise AssertionError(f"no link {text!r} on {self.driver.current_url}: " + self.text[:600])
        self.leave(links[0].click)

    def leave(self, act):
        """Does what leads to another page, and waits until that page is there."""
        self.driver.execute_script("window.isLeft = true")
        act()
        WebDriverWait(self.driver, 10, 0.03, [WebDriverException]).until(
            lambda driver: driver.execute_script("return !window.isLeft && document.readyState === 'complete'"))

    @property
    def text(self):
        return self.find("body").text

    @property
    def path(self):
        return self.driver.current_url.removeprefix(self.office.url)

    def controls(self):
        """What every control of the page holds now, by name."""
        return self.driver.execute_script(CONTROLS)

    @property
    def title(self):
        return self.find("h1").text

    @property
    def status(self):
        """How the server answered for the page that is shown."""
        return self.driver.execute_script("return performance.getEntriesByType('navigation')[0].responseStatus")

    def links(self):
        """Where a reader could go from here, in order, each once; pages of the house only."""
        found = []
        for link in self.driver.execute_script("return Array.from(document.querySelectorAll('main a[href]'), a => a.getAttribute('href'))"):
            if link.startswith("/") and link not in found:
                found.append(link)
        return found

    def shot(self, file, tallest=6000, heading=None):
        """The page from its top on, or the panel that stands under a heading."""
        metrics = self.driver.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": metrics["width"], "height": min(metrics["height"], tallest), "scale": 1}
        if heading:
            panel = self.driver.find_element(By.XPATH, f"//h2[text()='{heading}']/ancestor::section[1]").rect
            clip.update({key: panel[key] for key in ["x", "y", "width", "height"]})
        data = self.driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True, "clip": clip})
        pathlib.Path(file).write_bytes(base64.b64decode(data["data"]))

    def pdf(self, file):
        data = self.driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True, "printBackground": False})
        pathlib.Path(file).write_bytes(base64.b64decode(data["data"]))

    def sideways(self):
        """How many pixels the page itself scrolls sideways."""
        metrics = self.driver.execute_cdp_cmd("Page.getLayoutMetrics", {})
        return metrics["cssContentSize"]["width"] - metrics["cssLayoutViewport"]["clientWidth"]

    def axe(self):
        import axe_playwright_python
        script = (pathlib.Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
        self.driver.execute_script(script)
        result = self.driver.execute_async_script("const done = arguments[0]; axe.run({resultTypes: ['violations']}).then(done)")
        return [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in result["violations"]]

    def errors(self):
        return [e["message"] for e in self.driver.get_log("browser") if e["level"] == "SEVERE" and "favicon" not in e["message"]]

    def close(self):
        self.driver.quit()
