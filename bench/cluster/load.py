"""Clients that do acts and never give up on one: each act has an id of its own, made before it is first sent, and is sent again with the
same id after a lost connection, a deadline or an answer of 5xx, at the next node."""
import http.client
import json
import os
import subprocess
import threading
import time

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GIVEN = "测试示范样例虚构假设演练甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"


def act_id():
    number = (int(time.time() * 1000) << 80) | int.from_bytes(os.urandom(10), "big")
    return "".join(ALPHABET[(number >> (5 * place)) & 31] for place in reversed(range(26)))


class Again(Exception):
    """Not answered: the same act is sent again."""


class HTTPDoor:
    """`people.register-person` at one of several nodes: an invented person without a number, told from others by the address alone."""
    ACTION = "people.register-person"

    def __init__(self, nodes, username="jingban", password="minzheng-demo"):
        self.nodes, self.place, self.line = nodes, 0, None
        self.account = {"username": username, "password": password}
        self.token = None

    def post(self, path, body, headers):
        if self.line is None:
            self.line = http.client.HTTPConnection("127.0.0.1", self.nodes[self.place], timeout=20)
        try:
            self.line.request("POST", path, json.dumps(body).encode(), {"Content-Type": "application/json", **headers})
            answer = self.line.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException) as fault:
            self.next_node()
            raise Again(type(fault).__name__) from fault

    def next_node(self):
        if self.line is not None:
            self.line.close()
        self.line, self.place = None, (self.place + 1) % len(self.nodes)

    def sign_in(self):
        status, body = self.post("/api/session", self.account, {})
        if status != 200 and status != 201:
            raise Again(f"登录 {status}")
        self.token = json.loads(body)["token"]

    def act(self, identity, number):
        if self.token is None:
            self.sign_in()
        name = "测" + GIVEN[number % len(GIVEN)] + GIVEN[number // len(GIVEN) % len(GIVEN)]
        body = {"name": name, "document_kind": "unidentified", "sex": "1", "born_on": f"{1930 + number % 79}-0{1 + number % 9}-1{number % 10}", "region": "000181001001",
                "address": f"压测路{number}号", "distinct_reason": "压测"}
        status, body = self.post(f"/api/{self.ACTION.replace('.', '/')}", body, {"Authorization": f"Bearer {self.token}", "Idempotency-Key": identity})
        if status in (200, 201):
            return status == 200
        if status >= 500 or status == 429:
            raise Again(str(status))
        raise SystemExit(f"办理被拒（{status}）：{body.decode()[:400]}")


class PlainDoor:
    """Without our program: one row in a table of its own by psql. What the cluster and its controller do by themselves."""

    def __init__(self, address):
        self.address = address

    @staticmethod
    def prepare(address):
        subprocess.run(["psql", address, "-XqAt", "-v", "ON_ERROR_STOP=1", "-c", "CREATE TABLE plain_act (id TEXT PRIMARY KEY, number BIGINT NOT NULL)"], check=True)

    def act(self, identity, number):
        text = f"INSERT INTO plain_act VALUES ('{identity}', {number}) ON CONFLICT (id) DO NOTHING RETURNING 1"
        try:
            done = subprocess.run(["psql", self.address, "-XqAt", "-v", "ON_ERROR_STOP=1", "-c", text], capture_output=True, text=True, timeout=20)
        except subprocess.TimeoutExpired as fault:
            raise Again("期限已到") from fault
        # A wait for the standby that was given up is no answer, although psql ends with 0.
        if done.returncode != 0 or "WARNING" in done.stderr:
            raise Again(done.stderr.strip()[:80])
        return done.stdout.strip() == ""


class Load:
    """Callers in threads; every answered act is written down with when it was sent and answered."""

    def __init__(self, doors):
        self.doors, self.number, self.lock = doors, 0, threading.Lock()
        self.answered, self.open, self.retries, self.repeats, self.fault = [], {}, 0, 0, None
        self.ended = threading.Event()
        self.threads = [threading.Thread(target=self.work, args=(door,), daemon=True) for door in doors]

    def start(self):
        for thread in self.threads:
            thread.start()

    def work(self, door):
        try:
            while not self.ended.is_set():
                with self.lock:
                    self.number += 1
                    number, identity = self.number, act_id()
                    self.open[identity] = number
                self.do(door, identity, number)
        except BaseException as fault:
            self.fault = fault

    def do(self, door, identity, number):
        while True:
            sent = time.monotonic()
            try:
                repeated = door.act(identity, number)
            except Again:
                with self.lock:
                    self.retries += 1
                time.sleep(0.05)
                continue
            with self.lock:
                self.answered.append((sent, time.monotonic(), identity, number))
                self.repeats += repeated
                del self.open[identity]
            return

    def first_after(self, moment):
        """When the first act that was sent after a moment was answered; nil when none was yet."""
        with self.lock:
            times = [answered for sent, answered, _, _ in reversed(self.answered[-4000:]) if sent >= moment]
        return min(times) if times else None

    def answered_after(self, moment):
        """How many acts were answered that were sent after a moment."""
        with self.lock:
            return sum(sent >= moment for sent, _, _, _ in self.answered)

    def close(self):
        """Lets every act come to its answer."""
        self.ended.set()
        for thread in self.threads:
            thread.join(timeout=120)
        if self.fault is not None:
            raise self.fault
        if any(thread.is_alive() for thread in self.threads):
            raise SystemExit("有办理两分钟得不到答复")
