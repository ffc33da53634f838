// Whether a process runs, for tests of those that are to be gone.
#pragma once

#include <QFile>

namespace dogwatch::vmpool {

/// False for zombies, too.
inline bool isAlive(qint64 pid) {
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!file.open(QIODevice::ReadOnly)) return false;
    const auto text = file.readAll();
    return text.mid(text.lastIndexOf(')') + 2, 1) != "Z";
}

}  // namespace dogwatch::vmpool
