"""Three PostgreSQL sites on loopback: a primary, and two standbys one of which must have a commit before it is answered.

Each site is a folder of bin/postgres. All carry the same `synchronous_standby_names = 'ANY 1 (a, b, c)'`: a primary doesn't connect to itself,
so for each it means the other two, and a promoted standby waits for a second copy from its first commit on."""
import errno
import os
import pathlib
import random
import signal
import socket
import subprocess
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
NAMES = ["a", "b", "c"]
QUORUM = "ANY 1 (a, b, c)"


def programs():
    """Where the newest server's programs are."""
    return max(pathlib.Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3])).parent


def as_server():
    return ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []


def free_port():
    while True:
        port = random.randrange(20000, 32000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue


class Line:
    """One psql that stays: on a busy machine starting a program takes longer than what is asked of it."""
    END = "-- told"

    def __init__(self, command):
        self.process = subprocess.Popen(command, cwd="/", stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, bufsize=1)

    def ask(self, text, timeout):
        """- Returns: rows as lists of text. Raises when the server doesn't answer."""
        # psql ends at the first fault, so that what is read is whole or nothing.
        timer = threading.Timer(timeout, self.process.kill)
        timer.start()
        try:
            self.process.stdin.write(f"{text};\n\\echo {self.END}\n")
            self.process.stdin.flush()
            rows = []
            for line in self.process.stdout:
                if line.rstrip("\n") == self.END:
                    return rows
                rows.append(line.rstrip("\n").split("\t"))
        except OSError:
            pass
        finally:
            timer.cancel()
        raise subprocess.SubprocessError("没有答复")

    def close(self):
        self.process.kill()
        self.process.wait()


class Site:
    def __init__(self, name, work):
        self.name, self.folder, self.port = name, pathlib.Path(work) / name, free_port()
        self.line, self.talking = None, threading.Lock()

    @property
    def data(self):
        return self.folder / "data"

    # Running

    def start(self):
        subprocess.run([ROOT / "bin/postgres", "start", self.folder, "--port", str(self.port), "--set", "wal_keep_size=1GB", "--set", "max_connections=200",
                        "--set", "wal_retrieve_retry_interval=500ms"],
                       check=True, stdout=subprocess.DEVNULL)

    def stop(self):
        if self.line is not None:
            self.line.close()
            self.line = None
        subprocess.run([ROOT / "bin/postgres", "stop", self.folder], check=False)

    def processes(self):
        """The server and all it has started, the server first."""
        try:
            server = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return []
        found = [server] if pathlib.Path(f"/proc/{server}").exists() else []
        for entry in pathlib.Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                if int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1]) == server:
                    found.append(int(entry.name))
            except (FileNotFoundError, ProcessLookupError):
                continue
        return found

    def kill(self):
        """SIGKILL to the server and everything it started: nothing of it can answer or accept any more.
        - Returns: when the last of them fell."""
        for victim in self.processes():
            try:
                os.kill(victim, signal.SIGKILL)
            except ProcessLookupError:
                continue
        return time.monotonic()

    # Talking

    def sql(self, *texts, timeout=30):
        """Rows as lists of text, asked by the superuser through the socket; each text is a transaction of its own."""
        command = ["psql", "-h", self.folder, "-p", str(self.port), "-U", "postgres", "-d", "minzheng", "-XAtq", "-F", "\t", "-v", "ON_ERROR_STOP=1"]
        for text in texts:
            command += ["-c", text]
        done = subprocess.run(as_server() + [str(part) for part in command], cwd="/", capture_output=True, text=True, timeout=timeout, check=True)
        return [line.split("\t") for line in done.stdout.splitlines()]

    def quickly(self, text, timeout=5):
        """The same through a line that stays open. One that the server has left since it was last used is opened anew."""
        with self.talking:
            was_open = self.line is not None
            try:
                return self.through_line(text, timeout)
            except subprocess.SubprocessError:
                if not was_open:
                    raise
            return self.through_line(text, timeout)

    def through_line(self, text, timeout):
        if self.line is None:
            command = ["psql", "-h", self.folder, "-p", self.port, "-U", "postgres", "-d", "minzheng", "-XAtq", "-F", "\t", "-v", "ON_ERROR_STOP=1"]
            self.line = Line(as_server() + [str(part) for part in command])
        try:
            return self.line.ask(text, timeout)
        except subprocess.SubprocessError:
            self.line.close()
            self.line = None
            raise

    def value(self, text, timeout=30):
        return self.sql(text, timeout=timeout)[0][0]

    def answers(self):
        try:
            return self.quickly("SELECT 1", timeout=2) == [["1"]]
        except (subprocess.SubprocessError, IndexError):
            return False

    def refuses(self):
        """Nobody listens: certain, where silence may only be slowness."""
        with socket.socket() as probe:
            probe.settimeout(1)
            try:
                return probe.connect_ex(("127.0.0.1", self.port)) == errno.ECONNREFUSED
            except OSError:
                return False

    def configure(self, settings):
        self.sql(*[f"ALTER SYSTEM SET {name} = '{value}'" for name, value in settings.items()], "SELECT pg_reload_conf()")

    # Following

    def conninfo(self, follower):
        return f"host={self.folder} port={self.port} user=postgres application_name={follower}"

    def copy_from(self, primary):
        """A new standby, copied whole."""
        subprocess.run(as_server() + ["rm", "-rf", str(self.data)], cwd="/", check=True)
        self.folder.mkdir(mode=0o700, exist_ok=True)
        if os.geteuid() == 0:
            subprocess.run(["chown", "postgres:", self.folder], check=True)
        primary.ensure_slot(self.name)
        subprocess.run(as_server() + [str(programs() / "pg_basebackup"), "-d", primary.conninfo(self.name), "-D", str(self.data), "-X", "stream", "-S", self.name, "-c", "fast", "-R"],
                       cwd="/", check=True, capture_output=True)
        subprocess.run(["cp", "-p", primary.folder / "password", self.folder / "password"], check=True)
        self.start()
        self.renew_slots()

    def rewind_from(self, primary):
        """A dead primary becomes a standby: what it alone had is undone.
        - Returns: whether it could."""
        primary.ensure_slot(self.name)
        # Until its first checkpoint a promoted server's control file still names the old timeline, and pg_rewind would see nothing to do.
        primary.sql("CHECKPOINT", timeout=120)
        done = subprocess.run(as_server() + [str(programs() / "pg_rewind"), "-D", str(self.data), "--source-server", primary.conninfo(self.name) + " dbname=postgres", "-R"],
                              cwd="/", capture_output=True, text=True)
        if done.returncode != 0:
            return False
        lines = f"primary_conninfo = '{primary.conninfo(self.name)}'\nprimary_slot_name = '{self.name}'\n"
        subprocess.run(as_server() + ["tee", "-a", str(self.data / "postgresql.auto.conf")], cwd="/", input=lines, text=True, stdout=subprocess.DEVNULL, check=True)
        self.start()
        self.renew_slots()
        return True

    def follow(self, primary):
        """Turns a running standby to another primary that has a slot for it, without a restart."""
        self.configure({"primary_conninfo": primary.conninfo(self.name), "primary_slot_name": self.name})

    def ensure_slot(self, name):
        self.quickly(f"SELECT pg_create_physical_replication_slot('{name}') WHERE NOT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = '{name}')")

    def renew_slots(self):
        """Slots from another life of this site would keep its log for ever."""
        self.sql("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE NOT active")

    def received(self):
        """How much log this standby has on its disk, in bytes; nil while it receives more."""
        count, bytes = self.quickly("SELECT count(*), pg_wal_lsn_diff(pg_last_wal_receive_lsn(), '0/0')::bigint FROM pg_stat_wal_receiver WHERE status = 'streaming'")[0]
        return int(bytes) if count == "0" else None

    def witnesses(self):
        """How many standbys a commit may count on."""
        return int(self.quickly("SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming' AND sync_state = 'quorum'")[0][0])


def start_all(work):
    """A primary and two standbys; the first is the primary."""
    sites = [Site(name, work) for name in NAMES]
    primary, standbys = sites[0], sites[1:]
    primary.start()
    for standby in standbys:
        standby.copy_from(primary)
    for site in sites:
        site.configure({"synchronous_standby_names": QUORUM, "synchronous_commit": "on"})
    wait_for(lambda: primary.witnesses() == 2, "两台备库跟上主库")
    return sites


def address(sites):
    """One URL for all sites: whoever takes writes is the one."""
    password = (sites[0].folder / "password").read_text().strip()
    hosts = ",".join(f"127.0.0.1:{site.port}" for site in sites)
    return f"postgres://minzheng:{password}@{hosts}/minzheng?target_session_attrs=read-write"


def wait_for(condition, what, seconds=60, pause=0.05):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if condition():
                return
        except subprocess.SubprocessError:
            pass
        time.sleep(pause)
    raise SystemExit(f"等不到：{what}")
