"""What a house owes to its standbys, tried on real ones. See Tests/Cluster/standbys. usage: standbys.py PROGRAM"""
import http.client
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench/cluster"))
from load import act_id  # noqa: E402
from sites import address, free_port, start_all, wait_for  # noqa: E402

CONSENT = "我了解主机损坏时可能丢失刚刚办结的事项"


class House:
    """One node, and what is asked of it."""

    def __init__(self, program, work, database, **settings):
        self.program, self.port, self.token = program, free_port(), None
        self.settings = os.environ | {"MINZHENG_DATA": f"{work}/data", "MINZHENG_DATABASE": database, "MINZHENG_PORT": str(self.port)} | settings
        self.log = pathlib.Path(work) / f"node-{self.port}.log"

    def command(self, *arguments):
        done = subprocess.run([self.program, *arguments], env=self.settings, capture_output=True, text=True, timeout=300)
        return done.returncode, done.stdout + done.stderr

    def start(self):
        self.process = subprocess.Popen([self.program, "serve"], env=self.settings, stdout=open(self.log, "ab"), stderr=subprocess.STDOUT)
        wait_for(lambda: self.ask("GET", "/health/ready")[0] == 200, "节点就绪", seconds=120)

    def stop(self):
        self.process.terminate()
        self.process.wait(60)

    def ask(self, method, path, body=None, headers={}, timeout=30):
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            line.request(method, path, None if body is None else json.dumps(body), {"Content-Type": "application/json", **headers})
            answer = line.getresponse()
            return answer.status, answer.read().decode(errors="replace"), dict(answer.getheaders())
        except (OSError, http.client.HTTPException) as fault:
            return 0, repr(fault), {}
        finally:
            line.close()

    def sign_in(self, username="jingban"):
        status, body, _ = self.ask("POST", "/api/session", {"username": username, "password": "minzheng-demo"})
        assert status in (200, 201), body
        self.token = {"Authorization": f"Bearer {json.loads(body)['token']}"}

    def register(self, act, number, timeout=30):
        person = {"name": "测试甲", "document_kind": "unidentified", "sex": "1", "born_on": "1950-01-01", "region": "000181001001", "address": f"备库路{number}号", "distinct_reason": "测试"}
        return self.ask("POST", "/api/people/register-person", person, self.token | {"Idempotency-Key": act}, timeout)

    def persons(self):
        return self.ask("GET", "/api/people/persons?limit=5", headers=self.token)


def said(text):
    print(f"✓ {text}", flush=True)


def opens_only_when_kept_twice(house, sites):
    """A real office, not a demonstration: without the mark it must have its standbys or the administrator's word."""
    primary = sites[0]
    primary.sql("UPDATE mark SET name = 'was-demo' WHERE name = 'demo'")
    code, told = house.command("doctor")
    assert "提交等备库落盘" in told, told
    house.start()
    house.stop()
    said("有同步备库：启动，体检如实说")
    for site in sites:
        site.configure({"synchronous_standby_names": ""})
    wait_for(lambda: primary.value("SHOW synchronous_standby_names") == "", "设置生效")
    code, told = house.command("serve")
    assert code != 0 and "synchronous_standby_names" in told and "allow-asynchronous-replication" in told, told
    code, told = house.command("doctor")
    assert code == 1 and "synchronous_standby_names" in told, told
    said("没有同步备库：拒绝启动，体检不过")
    accepting = House(house.program, pathlib.Path(house.settings["MINZHENG_DATA"]).parent, house.settings["MINZHENG_DATABASE"],
                      MINZHENG_ALLOW_ASYNCHRONOUS_REPLICATION=CONSENT)
    accepting.start()
    accepting.stop()
    assert CONSENT in accepting.log.read_text(), accepting.log.read_text()
    half = House(house.program, pathlib.Path(house.settings["MINZHENG_DATA"]).parent, house.settings["MINZHENG_DATABASE"], MINZHENG_ALLOW_ASYNCHRONOUS_REPLICATION="是")
    assert half.command("serve")[0] != 0
    said("管理员用原话写明：启动，并且说出来；只写「是」不行")
    for site in sites:
        site.configure({"synchronous_standby_names": "ANY 1 (a, b, c)"})
    primary.sql("UPDATE mark SET name = 'demo' WHERE name = 'was-demo'")


def copies_lag_in_lists_alone(house, copy):
    """The standby's replay stands still; the house goes on by the primary."""
    house.start()
    house.sign_in()
    status, _, _ = house.register(act_id(), 1)
    assert status == 201
    copy.sql("SELECT pg_wal_replay_pause()")
    act = act_id()
    status, body, _ = house.register(act, 2)
    assert status == 201, body
    person = json.loads(body)["subject"]
    # Whoever acted sees it in the lists, too: the copy is passed over for him.
    status, body, headers = house.persons()
    assert status == 200 and "X-Data-As-Of" not in headers, headers
    said("本人刚办的事，清单也从主库读")
    other = House(house.program, pathlib.Path(house.settings["MINZHENG_DATA"]).parent, house.settings["MINZHENG_DATABASE"])
    other.port = house.port
    other.sign_in("jiedaoshenhe")
    status, body, headers = other.persons()
    assert status == 200 and "X-Data-As-Of" in headers, (status, body[:300], headers)
    said(f"别人的清单来自备用库，并说明截至 {headers['X-Data-As-Of']}")
    status, body, _ = house.register(act, 2)
    assert status == 200 and json.loads(body)["subject"] == person, (status, body)
    status, body, _ = house.register(act, 3)
    assert status == 409, (status, body)
    said("备用库停着：重复提交照样认得，换了内容照样拒绝")
    copy.sql("SELECT pg_wal_replay_resume()")
    house.stop()


def returned_primary_answers_for_nothing_it_alone_holds(house, sites):
    primary, standbys = sites[0], sites[1:]
    house.start()
    house.sign_in()
    for site in standbys:
        site.stop()
    act, first = act_id(), {}
    caller = threading.Thread(target=lambda: first.update(answer=house.register(act, 9, timeout=20)))
    caller.start()
    # The act stands on the primary's own disk, and waits.
    time.sleep(3)
    primary.kill()
    caller.join()
    assert first["answer"][0] not in (200, 201), first
    primary.start()
    wait_for(lambda: primary.value(f"SELECT count(*) FROM journal WHERE id = '{act}'") == "1", "主库从自己的盘上回来，有这一件")
    status, body, _ = house.register(act, 9, timeout=6)
    assert status not in (200, 201), (status, body)
    said("主库独自回来：只在它盘上的事，不答已办结")
    for site in standbys:
        site.start()
    until = time.monotonic() + 60
    while True:
        status, body, _ = house.register(act, 9, timeout=10)
        if status in (200, 201) or time.monotonic() > until:
            break
        time.sleep(0.2)
    assert status == 200, (status, body)
    assert primary.value("SELECT count(*) FROM person WHERE address = '备库路9号'") == "1"
    said("备库回来：答复先前已办结，只办了一次")
    house.stop()


def main(program):
    work = tempfile.mkdtemp(prefix="standbys-")
    os.chmod(work, 0o711)
    sites = []
    try:
        sites = start_all(work)
        primary, copy = sites[0], sites[1]
        database = address(sites)
        house = House(program, work, database, MINZHENG_REPLICA=f"{address([copy]).split('?')[0]}?target_session_attrs=standby")
        code, told = house.command("demo", "--scale", "0.001")
        assert code == 0, told
        opens_only_when_kept_twice(house, sites)
        copies_lag_in_lists_alone(house, copy)
        returned_primary_answers_for_nothing_it_alone_holds(house, sites)
    finally:
        for site in sites:
            site.stop()
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main(sys.argv[1])
