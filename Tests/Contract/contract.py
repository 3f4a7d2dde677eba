"""Runs schemathesis over /api/openapi.json of a demo city, once a role; ends with 1 when anything was found."""
import concurrent.futures, json, os, pathlib, re, socket, subprocess, sys, tempfile, time, urllib.error, urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
MINZHENG = ROOT / os.environ.get("MINZHENG_BINARY", ".build/debug/minzheng")
SCHEMATHESIS = pathlib.Path(sys.executable).parent / "schemathesis"
PASSWORD, SEED, DAY = "minzheng-demo", "7", "2024-06-17"

# Not asked: positive_data_acceptance (the law refuses much that a schema can't), unsupported_method
# (an address without that method is 404 here, whether or not another method has it).
CHECKS = ["not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
          "response_schema_conformance", "negative_data_rejection"]
WHOLE, FUZZED = "coverage,fuzzing", "fuzzing"
OWN_ACCOUNT = "^/api/(session|users/(change-password|disable-two-factor|begin-two-factor|confirm-two-factor|end-other-sessions|acknowledge-notices|switch-duty)(/bulk)?)$"
# Who, which phases, how many cases an operation.
SHORT = [("jingban", WHOLE, 8), ("shenpi", FUZZED, 8), ("anquan", FUZZED, 8), (None, FUZZED, 8)]
LONG = [(who, WHOLE, 100) for who in ("jingban", "shequ", "shenhe", "shenpi", "zhengce", "diming", "shenji", "xitong", "anquan", None)]


class Office:
    def __init__(self, folder):
        data, self.log = folder / "data", folder / "log"
        subprocess.run([MINZHENG, "demo", "--scale", "0.0005", "--seed", SEED, "--today", DAY, "--data", data],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            port = s.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        with open(self.log, "w") as log:
            self.process = subprocess.Popen([MINZHENG, "serve", "--data", data, "--port", str(port), "--today", DAY], stdout=log, stderr=log)
        self.wait()

    def wait(self):
        for _ in range(150):
            try:
                return self.ask("/api/openapi.json")
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.2)
        raise SystemExit("服务没有启动：\n" + self.log.read_text())

    def ask(self, path, body=None, token=None):
        request = urllib.request.Request(self.url + path, data=body and json.dumps(body).encode(), headers={"Content-Type": "application/json"})
        if token:
            request.add_header("Authorization", "Bearer " + token)
        return json.load(urllib.request.urlopen(request, timeout=30))

    def token(self, username):
        return self.ask("/api/session", {"username": username, "password": PASSWORD})["token"]

    def knows(self, token):
        try:
            self.ask("/api/people/persons?limit=1", token=token)
        except urllib.error.HTTPError as error:
            return error.code != 401
        return True

    def faults(self):
        return [line for line in self.log.read_text(errors="replace").splitlines() if " error " in line or " critical " in line]

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()


def examine(office, folder, token, username, phases, cases):
    """What was found, as schemathesis tells it; empty when nothing was."""
    command = [SCHEMATHESIS, "--config-file", ROOT / "Tests/Contract/schemathesis.toml", "run", office.url + "/api/openapi.json", "--phases", phases, "-n", str(cases),
               "--seed", SEED, "--no-shrink", "--generation-database", "none", "--no-color", "--request-timeout", "30", "--warnings", "off"]
    if token:
        # The session and the own account are what the rest stands on: guessing at them locks the examiner out (503); only the run without a session tries them.
        command += ["-H", "Authorization: Bearer " + token, "--exclude-path-regex", OWN_ACCOUNT, "--checks", ",".join(CHECKS + ["ignored_auth"])]
    else:
        command += ["--checks", ",".join(CHECKS)]
    began = time.monotonic()
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    sent = re.search(r"(\d+) generated", run.stdout)
    print(f"{username or '未登录':8} {phases:18} {sent.group(1) if sent else '0'} 次请求，{time.monotonic() - began:.0f} 秒，"
          f"{'没有发现问题' if run.returncode == 0 else '有问题'}", flush=True)
    if token and not office.knows(token):
        return f"{username} 的会话中途失效，后面的请求都没有进门，不能作数"
    return "" if run.returncode == 0 and sent else run.stdout + run.stderr


def main():
    plan = LONG if "--long" in sys.argv[1:] else SHORT
    with tempfile.TemporaryDirectory(prefix="minzheng-contract-") as name:
        folder = pathlib.Path(name)
        office = Office(folder)
        try:
            # All sign in before anybody begins to guess passwords. Two at a time, a process each: threads trip over a fault of Python 3.11's ast.
            tokens = [username and office.token(username) for username, _, _ in plan]
            with concurrent.futures.ThreadPoolExecutor(2) as pool:
                reports = [pool.submit(examine, office, folder, token, *one) for token, one in zip(tokens, plan)]
                found = [report.result() for report in reports if report.result()]
            faults = office.faults()
        finally:
            office.close()
    for text in found:
        print(text)
    if faults:
        print("服务日志里的故障：\n" + "\n".join(faults))
    return 1 if found or faults else 0


sys.exit(main())
