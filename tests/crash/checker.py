"""Reads a journal.db with SQL of its own and tells what is wrong with it.

Nothing here shares code with Dogwatch: the tables and the rules are written down a second time. Run on a copy: opening
a journal, even for reading, folds its write-ahead log.
"""

import json
import sqlite3
import sys
from collections import defaultdict

QUEUED, RUNNING, SUCCEEDED, FAILED, DROPPED = range(5)
STATES = ["queued", "running", "succeeded", "failed", "dropped"]


class Journal:
    """All of a journal that the rules are about."""

    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.row_factory = sqlite3.Row
        self.names = dict(self.db.execute("SELECT id, name FROM names"))
        self.names[0] = None
        self.records = [self._record(row) for row in self.db.execute("SELECT * FROM records ORDER BY seq")]
        self.by_execution = defaultdict(list)
        for record in self.records:
            if record["execution"]:
                self.by_execution[record["execution"]].append(record)
        self.executions = {row["id"]: dict(row) for row in self.db.execute("SELECT * FROM executions")}
        self.firings = [dict(row) for row in self.db.execute("SELECT * FROM firings ORDER BY seq")]
        for firing in self.firings:
            firing["metaevent"] = self.names[firing["metaevent"]]

    def _record(self, row):
        record = json.loads(row["body"])
        record.update(seq=row["seq"], time=row["time"], event=self.names[row["event"]],
                      function=self.names[row["function"]], execution=row["execution"])
        return record

    def close(self):
        self.db.close()


class Faults(list):
    """What is wrong, in sentences; only the first of many of one kind."""

    def __init__(self):
        super().__init__()
        self.kinds = defaultdict(int)

    def add(self, kind, sentence):
        self.kinds[kind] += 1
        if self.kinds[kind] <= 3:
            self.append(f"{kind}: {sentence}")


def check_order(journal, faults):
    last_seq, last_time = 0, 0
    for record in journal.records:
        if record["seq"] != last_seq + 1:
            faults.add("gap", f"seq {record['seq']} follows {last_seq}")
        if record["time"] < last_time:
            faults.add("time", f"seq {record['seq']} goes back by {last_time - record['time']} us")
        last_seq, last_time = record["seq"], record["time"]


def final_records(records):
    """The records that end an execution: a failure does, unless a retry or a drop follows from it."""
    finals = []
    for index, record in enumerate(records):
        event = record["event"]
        if event in ("execution.succeeded", "execution.dropped"):
            finals.append(event)
        elif event == "execution.failed":
            later = [r["event"] for r in records[index + 1:]]
            if "execution.retrying" not in later and "execution.dropped" not in later:
                finals.append(event)
    return finals


def check_executions(journal, faults, drained):
    for execution, row in journal.executions.items():
        records = journal.by_execution[execution]
        queued = [r for r in records if r["event"] == "execution.queued"]
        if len(queued) != 1:
            faults.add("queued", f"{execution} has {len(queued)} records execution.queued")
        finals = final_records(records)
        state = row["state"]
        ended = state in (SUCCEEDED, FAILED, DROPPED)
        if ended and len(finals) != 1:
            faults.add("ends", f"{execution} is {STATES[state]} with {finals}")
        if not ended and finals:
            faults.add("ends", f"{execution} is {STATES[state]}, but has {finals}")
        expected = {"execution.succeeded": SUCCEEDED, "execution.failed": FAILED, "execution.dropped": DROPPED}
        if ended and finals and expected[finals[0]] != state:
            faults.add("state", f"{execution} is {STATES[state]} after {finals[0]}")
        if drained and not ended:
            faults.add("pending", f"{execution} never ended: {STATES[state]}")
        if not ended and not journal.db.execute("SELECT 1 FROM payloads WHERE number = ?",
                                                (row["number"],)).fetchone():
            faults.add("payload", f"{execution} waits without its payload")
    for execution in journal.by_execution:
        if execution not in journal.executions:
            faults.add("row", f"{execution} has records and no row")


def check_firings(journal, faults):
    fired = {r["seq"]: r for r in journal.records if r["event"] == "metaevent.fired"}
    if set(fired) != {f["seq"] for f in journal.firings}:
        faults.add("firings", "the records metaevent.fired and the firings differ")
    ids = [f["id"] for f in journal.firings]
    if len(ids) != len(set(ids)):
        faults.add("firings", "a firing is there twice")
    jobs = defaultdict(list)
    for execution, row in journal.executions.items():
        if row["trigger"] == "metaevent":
            jobs[row["cause"]].append(execution)
    for firing in journal.firings:
        listed = json.loads(firing["executions"])
        if sorted(listed) != sorted(jobs[firing["id"]]):
            faults.add("jobs", f"{firing['id']} lists {listed}, and {jobs[firing['id']]} were enqueued")
        if fired.get(firing["seq"], {}).get("firing") != firing["id"]:
            faults.add("firings", f"{firing['id']} is not what its record says")
        if len(json.loads(firing["jobs"])) != len(listed):
            faults.add("jobs", f"not every job of {firing['id']} was enqueued")
    for cause in set(jobs) - set(ids):
        faults.add("jobs", f"jobs of {cause}, which never fired")


def check_keys(journal, faults):
    used = defaultdict(set)
    for execution, row in journal.executions.items():
        if row["idempotency_key"] is not None:
            used[(row["function"], row["idempotency_key"])].add(execution)
    for (_, key), executions in used.items():
        if len(executions) > 1:
            faults.add("keys", f"the key {key} was accepted for {sorted(executions)}")


def check_promises(journal, faults, promises):
    """What clients were told: `promises` is what the harness wrote down."""
    for execution in promises.accepted:
        if execution not in journal.executions:
            faults.add("lost", f"{execution} was accepted and is not there")
    for execution, status in promises.answered.items():
        row = journal.executions.get(execution)
        if row is None or STATES[row["state"]] != status:
            faults.add("answer", f"{execution} was answered as {status} and is "
                                 f"{STATES[row['state']] if row else 'not there'}")
    by_seq = {r["seq"]: r for r in journal.records}
    for seq, (event, time) in promises.published.items():
        record = by_seq.get(seq)
        if record is None or record["event"] != event or record["time"] != time:
            faults.add("published", f"subscribers were told of {event} as seq {seq}, the journal has "
                                    f"{record['event'] if record else 'nothing'}")
    defined = {(r["metaevent"], r["version"]) for r in journal.records if r["event"] == "metaevent.defined"}
    for name, version in promises.defined:
        if (name, version) not in defined:
            faults.add("definition", f"{name} version {version} was acknowledged and is not there")
    versions = {tuple(row) for row in journal.db.execute("SELECT name, version FROM functions")}
    for name, version in promises.functions:
        if (name, version) not in versions:
            faults.add("function", f"{name} version {version} was acknowledged and is not there")


def check_database(journal, faults):
    answer = journal.db.execute("PRAGMA integrity_check").fetchone()[0]
    if answer != "ok":
        faults.add("damage", answer)


def check(path, promises=None, drained=False):
    """The faults of a journal, as sentences."""
    faults = Faults()
    journal = Journal(path)
    check_database(journal, faults)
    check_order(journal, faults)
    check_executions(journal, faults, drained)
    check_firings(journal, faults)
    check_keys(journal, faults)
    if promises is not None:
        check_promises(journal, faults, promises)
    journal.close()
    return faults


if __name__ == "__main__":
    found = check(sys.argv[1])
    for fault in found:
        print(fault)
    sys.exit(1 if found else 0)
