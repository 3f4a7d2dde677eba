"""A small fail-over controller for the bench. A real site puts Patroni or pg_auto_failover in its place.

It keeps two rules that any replacement must keep:
- The old primary is fenced before another is promoted: here every process of it is killed, elsewhere the machine is cut off or its watchdog fires.
- With `ANY 1` of two standbys, an answered commit is on one of them. Which one is only known when both have said how far they are; so both are asked,
  after neither receives any more, and the one with more log is promoted. With one standby silent nobody is promoted without a person's word."""
import threading
import time

from sites import wait_for


class Controller(threading.Thread):
    # How often in turn nobody may listen, and how often a server that listens may be silent for two seconds.
    REFUSALS, SILENCES = 3, 8
    PAUSE = 0.2

    def __init__(self, sites):
        super().__init__(daemon=True)
        self.sites, self.primary, self.events, self.fault = sites, sites[0], [], None
        self.absent, self.ended = set(), threading.Event()
        self.lock = threading.Lock()

    def run(self):
        try:
            refusals = silences = 0
            while not self.ended.wait(self.PAUSE):
                refusals = refusals + 1 if self.primary.refuses() else 0
                silences = 0 if refusals or self.primary.answers() else silences + 1
                # Whoever is asked all the time answers at once when it matters.
                for site in self.sites:
                    if refusals == 0 and site is not self.primary and site not in self.absent:
                        site.answers()
                if refusals >= self.REFUSALS or silences >= self.SILENCES:
                    with self.lock:
                        self.fail_over()
                    refusals = silences = 0
        except BaseException as fault:
            self.fault = fault

    def fail_over(self):
        old, seen = self.primary, time.monotonic()
        standbys = [site for site in self.sites if site is not old and site not in self.absent]
        if len(standbys) < 2:
            raise RuntimeError("少一台备库的位置，无法断定谁最新：请人工决定")
        old.kill()
        wait_for(lambda: not old.processes(), "旧主库停下")
        reached = {}
        for site in standbys:
            def tells(site=site):
                reached[site] = site.received()
                return reached[site] is not None
            wait_for(tells, f"{site.name} 不再接收，说出收到哪里")
        new, other = sorted(standbys, key=reached.get, reverse=True)
        asked = time.monotonic()
        new.quickly("SELECT pg_promote(true, 30) WHERE pg_is_in_recovery()", timeout=40)
        promoted = time.monotonic()
        new.ensure_slot(other.name)
        other.follow(new)
        self.absent.add(old)
        self.primary = new
        self.events.append({"old": old, "new": new, "seen": seen, "asked": asked, "promoted": promoted})

    def rejoin(self, site):
        """Brings a fenced site back as a standby. - Returns: how."""
        with self.lock:
            primary = self.primary
        how = "pg_rewind" if site.rewind_from(primary) else "pg_basebackup"
        if how == "pg_basebackup":
            site.copy_from(primary)
            site.configure({"synchronous_commit": "on"})
        wait_for(lambda: primary.witnesses() == 2, f"{site.name} 跟上主库")
        self.absent.discard(site)
        return how

    def close(self):
        self.ended.set()
        self.join()
