"""Three nodes, HAProxy in front with the shipped configuration, callers of several kinds; each node is restarted in turn.

Demands: no request fails, no acknowledged act is missing or doubled, every node has served, and sessions last through it all.
usage: rolling.py PROGRAM
"""
import http.client
import json
import os
import pathlib
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
NODES, CALLERS, DRAIN = 3, 6, 2


def free_port():
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return place.getsockname()[1]


def act_id():
    """Twenty-six signs: the time, then chance."""
    moment, signs = int(time.time() * 1000), []
    for _ in range(10):
        signs.append(CROCKFORD[moment % 32])
        moment //= 32
    return "".join(reversed(signs)) + "".join(random.choice(CROCKFORD) for _ in range(16))


def resident_id(number):
    """An invented man of the invented county 000198."""
    digits = f"000198{1940 + number // 3000}{1 + number % 12:02}{1 + number // 12 % 28:02}{number % 500 * 2 + 1:03}"
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights)) % 11]


class Node:
    def __init__(self, program, folder, name):
        self.program, self.folder, self.name, self.port = program, folder, name, free_port()
        self.log = folder / f"{name}.log"
        self.process = None

    def start(self):
        settings = os.environ | {"MINZHENG_DATA": str(self.folder / "data"), "MINZHENG_DRAIN_SECONDS": str(DRAIN), "MINZHENG_LOG_FORMAT": "json"}
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen([self.program, "serve", "--port", str(self.port), "--node", self.name], env=settings, stdout=log, stderr=log)
        for _ in range(600):
            if self.process.poll() is not None:
                raise SystemExit(f"节点 {self.name} 没有启动：\n{self.log.read_text()[-2000:]}")
            if self.ready() == 200:
                return
            time.sleep(0.05)
        raise SystemExit(f"节点 {self.name} 一直没有就绪")

    def ready(self):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=3)
            connection.request("GET", "/health/ready")
            return connection.getresponse().status
        except OSError:
            return 0

    def stop(self):
        """In good order: not ready at once, gone a little later, with nothing to complain of."""
        self.process.send_signal(signal.SIGTERM)
        seen = set()
        while self.process.poll() is None and 503 not in seen:
            seen.add(self.ready())
            time.sleep(0.02)
        assert 503 in seen, f"节点 {self.name} 停止前没有先说不再就绪：{seen}"
        assert self.process.wait(60) == 0, f"节点 {self.name} 没有正常停止：\n{self.log.read_text()[-2000:]}"

    def served(self):
        return sum(1 for line in self.log.read_text().splitlines() if '"event":"request"' in line)


class Proxy:
    """The shipped configuration; only the places of this test are put in."""

    def __init__(self, folder, nodes):
        self.port, self.socket = free_port(), folder / "haproxy.sock"
        lines = []
        for line in (ROOT / "packaging/haproxy.cfg").read_text().splitlines():
            words = line.split()
            if words[:1] in (["user"], ["group"]) or words[:2] == ["log", "/dev/log"] or words[:1] == ["server"]:
                continue
            lines.append(f"    bind 127.0.0.1:{self.port}" if words[:1] == ["bind"] else line)
            if words == ["global"]:
                lines.append(f"    stats socket {self.socket} level admin")
        lines += [f"    server {node.name} 127.0.0.1:{node.port} check" for node in nodes]
        path = folder / "haproxy.cfg"
        path.write_text("\n".join(lines) + "\n")
        self.process = subprocess.Popen(["haproxy", "-db", "-f", str(path)], stdout=subprocess.DEVNULL, stderr=open(folder / "haproxy.log", "wb"))

    def states(self):
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(str(self.socket))
            line.sendall(b"show stat\n")
            text = b"".join(iter(lambda: line.recv(65536), b"")).decode()
        rows = [row.split(",") for row in text.splitlines() if row.startswith("nodes,")]
        return {row[1]: row[17] for row in rows}

    def wait(self, name, state):
        for _ in range(600):
            if self.socket.exists() and self.states().get(name, "").startswith(state):
                return
            time.sleep(0.05)
        raise SystemExit(f"代理没有看到 {name} {state}")


class Caller(threading.Thread):
    """One at a time: reads pages and lists, and registers persons. Some keep their connection, some open one a request."""

    acts = []
    failures = []
    answers = 0
    lock = threading.Lock()
    numbers = iter(range(1, 100_000))

    def __init__(self, port, token, region, cookie, keeps):
        super().__init__(daemon=True)
        self.port, self.token, self.region, self.cookie, self.keeps = port, token, region, cookie, keeps
        self.halt = threading.Event()

    def run(self):
        connection, count = None, 0
        while not self.halt.is_set():
            method, path, headers, body = self.next(count)
            count += 1
            try:
                if connection is None or not self.keeps:
                    connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
                connection.request(method, path, body, headers)
                answer = connection.getresponse()
                text = answer.read()
                self.note(method, path, answer.status, headers, text)
                if answer.getheader("Connection") == "close":
                    connection = None
            except (OSError, http.client.HTTPException) as error:
                with self.lock:
                    Caller.failures.append(f"{method} {path}：{error!r}")
                connection = None
            time.sleep(0.004)

    def next(self, count):
        signed = {"Authorization": f"Bearer {self.token}"}
        kind = count % 5
        if kind == 0:
            return "GET", "/hall", {}, None
        if kind == 1:
            return "GET", "/desk/workbench", {"Cookie": self.cookie}, None
        if kind == 2:
            return "GET", "/api/people/persons?limit=20", signed, None
        if kind == 3:
            return "GET", "/people/persons.csv", {"Cookie": self.cookie}, None
        with self.lock:
            number = next(self.numbers)
        person = {"name": "测试甲", "resident_id": resident_id(number), "region": self.region}
        return "POST", "/api/people/register-person", signed | {"Content-Type": "application/json", "Idempotency-Key": act_id()}, json.dumps(person)

    def note(self, method, path, status, headers, text):
        with self.lock:
            Caller.answers += 1
            if status not in (200, 201):
                Caller.failures.append(f"{method} {path}：{status} {text[:200].decode(errors='replace')}")
            elif method == "POST":
                Caller.acts.append(headers["Idempotency-Key"])


class SlowCaller(threading.Thread):
    """Somebody on a bad line: half of the act arrives before the node is told to stop, the rest when its door is closed already."""

    def __init__(self, node, token, region):
        super().__init__(daemon=True)
        self.act, self.answer, self.rest = act_id(), b"", threading.Event()
        body = json.dumps({"name": "测试乙", "resident_id": resident_id(99_999), "region": region}).encode()
        head = (f"POST /api/people/register-person HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nIdempotency-Key: {self.act}\r\n"
                f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n").encode()
        self.line = socket.create_connection(("127.0.0.1", node.port), timeout=60)
        self.line.sendall(head + body[:10])
        self.remainder = body[10:]

    def run(self):
        time.sleep(DRAIN + 1)
        self.line.sendall(self.remainder)
        self.answer = b"".join(iter(lambda: self.line.recv(65536), b""))


def call(port, method, path, body=None, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method, path, body, headers or {})
    answer = connection.getresponse()
    return answer.status, answer.headers, answer.read().decode()


def sign_in(port):
    """As a program and as a browser; the form may come from one node and go to another."""
    status, _, text = call(port, "POST", "/api/session", json.dumps({"username": "jingban", "password": "minzheng-demo"}), {"Content-Type": "application/json"})
    assert status in (200, 201), text
    _, headers, page = call(port, "GET", "/sign-in")
    guest = headers["Set-Cookie"].split(";")[0]
    form = f"_csrf={guest.split('=')[1]}&username=jingban&password=minzheng-demo"
    status, headers, page = call(port, "POST", "/sign-in", form, {"Content-Type": "application/x-www-form-urlencoded", "Cookie": guest})
    assert status == 303, f"登录：{status} {page[:400]}"
    return json.loads(text)["token"], headers["Set-Cookie"].split(";")[0]


def people(program, folder):
    told = subprocess.run([program, "list", "people.persons", "--as", "jingban", "--csv", "--data", str(folder / "data")], capture_output=True, text=True, check=True).stdout
    return int(re.findall(r"共\s*(\d+)\s*行", told)[-1])


def main(program):
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="minzheng-rolling-") as name:
        folder = pathlib.Path(name)
        subprocess.run([program, "demo", "--scale", "0.001", "--seed", "7", "--data", str(folder / "data")], check=True, capture_output=True)
        known = people(program, folder)
        nodes = [Node(program, folder, f"node{number + 1}") for number in range(NODES)]
        proxy, callers = None, []
        try:
            for node in nodes:
                node.start()
            proxy = Proxy(folder, nodes)
            for node in nodes:
                proxy.wait(node.name, "UP")
            assert call(proxy.port, "GET", "/metrics")[0] == 404 and call(proxy.port, "GET", "/health/ready")[0] == 404, "机器看的页面不该从外面看到"
            token, cookie = sign_in(proxy.port)
            callers = [Caller(proxy.port, token, "000181001", cookie, keeps=number % 2 == 0) for number in range(CALLERS)]
            for caller in callers:
                caller.start()
            slow = SlowCaller(nodes[0], token, "000181001")
            slow.start()
            for node in nodes:
                node.stop()
                proxy.wait(node.name, "DOWN")
                node.start()
                proxy.wait(node.name, "UP")
            time.sleep(0.5)
            for caller in callers:
                caller.halt.set()
            for caller in callers:
                caller.join(60)
            assert not Caller.failures, f"{len(Caller.failures)} 个请求失败，如：\n" + "\n".join(Caller.failures[:10])
            assert len(set(Caller.acts)) == len(Caller.acts) > 0
            slow.join(60)
            assert slow.answer.startswith(b"HTTP/1.1 201"), f"停止时还在路上的一件没有办成：{slow.answer[:400].decode(errors='replace')}"
            Caller.acts.append(slow.act)
            found = people(program, folder)
            assert found == known + len(Caller.acts), f"办成 {len(Caller.acts)} 件，多出 {found - known} 人"
            served = {node.name: node.served() for node in nodes}
            assert all(served.values()), served
            told = subprocess.run([program, "nodes", "--data", str(folder / "data")], capture_output=True, text=True, check=True).stdout
            assert told.count("在服务") == NODES and "!" not in told, told
        finally:
            for process in [proxy and proxy.process] + [node.process for node in nodes]:
                if process and process.poll() is None:
                    process.kill()
                    process.wait()
    print(f"逐个重启 {NODES} 个节点：{Caller.answers} 个请求没有一个失败，其中办成 {len(Caller.acts)} 件，不多不少；各节点答复 {served}；{time.monotonic() - began:.0f} 秒")


if __name__ == "__main__":
    main(sys.argv[1])
