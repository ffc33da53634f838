"""Tells that the machine it runs on is alive: how long, how loaded, and how much memory is left."""

beats = 0


def meminfo():
    with open("/proc/meminfo") as file:
        return {line.split(":")[0]: int(line.split()[1]) for line in file}


def handler(event, context):
    global beats
    beats += 1  # a VM stays with its function: the module is loaded once
    with open("/proc/uptime") as file:
        uptime = float(file.read().split()[0])
    with open("/proc/loadavg") as file:
        load = float(file.read().split()[0])
    free = meminfo()["MemAvailable"] // 1024
    print(f"beat {beats}: up {uptime:.0f} s, load {load}, {free} MiB free")
    return {"beat": beats, "uptime_s": round(uptime, 1), "load": load, "free_mib": free}
