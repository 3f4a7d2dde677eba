"""Kills the primary again and again under load, and looks whether an answered act was lost or done twice. See bench/cluster/kills."""
import argparse
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

from failover import Controller
from load import HTTPDoor, Load, PlainDoor
from sites import address, free_port, start_all, wait_for


class Node:
    """One `minzheng serve` over the cluster."""

    def __init__(self, program, database, data, log):
        self.port = free_port()
        self.log = open(log, "wb")
        self.process = subprocess.Popen([program, "serve", "--database", database, "--data", data, "--port", str(self.port)], stdout=self.log, stderr=self.log)

    def is_ready(self):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/sign-in", timeout=2) as answer:
                return answer.status == 200
        except (OSError, urllib.error.URLError):
            return False

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.log.close()


class Bench:
    def __init__(self, options, work):
        self.options, self.work, self.rows, self.is_enough = options, work, [], False
        self.sites, self.nodes, self.controller, self.load = [], [], None, None

    def run(self):
        self.sites = start_all(self.work)
        self.address = address(self.sites)
        print(f"三台数据库已启动：{', '.join(f'{site.name} {site.port}' for site in self.sites)}；主库 a，{self.sites[0].value('SHOW synchronous_standby_names')}", flush=True)
        doors = self.plain_doors() if self.options.plain else self.http_doors()
        self.controller, self.load = Controller(self.sites), Load(doors)
        self.controller.start()
        self.load.start()
        # SIGTERM ends the kills early; what was done is looked at all the same.
        signal.signal(signal.SIGTERM, lambda *_: setattr(self, "is_enough", True))
        for number in range(1, self.options.kills + 1):
            if not self.is_enough:
                self.one_kill(number)
        time.sleep(1)
        alone = self.alone()
        self.load.close()
        self.controller.close()
        return self.check() and alone == 0

    def plain_doors(self):
        PlainDoor.prepare(self.address)
        return [PlainDoor(self.address) for _ in range(self.options.callers)]

    def http_doors(self):
        program, data = self.options.minzheng, f"{self.work}/node0"
        subprocess.run([program, "demo", "--scale", "0.01", "--database", self.address, "--data", data], check=True, capture_output=True)
        for number in range(self.options.nodes):
            # Every node has a folder of its own with the same keys.
            folder = f"{self.work}/node{number}"
            if number > 0:
                shutil.copytree(data, folder)
            self.nodes.append(Node(program, self.address, folder, f"{self.work}/node{number}.log"))
        for node in self.nodes:
            wait_for(node.is_ready, "节点能接待")
        ports = [node.port for node in self.nodes]
        return [HTTPDoor(ports[place % len(ports):] + ports[:place % len(ports)]) for place in range(self.options.callers)]

    # One kill

    def one_kill(self, number):
        primary = self.controller.primary
        self.wait_for(lambda: primary.witnesses() == 2, "两台备库都同步")
        time.sleep(random.uniform(0.5, self.options.calm))
        before, acts = self.load.retries, len(self.load.answered)
        killed = primary.kill()
        self.wait_for_writes(killed)
        event = self.controller.events[-1]
        back = self.load.first_after(killed) - killed
        began = time.monotonic()
        how = self.controller.rejoin(primary)
        row = {"number": number, "old": primary.name, "new": event["new"].name, "seen": event["seen"] - killed, "asked": event["asked"] - killed, "promoted": event["promoted"] - killed, "back": back,
               "retries": self.load.retries - before, "acts": len(self.load.answered) - acts, "how": how, "rejoin": time.monotonic() - began}
        self.rows.append(row)
        print("{number:4d}  {old} → {new}  发现 {seen:.2f} 秒  认定最新 {asked:.2f} 秒  提升 {promoted:.2f} 秒  恢复写入 {back:.2f} 秒  重发 {retries} 次  其间办结 {acts} 件  {how} {rejoin:.1f} 秒".format(**row), flush=True)

    def wait_for_writes(self, killed):
        self.wait_for_answer(killed)
        self.wait_for(lambda: self.controller.events and self.controller.events[-1]["promoted"] >= killed, "控制器换好主库")

    def wait_for_answer(self, moment):
        self.wait_for(lambda: self.load.first_after(moment) is not None, "恢复写入")

    def wait_for(self, condition, what):
        """The same, but a fault of the controller or of a caller ends it at once."""
        def holds():
            for fault in (self.controller.fault, self.load.fault):
                if fault is not None:
                    raise fault
            return condition()
        wait_for(holds, what, seconds=120, pause=0.01)

    def alone(self):
        """Without any standby an act waits and isn't answered; when one is back, work goes on.
        - Returns: how many were answered all the same."""
        primary = self.controller.primary
        standbys = [site for site in self.sites if site is not primary]
        for site in standbys:
            site.kill()
        # What was under way when the second one fell may still have been answered by it.
        wait_for(lambda: primary.witnesses() == 0, "主库看不到备库")
        began = time.monotonic()
        time.sleep(self.options.alone)
        answered = self.load.answered_after(began)
        for site in standbys:
            site.start()
        returned = time.monotonic()
        self.wait_for_answer(returned)
        back = self.load.first_after(returned) - returned
        print(f"两台备库都停 {self.options.alone:.0f} 秒：办结 {answered} 件；备库回来后 {back:.2f} 秒恢复写入", flush=True)
        return answered

    # Looking

    def check(self):
        acknowledged = {identity: number for _, _, identity, number in self.load.answered}
        found = self.journal()
        lost = [identity for identity in acknowledged if identity not in found]
        doubled = self.doubled()
        verdict = "（未经本系统）" if self.options.plain else self.verify()
        backs = sorted(row["back"] for row in self.rows)
        late = [back for back in backs if back > 10]
        print(f"\n断主库 {len(self.rows)} 次，办结 {len(acknowledged)} 件（重发 {self.load.retries} 次，其中 {self.load.repeats} 件答复的是先前已办结），日志 {len(found)} 条")
        print(f"丢失 {len(lost)} 件，重复 {len(doubled)} 件，{verdict}")
        if backs:
            print(f"恢复写入：中位 {statistics.median(backs):.2f} 秒，最慢 {backs[-1]:.2f} 秒，超过 10 秒的 {len(late)} 次")
            rate = len(acknowledged) / (self.load.answered[-1][1] - self.load.answered[0][0])
            print(f"\n| kills | callers, nodes | acts answered | lost | doubled | writes back, median / slowest, s | acts a second over all |\n|---|---|---|---|---|---|---|\n"
                  f"| {len(self.rows)} | {self.options.callers}, {len(self.nodes)} | {len(acknowledged)} | {len(lost)} | {len(doubled)} | {statistics.median(backs):.2f} / {backs[-1]:.2f} | {rate:.0f} |")
        return not lost and not doubled and not late and "✗" not in verdict

    def journal(self):
        primary = self.controller.primary
        if self.options.plain:
            return {row[0] for row in primary.sql("SELECT id FROM plain_act", timeout=120)}
        return {row[0] for row in primary.sql(f"SELECT id FROM journal WHERE action = '{HTTPDoor.ACTION}'", timeout=120)}

    def doubled(self):
        """Effects that stand twice, and effects without an entry."""
        primary = self.controller.primary
        if self.options.plain:
            return primary.sql("SELECT number FROM plain_act GROUP BY number HAVING count(*) > 1", timeout=120)
        twice = primary.sql("SELECT address FROM person WHERE address LIKE '压测路%' GROUP BY address HAVING count(*) > 1", timeout=120)
        stray = primary.sql("SELECT id FROM person WHERE address LIKE '压测路%' AND NOT EXISTS (SELECT FROM journal WHERE subject = person.id)", timeout=120)
        empty = primary.sql(f"SELECT id FROM journal WHERE action = '{HTTPDoor.ACTION}' AND NOT EXISTS (SELECT FROM person WHERE person.id = journal.subject)", timeout=120)
        return twice + stray + empty

    def verify(self):
        done = subprocess.run([self.options.minzheng, "verify", "journal", "--database", self.address, "--data", f"{self.work}/node0"], capture_output=True, text=True)
        return ("✓ " if done.returncode == 0 else "✗ ") + " ".join((done.stdout + done.stderr).split())

    def close(self):
        for work in (self.load, self.controller):
            if work is not None:
                work.ended.set()
        for node in self.nodes:
            node.close()
        for site in self.sites:
            site.stop()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("kills", type=int, nargs="?", default=10)
    parser.add_argument("--callers", type=int, default=8)
    parser.add_argument("--nodes", type=int, default=2)
    parser.add_argument("--calm", type=float, default=2.0, help="at most so many seconds of load before each kill")
    parser.add_argument("--alone", type=float, default=8.0, help="seconds at the end without any standby")
    parser.add_argument("--plain", action="store_true", help="rows by psql instead of acts")
    parser.add_argument("--keep", help="work in this new folder and leave it")
    parser.add_argument("--minzheng", default=".build/release/minzheng")
    options = parser.parse_args()
    work = options.keep or tempfile.mkdtemp(prefix="cluster-")
    os.makedirs(work, exist_ok=True)
    os.chmod(work, 0o711)
    bench = Bench(options, work)
    try:
        sound = bench.run()
    finally:
        bench.close()
        if not options.keep:
            shutil.rmtree(work, ignore_errors=True)
    sys.exit(0 if sound else 1)


if __name__ == "__main__":
    main()
