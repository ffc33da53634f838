"""Serves a Python function: waits as a started interpreter, loads the function's module once, runs its executions.

Speaks with the agent over the descriptor DOGWATCH_RUNNER_FD (docs/guest-protocol.md, "Inside the guest").
"""

import gc
import importlib
import importlib.machinery
import importlib.util
import json
import os
import random
import re
import struct
import sys
import time
import traceback

LARGEST_EMIT = 64 << 10
MOST_EMITTED = 1000
NAME = re.compile(r"[A-Za-z0-9_.-]{1,64}", re.ASCII)


class Channel:
    """Frames to and from the agent."""

    def __init__(self, fd):
        os.set_inheritable(fd, False)
        self.fd = fd

    def read(self, size):
        parts = []
        while size > 0:
            part = os.read(self.fd, min(size, 1 << 20))
            if not part:
                os._exit(0)  # the agent is gone
            parts.append(part)
            size -= len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def receive(self):
        body = self.read(struct.unpack("<I", self.read(4))[0])
        fields, at = [], 1
        while at < len(body):
            (size,) = struct.unpack_from("<I", body, at)
            fields.append(body[at + 4 : at + 4 + size])
            at += 4 + size
        return body[:1], fields

    def send(self, kind, *fields):
        body = kind + b"".join(struct.pack("<I", len(field)) + field for field in fields)
        frame = memoryview(struct.pack("<I", len(body)) + body)
        while frame:
            frame = frame[os.write(self.fd, frame) :]


class Context:
    """The second argument of a handler, as in AWS Lambda, and emit()."""

    def __init__(self, channel, function, execution, deadline):
        self.function_name, self.function_version, self.memory_limit_in_mb = function
        self.aws_request_id = execution
        self._channel = channel
        self._deadline = deadline  # of time.monotonic()
        self._emitted = 0

    def get_remaining_time_in_millis(self):
        return max(0, int((self._deadline - time.monotonic()) * 1000))

    def emit(self, name, data=None):
        """Leaves the record custom.NAME with this data, a JSON value."""
        if not isinstance(name, str) or not NAME.fullmatch(name):
            raise ValueError("a record's name is 1 to 64 of a-z, A-Z, 0-9, '-', '_' and '.'")
        text = to_json(data)
        if len(text) > LARGEST_EMIT:
            raise ValueError(f"a record's data is {LARGEST_EMIT} bytes of JSON at most, not {len(text)}")
        if self._emitted == MOST_EMITTED:
            raise ValueError(f"an execution may emit {MOST_EMITTED} records at most")
        self._emitted += 1
        self._channel.send(b"E", name.encode(), text)


ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def to_json(value):
    return ENCODER.encode(value).encode()


def summary(error):
    return "".join(traceback.format_exception_only(error)).strip()


def trace(error):
    """The traceback without the frames of this file and of the import machinery."""
    ours = (trace.__code__.co_filename, importlib.__file__)
    frames = error.__traceback__
    while frames and frames.tb_frame.f_code.co_filename.startswith((*ours, "<frozen importlib")):
        frames = frames.tb_next
    return "".join(traceback.format_exception(type(error), error, frames))


def flush():
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (AttributeError, OSError, ValueError):
            pass  # code may have closed or replaced it


def text(fields):
    return [field.decode("utf-8", "surrogateescape") for field in fields]


def load_file(name, folder):
    """What an import of this file in the folder would come to, or None where it is not as simple as that.

    The import machinery asks many for a module before it finds the file, and under TCG each line of it that runs
    for the first time is translated first: it would take longer than all else of loading a small function.
    """
    path = f"{folder}/{name}.py"
    if name in sys.modules or name in sys.stdlib_module_names or os.access(f"{folder}/{name}", os.F_OK):
        return None
    if not os.access(path, os.R_OK):
        return None  # the import tells better what is missing
    code = compile(contents(path), path, "exec", dont_inherit=True)
    spec = importlib.machinery.ModuleSpec(name, importlib.machinery.SourceFileLoader(name, path), origin=path)
    module = importlib.util.module_from_spec(spec)
    module.__file__ = path
    spec.has_location = True
    sys.modules[name] = module
    try:
        exec(code, module.__dict__)
    except BaseException:
        sys.modules.pop(name, None)
        raise
    return sys.modules[name]


def contents(path):
    file = os.open(path, os.O_RDONLY)
    try:
        whole = b""
        while part := os.read(file, 1 << 14):  # more at once would be memory mapped for it
            whole += part
    finally:
        os.close(file)
    return whole


class Runner:
    def __init__(self, channel):
        self.channel = channel
        self.handler = None
        self.function = None

    def fail(self, error, message=None):
        flush()
        self.channel.send(b"X", (message or summary(error)).encode("utf-8", "replace"),
                          trace(error).encode("utf-8", "replace"))

    def load(self, fields):
        name, version, handler, memory, folder, *variables = text(fields)
        self.function = (name, version, int(memory))
        for variable in variables:
            key, _, value = variable.partition("=")
            os.environ[key] = value
        os.chdir(folder)
        sys.path.insert(0, folder)
        try:
            self.handler = self.find(handler, folder)
        except Exception as error:  # SystemExit ends the process, which the agent tells apart
            return self.fail(error)
        flush()
        self.channel.send(b"L")

    def rehearse(self):
        """Lets a child stand in until it is killed, so that what a load and a run need is in the caches and nothing of it stays."""
        child = os.fork()
        if child == 0:
            self.serve()
        os.waitpid(child, 0)
        self.channel.send(b"T")

    @staticmethod
    def find(handler, folder):
        module, dot, function = handler.rpartition(".")
        if not dot or not module or not function:
            raise ValueError(f"the handler must be MODULE.FUNCTION, not {handler!r}")
        loaded = load_file(module, folder) or importlib.import_module(module.replace("/", "."))
        found = getattr(loaded, function, None)
        if not callable(found):
            raise AttributeError(f"module {module!r} has no function {function!r}, which the handler names")
        return found

    def run(self, fields):
        execution, deadline, timeout, largest, payload = fields
        os.environ["DOGWATCH_EXECUTION"] = execution.decode()
        os.environ["DOGWATCH_DEADLINE"] = deadline.decode()
        ends = time.monotonic() + int(timeout) / 1e6
        context = Context(self.channel, self.function, execution.decode(), ends)
        try:
            value = self.handler(json.loads(payload.decode()), context)
        except Exception as error:
            return self.fail(error)
        try:
            result = to_json(value)
        except (TypeError, ValueError, RecursionError) as error:
            return self.fail(error, f"the handler returned what is no JSON: {error}")
        flush()
        self.channel.send(b"O", str(len(result)).encode(), result if len(result) <= int(largest) else b"")

    def serve(self):
        self.channel.send(b"W")
        while True:
            kind, fields = self.channel.receive()
            if kind == b"R":
                self.run(fields)
            elif kind == b"L":
                self.load(fields)
            elif kind == b"T":
                self.rehearse()
            elif kind == b"S":
                random.seed(int.from_bytes(fields[0], "little"))


def warm_up(folder):
    """Loads and runs a function of ours, often enough for Python to have settled on how to do that.

    What is looked up and made when it is first needed (symbols, caches in the byte code, the compiler's tables) is
    there then, and the garbage collector need not look at it again, which would copy its pages besides.
    """
    environment, path = os.environ.copy(), sys.path[:]
    runner = Runner(Channel(os.open(os.devnull, os.O_WRONLY)))
    for _ in range(20):
        runner.load([b"warm", b"1", b"rehearsal.handler", b"128", folder.encode(), b"DOGWATCH_FUNCTION=warm"])
        runner.run([b"warm", b"1", b"1000000", b"65536", b'{"warm": [1, 2.5, "\xc3\xa9", null, true]}'])
        sys.modules.pop("rehearsal", None)
        sys.path[:] = path
    for name in os.environ.keys() - environment.keys():
        del os.environ[name]
    os.close(runner.channel.fd)
    os.chdir("/")
    gc.collect()
    gc.freeze()


def main():
    channel = Channel(int(os.environ.pop("DOGWATCH_RUNNER_FD")))
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", line_buffering=True)
    warm_up(os.path.dirname(os.path.abspath(__file__)))
    Runner(channel).serve()
