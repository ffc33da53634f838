"""The function of tst_limits: what it does is what the payload says."""

import os, resource, signal, subprocess, sys, time

def forks(event):
    """How many processes there may be."""
    count = 0
    try:
        while True:
            if os.fork() == 0:
                time.sleep(60)
            count += 1
    except BlockingIOError as error:
        return [count, error.errno]

def bomb(event):
    while True:
        try:
            os.fork()
        except OSError:
            pass

def files(event):
    opened = []
    try:
        while True:
            opened.append(open("/dev/null"))
    except OSError as error:
        count = len(opened)
        del opened
        return [count, error.errno]

def disk(event):
    written = 0
    try:
        with open("/tmp/large", "wb", buffering=0) as file:
            while True:
                written += file.write(b"d" * (1 << 20))
    except OSError as error:
        return [written >> 20, error.errno]
    finally:
        os.remove("/tmp/large")

def places(event):
    """Where one may write."""
    allowed = []
    for folder in ("/", "/usr", "/etc", "/dev", "/run", "/var", "/proc", "/opt/dogwatch", "/tmp", "/var/task"):
        try:
            with open(folder + "/probe", "w") as file:
                file.write("x")
            os.remove(folder + "/probe")
            allowed.append(folder)
        except OSError:
            pass
    return allowed

def memory(event):
    return len([b"m" * (1 << 20) for _ in range(1000)])

def memory_of_child(event):
    return subprocess.run([sys.executable, "-c", "x = [b'm' * (1 << 20) for _ in range(1000)]"]).returncode

def memory_in_tmp(event):
    held = [b"m" * (1 << 20) for _ in range(80)]
    with open("/tmp/large", "wb") as file:
        for _ in range(60):
            file.write(b"d" * (1 << 20))
    return len(held)

def flood(event):
    chunk = b"f" * (1 << 16)
    for _ in range(event["mib"] * 16):
        os.write(1, chunk)

def huge(event):
    return "h" * (10 << 20)

def deep(event):
    value = []
    for _ in range(100000):
        value = [value]
    return value

def daemon(event):
    """Leaves a process behind that has a session and a parent of its own."""
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            time.sleep(60)
        os._exit(0)
    os.wait()

def processes(event):
    """Whether one sees none but oneself; the dead may still be waiting to be reaped."""
    def is_alive(pid):
        try:
            with open(f"/proc/{pid}/stat") as file:
                return file.read().rpartition(")")[2].split()[0] != "Z"
        except FileNotFoundError:
            return False
    return [int(name) for name in os.listdir("/proc") if name.isdigit() and is_alive(name)] == [os.getpid()]

def rights(event):
    """What an unprivileged process must not be able to do."""
    allowed = []
    for name, attempt in (("kill init", lambda: os.kill(1, 9)), ("become root", lambda: os.setuid(0)),
                          ("leave the root", lambda: os.chroot("/tmp")), ("limits", lambda: resource.setrlimit(
                              resource.RLIMIT_NOFILE, (1 << 20, 1 << 20))), ("port", lambda: open("/dev/vport0p1")),
                          ("host name", lambda: open("/proc/sys/kernel/hostname", "w").write("x")),
                          ("sysrq", lambda: open("/proc/sysrq-trigger", "w").write("c")),
                          ("mount", lambda: subprocess.run(["mount", "-t", "tmpfs", "x", "/tmp"], check=True,
                                                            capture_output=True))):
        try:
            attempt()
            allowed.append(name)
        except (OSError, ValueError, subprocess.CalledProcessError):
            pass
    return allowed

def spin(event):
    while True:
        pass

def sleep(event):
    time.sleep(60)

def stop(event):
    os.kill(os.getpid(), signal.SIGSTOP)

def crash(event):
    os.kill(os.getpid(), signal.SIGSEGV)

def leave(event):
    os._exit(7)

def no_json(event):
    return {1, 2}

def break_channel(event):
    os.write(3, b"\xff\xff\xff\x7f")
    time.sleep(60)

def handler(event, context):
    return globals()[event["do"]](event)
