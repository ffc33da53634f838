#!/usr/bin/env python3
"""Kills the control plane again and again under load, and has a checker look at what is left.

The control plane runs on a scripted backend (crash_daemon) or, with --vms, as dogwatchd on real virtual machines. It
ends at a random moment, or at a random system call on its journal by a layer loaded into it (faults.cpp): by SIGKILL,
in the middle of a write, by a power cut, or not at all, when the disk fills up or reports errors for a while. After
each end the checker reads a copy of the journal, and the next start has to go on from there. At the end everything
that was accepted has to have ended, and the firings have to be those of a backtest over the same records.
"""

import argparse
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

import checker

SCRIPTED = {"runtime": "sh", "code": "echo '\"done\"'"}
WORK = {"event": ["execution.succeeded", "execution.failed"], "function": "work*"}
JOB = {"run": "job", "payload": {"ms": 1, "do": "ok", "firing": "{{ firing }}"}}
PASSING = ("eio", "full", "rofs")  # faults that go away again: the control plane lives through them
METAEVENTS = [
    {"metaevent": "pinged", "when": {"occurs": {"event": "custom.ping"}}, "jobs": [JOB, JOB]},
    {"metaevent": "failing", "jobs": [JOB], "fire": {"on": "both", "cooldown": "200ms"},
     "when": {"count": {"event": "execution.failed", "function": "work*"}, "within": "1s", "is": [">=", 3]}},
    {"metaevent": "silent", "jobs": [JOB], "fire": {"repeat": "400ms"},
     "when": {"absent": {"event": "custom.beat"}, "for": "250ms"}},
    {"metaevent": "worked", "partition": ["function"],
     "when": {"streak": WORK, "among": WORK, "is": [">=", 5]}, "jobs": [JOB]},
    {"metaevent": "slow", "when": {"sequence": [{"event": "execution.started", "function": "work-1"},
                                                {"not": {"event": "execution.succeeded", "function": "work-1"}}],
                                   "within": "30ms"}},
    {"metaevent": "again", "when": {"all": [{"active": "silent"}, {"fired": "pinged"}]}, "jobs": [JOB]},
]


class Refused(Exception):
    """The control plane answered with an error."""


class Gone(Exception):
    """The connection ended."""


class Client:
    """JSON-RPC on the local socket, one call at a time."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(20)
        self.calls = 0
        self.waiting = []
        try:
            self.socket.connect(path)
        except OSError as error:
            raise Gone from error
        self.file = self.socket.makefile("rb")

    def call(self, method, **params):
        self.calls += 1
        self.send({"jsonrpc": "2.0", "id": self.calls, "method": method, "params": params})
        while True:
            message = self.receive()
            if message.get("id") == self.calls:
                break
            self.waiting.append(message)
        if "error" in message:
            raise Refused(message["error"]["message"])
        return message["result"]

    def send(self, message):
        try:
            self.socket.sendall(json.dumps(message).encode() + b"\n")
        except OSError as error:
            raise Gone from error

    def receive(self):
        try:
            line = self.file.readline()
        except OSError as error:
            raise Gone from error
        if not line.endswith(b"\n"):
            raise Gone
        return json.loads(line)

    def close(self):
        self.socket.close()


class Promises:
    """What clients were told. Everything in it must still be true after any number of crashes."""

    def __init__(self):
        self.lock = threading.Lock()
        self.accepted = set()
        self.answered = {}
        self.published = {}
        self.keys = {}
        self.defined = set()
        self.functions = set()
        self.broken = []

    def accept(self, execution, key=None):
        with self.lock:
            self.accepted.add(execution)
            if key is not None and self.keys.setdefault(key, execution) != execution:
                self.broken.append(f"the key {key} meant {self.keys[key]} and then {execution}")

    def answer(self, execution, status):
        with self.lock:
            if self.answered.setdefault(execution, status) != status:
                self.broken.append(f"{execution} was {self.answered[execution]} and then {status}")


class Load:
    """Threads that use the control plane until it dies."""

    def __init__(self, path, promises, unsure, seed):
        self.path = path
        self.promises = promises
        self.unsure = unsure  # requests with a key that were never answered: asked again after the restart
        self.random = random.Random(seed)
        self.stopping = False
        work = [self.wait_for_each, self.wait_for_each, self.ask_for_many, self.beat, self.edit, self.listen]
        self.threads = [threading.Thread(target=self.run, args=(each,), daemon=True) for each in work]
        for thread in self.threads:
            thread.start()

    def stop(self):
        self.stopping = True
        for thread in self.threads:
            thread.join(30)

    def run(self, work):
        try:
            client = Client(self.path)
            while not self.stopping:
                try:
                    work(client)
                except Refused:
                    time.sleep(0.005)
        except Gone:
            pass

    def request(self):
        what = self.random.choices(["ok", "fail", "lose", "lose-early"], [70, 15, 8, 7])[0]
        payload = {"ms": self.random.choice([0, 0, 1, 3, 20, 50]), "do": what}
        if self.random.random() < 0.2:
            payload["emit"] = "ping"
        function = self.random.choice(["work-1", "work-2", "work-retry"])
        key = f"k{self.random.getrandbits(48):x}" if self.random.random() < 0.5 else None
        return function, payload, key

    def invoke(self, client, function, payload, key, waits):
        params = {"function": function, "payload": payload, "async": not waits}
        if key:
            params["idempotency_key"] = key
            self.unsure[key] = (function, payload)
        answer = client.call("invoke", **params)
        self.promises.accept(answer["execution"], key)
        if waits:
            self.promises.answer(answer["execution"], answer["status"])
        self.unsure.pop(key, None)

    def wait_for_each(self, client):
        again = list(self.unsure.items())[:3]
        for key, (function, payload) in again:
            self.invoke(client, function, payload, key, True)
        self.invoke(client, *self.request(), True)
        time.sleep(0.01)

    def ask_for_many(self, client):
        self.invoke(client, *self.request(), False)
        time.sleep(0.01)

    def beat(self, client):
        self.invoke(client, "heart", {"ms": 0, "do": "ok", "emit": "beat"}, None, False)
        time.sleep(self.random.choice([0.05, 0.1, 0.4]))

    def edit(self, client):
        name = f"edited-{self.random.randrange(4)}"
        change = self.random.randrange(4)
        if change < 2:
            count = self.random.randrange(1, 50)
            answer = client.call("metaevents.apply", definitions={
                "metaevent": name, "jobs": [JOB],
                "when": {"count": {"event": "execution.queued"}, "within": "500ms", "is": [">=", count]}})
            for each in answer["metaevents"]:
                if each["change"] != "unchanged":
                    self.promises.defined.add((each["metaevent"], each["version"]))
        elif change == 2:
            client.call("metaevents.remove", name=name)
        else:
            answer = client.call("functions.update", name="work-2", memory=self.random.randrange(64, 512))
            self.promises.functions.add((answer["function"], answer["version"]))
        time.sleep(0.03)

    def listen(self, client):
        if client.calls == 0:
            client.call("subscribe", topics=["records"])
        message = client.waiting.pop(0) if client.waiting else client.receive()
        for record in message.get("params", {}).get("records", []):
            told = self.promises.published.setdefault(record["seq"], (record["event"], record["time"]))
            if told != (record["event"], record["time"]):
                self.promises.broken.append(f"seq {record['seq']} was {told} and then {record['event']}")


class Harness:
    def __init__(self, options):
        self.options = options
        self.random = random.Random(options.seed)
        self.promises = Promises()
        self.unsure = {}
        self.folder = tempfile.mkdtemp(prefix="dogwatch-crash-")
        self.data = os.path.join(self.folder, "data")
        self.log = open(os.path.join(self.folder, "log"), "ab")
        self.ends = {}

    def command(self):
        if self.options.vms:
            return [os.path.join(self.options.bin, "dogwatchd"), "--data", self.data, "--accel", "tcg", "--warm", "1",
                    "--max-vms", "2"]
        return [self.options.daemon, self.data]

    def start(self, fault=None):
        """The process and its socket; no socket when it ended before it was ready."""
        environment = dict(os.environ)
        if fault:
            environment["LD_PRELOAD"] = self.options.faults
            environment["DOGWATCH_FAULT"] = fault
        process = subprocess.Popen(self.command(), stdout=subprocess.PIPE, stderr=self.log, env=environment)
        line = process.stdout.readline().decode()
        if line.startswith("ready "):
            return process, line.split()[1]
        process.wait()
        return process, None

    def check(self, drained=False):
        """The checker, on a copy of the journal as it lies there."""
        copy = os.path.join(self.folder, "copy")
        shutil.rmtree(copy, ignore_errors=True)
        os.mkdir(copy)
        for suffix in ("", "-wal"):
            path = os.path.join(self.data, "journal.db" + suffix)
            if os.path.exists(path):
                shutil.copy(path, copy)
        path = os.path.join(copy, "journal.db")
        if not os.path.exists(path):
            return ["there is no journal"]
        return checker.check(path, self.promises, drained) + self.promises.broken

    def prepare(self):
        process, path = self.start()
        if path is None:
            sys.exit("the control plane does not start; see " + self.log.name)
        client = Client(path)
        for name in ("work-1", "work-2", "work-retry", "job", "heart"):
            client.call("functions.add", name=name, retries=2 if name == "work-retry" else 0, **SCRIPTED)
        client.call("metaevents.apply", definitions=METAEVENTS)
        client.close()
        return process, path

    def fault(self):
        """What the next process meets, if not a kill at a random moment."""
        kind = self.random.choice(["time", "kill", "torn", "cut", "cut", "eio", "full", "rofs"])
        at = int(10 ** self.random.uniform(0, 3.3))
        if kind == "time":
            return None
        if kind in PASSING:
            return f"{kind}:{at}:{self.random.choice([1, 2, 20, 200])}"
        return f"{kind}:{at}:{self.random.randrange(1 << 30)}"

    def once(self, process, path, fault):
        """Load until the process ends, one way or the other."""
        load = Load(path, self.promises, self.unsure, self.random.getrandbits(32)) if path else None
        patience = self.random.uniform(0.02, 1.2) if not fault else 2.5
        if self.options.vms:  # machines take their time to boot
            patience *= 10
        if path:
            try:
                process.wait(patience)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            load.stop()
        kind = fault.split(":")[0] if fault else "time"
        if process.returncode not in (-signal.SIGKILL, 1):
            return [f"it ended with {process.returncode} after {fault}"]
        if process.returncode == 1 and (kind not in PASSING or path):
            return [f"it gave up after {fault}"]
        if process.returncode == 1:
            kind += " at the start"
        self.ends[kind] = self.ends.get(kind, 0) + 1
        return []

    @staticmethod
    def ask_again(client, function, payload, key):
        """The execution; waits while the queue is full."""
        while True:
            try:
                answer = client.call("invoke", function=function, payload=payload, idempotency_key=key, **{"async": True})
                return answer["execution"]
            except Refused:
                time.sleep(0.1)

    def drain(self):
        """Until nothing waits or runs any more; then a clean end."""
        process, path = self.start()
        if path is None:
            return ["it does not start any more"]
        client = Client(path)
        print(f"draining: {len(self.unsure)} requests that were never answered are asked again", flush=True)
        for key, (function, payload) in list(self.unsure.items()):
            self.promises.accept(self.ask_again(client, function, payload, key), key)
        self.unsure.clear()
        for name in ("silent", "again"):  # they would go on for ever
            client.call("metaevents.disable", name=name)
        end = time.time() + 120
        while time.time() < end:
            status = client.call("status")
            if status["queued"] + status["running"] == 0:
                break
            time.sleep(0.05)
        else:
            return [f"it does not come to rest: {status}"]
        client.call("shutdown")
        process.wait(30)
        return self.check(drained=True)

    def compare_with_backtest(self):
        journal = checker.Journal(os.path.join(self.folder, "copy", "journal.db"))
        names = [m["metaevent"] for m in METAEVENTS]
        defined = [r for r in journal.records if r["event"] == "metaevent.defined" and r["metaevent"] in names]
        disabled = min(r["seq"] for r in journal.records if r["event"] == "metaevent.disabled")
        first = defined[len(names) - 1]
        records = [r for r in journal.records if first["seq"] < r["seq"] < disabled and
                   not r["event"].startswith("metaevent.")]
        until = records[-1]["time"]
        lines = os.path.join(self.folder, "records.ndjson")
        with open(lines, "w", encoding="utf-8") as file:
            for record in records:
                file.write(json.dumps({k: v for k, v in record.items() if v is not None}) + "\n")
        definitions = os.path.join(self.folder, "definitions.json")
        with open(definitions, "w", encoding="utf-8") as file:
            json.dump(METAEVENTS, file)
        done = subprocess.run([os.path.join(self.options.bin, "dogwatchctl"), "backtest", "--metaevents", definitions,
                               "--records", lines, "--from", str(first["time"]), "--until", str(until)],
                              capture_output=True, text=True, check=False)
        if done.returncode != 0:
            return [f"the backtest failed: {done.stderr}"]

        def identity(firing, key):
            return (firing["metaevent"], firing["time"], json.dumps(key), firing["cause"], firing["depth"],
                    firing["edge"])
        expected = [identity(f, f["key"]) for f in map(json.loads, done.stdout.splitlines()) if f["time"] < until]
        found = [identity(f, json.loads(f["key"])) for f in journal.firings
                 if f["metaevent"] in names and f["time"] < until]
        journal.close()
        print(f"{len(found)} firings, {len(records)} records, late ones among them", flush=True)
        if expected == found:
            return []
        for index, pair in enumerate(zip(expected, found)):
            if pair[0] != pair[1]:
                return [f"firing {index} should be {pair[0]} and is {pair[1]}"]
        return [f"{len(expected)} firings should be there, {len(found)} are"]

    def run(self):
        process, path = self.prepare()
        fault = None
        began = time.time()
        for count in range(1, self.options.kills + 1):
            faults = self.once(process, path, fault) or self.check()
            if faults:
                return self.report(count, fault, faults)
            if count % 25 == 0:
                print(f"{count} ends, {len(self.promises.accepted)} requests accepted, "
                      f"{time.time() - began:.0f} s", flush=True)
            fault = self.fault()
            process, path = self.start(fault)
        process.kill()
        process.wait()
        faults = self.drain() or self.compare_with_backtest()
        if faults:
            return self.report(self.options.kills, None, faults)
        print(f"{self.options.kills} ends ({', '.join(f'{n} {k}' for k, n in sorted(self.ends.items()))}): "
              f"{len(self.promises.accepted)} requests accepted, {len(self.promises.answered)} answered, "
              f"{len(self.promises.published)} records published; nothing lost, nothing doubled")
        shutil.rmtree(self.folder)
        return 0

    def report(self, count, fault, faults):
        print(f"after end {count} ({fault or 'a kill'}), seed {self.options.seed}:", file=sys.stderr)
        for each in faults:
            print("  " + each, file=sys.stderr)
        print("kept in " + self.folder, file=sys.stderr)
        return 1


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().getrandbits(31))
    parser.add_argument("--bin", required=True, help="where dogwatchd and dogwatchctl are")
    parser.add_argument("--daemon", help="crash_daemon")
    parser.add_argument("--faults", help="the layer to load, libcrash_faults.so")
    parser.add_argument("--vms", action="store_true", help="dogwatchd on real virtual machines")
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    sys.exit(Harness(options).run())


if __name__ == "__main__":
    main()
