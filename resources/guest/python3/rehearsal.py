"""What the runner's rehearsal loads and runs, in place of a function: the language as functions use it, so that its
compiler has been through all of it."""

import json
import os

LIMITS = {"most": 3, "share": 0.5, "names": ["a", "b"], "pair": (1, -2)}


class Failed(Exception):
    def __init__(self, reason=None, *rest, **named):
        super().__init__(reason)
        self.reason = reason or "none"


def counted(function):
    calls = 0

    def call(*arguments, **named):
        nonlocal calls
        calls += 1
        return function(*arguments, **named)

    return call


def lines(text, most=LIMITS["most"]):
    for number, line in enumerate(text.splitlines(), 1):
        if number > most and line:
            break
        elif not line.strip():
            continue
        yield number, line[1:-1], f"{number:03d} {line!r}"


@counted
def handler(event, context):
    context.get_remaining_time_in_millis()
    squares = [n * n for n in range(4) if n % 2 == 0]
    names = {name: len(name) for name in LIMITS["names"]}
    try:
        with open(os.devnull, encoding="utf-8") as nothing:
            text = nothing.read() or "one\n\ntwo\n"
        if sum(squares) < 0 or names is None:
            raise Failed("never", *squares)
        found = sorted(lines(text), key=lambda line: -line[0])
    except (Failed, OSError) as error:
        return {"error": str(error)}
    finally:
        count = 0
        while count < 2:
            count += 1
    return {"rehearsed": event, "lines": json.loads(json.dumps(found)), "names": {**names}}
