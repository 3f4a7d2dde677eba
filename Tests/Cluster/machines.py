"""Three machines on one: each a network namespace, a host name and an overlay of this file system. See Tests/Cluster/machines. usage: machines.py PROGRAM"""
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench/cluster"))
from load import act_id  # noqa: E402

PAGE = (ROOT / "docs/operations.md").read_text()
NAMES = ["node1", "node2", "node3"]
OVERLAID = ["etc", "var", "root", "usr"]

# What a machine has and a namespace hasn't: other machines to reach, a package archive, a service manager.
STAND_INS = {
    "ssh": """machine=$1; shift; exec nsenter -t "$(cat "$MACHINES/$machine.pid")" -m -u -n -- "$@" """,
    "scp": """target=${@: -1}; machine=${target%%:*} place=${target#*:}; set -- "${@:1:$#-1}"
for file in "$@"; do
  case $place in */) to=$place$(basename "$file") ;; *) to=$place ;; esac
  nsenter -t "$(cat "$MACHINES/$machine.pid")" -m -u -n -- tee "$to" < "$file" > /dev/null
done""",
    "apt-get": "exit 0",
    "systemctl": """verb=$1; units=$(printf '%s\\n' "$@" | grep -E '^(minzheng@|haproxy)' || true)
for unit in $units; do
  file=/run/$unit.pid
  if [ "$verb" != enable ] && [ -e $file ]; then
    kill -TERM $(cat $file); while kill -0 $(cat $file) 2>/dev/null; do sleep 0.1; done; rm $file
  fi
  [ "$verb" != stop ] || continue
  case $unit in
    haproxy) haproxy -D -f /etc/haproxy/haproxy.cfg -p $file ;;
    minzheng@*)
      command=$(sed -n 's/^ExecStart=//p' /etc/systemd/system/minzheng@.service | sed "s/%i/${unit#*@}/g; s/%H/$(hostname)/g")
      ( set -a; . /etc/minzheng/environment; cd /var/lib/minzheng
        setsid setpriv --reuid minzheng --regid minzheng --init-groups $command >> /var/log/minzheng.log 2>&1 & echo $! > $file ) ;;
  esac
done""",
}


class Machine:
    def __init__(self, name, number, work, program):
        self.name, self.address, self.work, self.program = name, f"10.77.0.{10 + number}", work, program
        self.netns = f"{work.name}-{name}"
        self.holder = None

    def start(self, switch):
        subprocess.run(["ip", "netns", "add", self.netns], check=True)
        inner, outer = "eth0", self.name
        for command in (["link", "add", outer, "netns", switch, "type", "veth", "peer", "name", inner, "netns", self.netns],
                        ["-n", switch, "link", "set", outer, "master", "switch", "up"], ["-n", self.netns, "addr", "add", f"{self.address}/24", "dev", inner],
                        ["-n", self.netns, "link", "set", inner, "up"], ["-n", self.netns, "link", "set", "lo", "up"]):
            subprocess.run(["ip", *command], check=True)
        lays = []
        for folder in OVERLAID:
            above, aside = self.work / self.name / folder, self.work / self.name / f"{folder}.work"
            above.mkdir(parents=True), aside.mkdir()
            lays.append(f"mount -t overlay overlay -o lowerdir=/{folder},upperdir={above},workdir={aside} /{folder}")
        hosts = "\\n".join(["127.0.0.1 localhost"] + [f"10.77.0.{11 + place} {name}" for place, name in enumerate(NAMES)])
        # What this machine happens to have of ours and of PostgreSQL's isn't on a fresh one.
        prepare = lays + ["mount -t tmpfs tmpfs /run", "install -d -o postgres -g postgres -m 2775 /run/postgresql", f"hostname {self.name}", f"printf '{hosts}\\n' > /etc/hosts",
                          "rm -rf /etc/postgresql/* /var/lib/postgresql/* /var/log/postgresql/* /etc/minzheng /var/lib/minzheng /usr/bin/minzheng /root/minzheng", "exec sleep infinity"]
        self.holder = subprocess.Popen(["ip", "netns", "exec", self.netns, "unshare", "--mount", "--uts", "--propagation", "private", "bash", "-euc", "; ".join(prepare)])
        (self.work / f"{self.name}.pid").write_text(str(self.holder.pid))
        until = time.monotonic() + 20
        while "sleep" not in pathlib.Path(f"/proc/{self.holder.pid}/comm").read_text():
            assert self.holder.poll() is None and time.monotonic() < until, f"{self.name} 没有搭好"
            time.sleep(0.05)

    def type(self, text, quiet=False):
        """- Returns: what was printed. Whatever fails ends the test."""
        text = text.replace(".build/release/minzheng", str(self.program))
        settings = os.environ | {"MACHINES": str(self.work), "PATH": f"{self.work}/bin:{os.environ['PATH']}"}
        done = subprocess.run(["nsenter", "-t", str(self.holder.pid), "-m", "-u", "-n", "--", "bash", "-euo", "pipefail", "-c", f"cd {ROOT}\n{text}"], env=settings,
                              capture_output=True, text=True, timeout=300, stdin=subprocess.DEVNULL)
        if done.returncode != 0:
            log = subprocess.run(["tail", "-5", self.work / self.name / "var/log/minzheng.log"], capture_output=True, text=True).stdout
            raise SystemExit(f"{self.name}：这一段没有走通（{done.returncode}）：\n{text}\n{done.stdout[-3000:]}{done.stderr[-3000:]}\n{log}")
        if not quiet:
            print(f"✓ {self.name}：{text.strip().splitlines()[1][:110] if len(text.strip().splitlines()) > 1 else text}", flush=True)
        return done.stdout

    def processes(self):
        found = subprocess.run(["ip", "netns", "pids", self.netns], capture_output=True, text=True).stdout.split()
        return [int(process) for process in found if int(process) != self.holder.pid]

    def lose(self):
        """The machine is gone: every process of it, and its line."""
        while found := self.processes():
            for process in found:
                try:
                    os.kill(process, signal.SIGKILL)
                except ProcessLookupError:
                    pass
            time.sleep(0.05)
        subprocess.run(["ip", "-n", self.netns, "link", "set", "eth0", "down"], check=True)

    def mend(self):
        subprocess.run(["ip", "-n", self.netns, "link", "set", "eth0", "up"], check=True)
        self.type("rm -f /run/*.pid", quiet=True)

    def remove(self):
        for process in self.processes():
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                pass
        if self.holder is not None:
            self.holder.kill()
            self.holder.wait()
        subprocess.run(["ip", "netns", "del", self.netns], check=False)


def blocks(heading, level):
    """The commands under a heading: where they are typed, and what."""
    text = re.split(rf"^{level} ", PAGE.split(f"\n{heading}\n", 1)[1], maxsplit=1, flags=re.M)[0]
    found = []
    for block in re.findall(r"```sh\n(.*?)```", text, flags=re.S):
        places = re.findall(r"node[1-3]", block.splitlines()[0]) if block.startswith("# on ") else []
        found.append((places, block))
    return found


def ask(machine, method, place, body=None, headers={}):
    head = " ".join(f"-H '{name}: {value}'" for name, value in headers.items())
    data = f"-d '{json.dumps(body, ensure_ascii=False)}'" if body is not None else ""
    return machine.type(f"curl -sS -m 20 -X {method} -H 'Content-Type: application/json' {head} {data} http://{place}", quiet=True)


class Walk:
    def __init__(self, machines):
        self.machines = {machine.name: machine for machine in machines}

    def type(self, places, block):
        assert places, f"没有说在哪台机器上：\n{block}"
        return {name: self.machines[name].type(block) for name in places}

    def old_office(self):
        """What the page begins with: a service over the file, installed as the page says under "As a service"."""
        first = self.machines["node1"]
        service = next(block for _, block in blocks("## Running it", "##") if block.startswith("useradd"))
        lines = [line for line in service.splitlines() if not line.startswith(("systemctl enable", "systemctl list-timers"))]
        first.type("# on node1\n" + "\n".join(lines))
        first.type("# on node1\nset -x\ninstall -d -o minzheng -g minzheng -m 0700 /var/lib/minzheng; cd /var/lib/minzheng\n"
                   "runuser -u minzheng -- minzheng demo --scale 0.001 --data /var/lib/minzheng")
        first.type("# on node1\nsystemctl enable --now minzheng@8080 minzheng-backup.timer\nuntil curl -fsS http://127.0.0.1:8080/health/ready; do sleep 0.2; done")

    def register(self, place, number):
        machine = self.machines["node2"]
        token = json.loads(ask(machine, "POST", f"{place}/api/session", {"username": "jingban", "password": "minzheng-demo"}))["token"]
        person = {"name": "测试甲", "document_kind": "unidentified", "sex": "1", "born_on": "1950-01-01", "region": "000181001001", "address": f"三机路{number}号", "distinct_reason": "测试"}
        answer = json.loads(ask(machine, "POST", f"{place}/api/people/register-person", person, {"Authorization": f"Bearer {token}", "Idempotency-Key": act_id()}))
        assert "subject" in answer, answer
        return answer["subject"]

    def known(self, primary, person):
        told = self.machines[primary].type(f"cd / && runuser -u postgres -- psql -d minzheng -Atc \"SELECT count(*) FROM person WHERE id = '{person}'\"", quiet=True)
        return told.strip() == "1"

    def run(self):
        self.old_office()
        whole = blocks("## From one file to three nodes", "###")
        for places, block in whole:
            self.type(places, block)
        person = self.register("node1", 1)
        self.machines["node1"].lose()
        print("✗ node1 没了：数据库、节点、代理", flush=True)
        after = blocks("### When the primary is lost", "##")
        reached = self.type(*after[0])
        swap = int(reached["node3"]) > int(reached["node2"])
        primary = "node3" if swap else "node2"
        for number, (places, block) in enumerate(after[1:], 1):
            if swap:
                block = block.replace("node2", "node_").replace("node3", "node2").replace("node_", "node3")
                places = re.findall(r"node[1-3]", block.splitlines()[0])
            if "node1" in places:
                # The house works on without it, and with one standby less.
                for name in ("node2", "node3"):
                    self.machines[name].type(f"# on {name}\nuntil curl -fsS http://{name}:8080/health/ready; do sleep 0.2; done")
                assert self.known(primary, person), "已办结的事不见了"
                second = self.register("node3:8080", 2)
                self.machines["node1"].mend()
            self.type(places, block)
        first = self.machines["node1"]
        first.type("# on node1\nsystemctl enable --now minzheng@8080 haproxy\nuntil curl -fsS -o /dev/null http://node1/sign-in; do sleep 0.2; done")
        assert all(self.known(name, known) for name in NAMES for known in (person, second)), "补回来的机器少了办结的事"
        self.machines["node2"].type("# on node2\ncd /var/lib/minzheng && runuser -u minzheng -- minzheng verify journal --config /etc/minzheng/minzheng.yaml")
        print("三台机器走完了运维说明：搬迁、三个节点、丢了主库又补回来", flush=True)


def main(program):
    # Whoever ends it early still leaves nothing behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    work = pathlib.Path(tempfile.mkdtemp(prefix="mz"))
    os.chmod(work, 0o755)
    switch, machines = work.name, [Machine(name, place + 1, work, program) for place, name in enumerate(NAMES)]
    (work / "bin").mkdir()
    for name, text in STAND_INS.items():
        (work / "bin" / name).write_text("#!/bin/bash\nset -euo pipefail\n" + text + "\n")
        (work / "bin" / name).chmod(0o755)
    try:
        subprocess.run(["ip", "netns", "add", switch], check=True)
        subprocess.run(["ip", "-n", switch, "link", "add", "switch", "type", "bridge"], check=True)
        subprocess.run(["ip", "-n", switch, "link", "set", "switch", "up"], check=True)
        for machine in machines:
            machine.start(switch)
        Walk(machines).run()
    finally:
        for machine in machines:
            machine.remove()
        subprocess.run(["ip", "netns", "del", switch], check=False)
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
