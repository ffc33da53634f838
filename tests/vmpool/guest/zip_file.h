// Zip archives for tests, well-formed and otherwise: entries are stored, and may lie.
#pragma once

#include <QByteArray>
#include <QList>
#include <QtEndian>

struct ZipEntry {
    QByteArray name;
    QByteArray content;
    quint32 mode = 0100644;
    qint64 claimedSize = -1;     ///< -1: the truth
    QByteArray nameInDirectory;  ///< empty: the same
};

inline quint32 crc32Of(const QByteArray& bytes) {
    quint32 crc = ~0U;
    for (const char byte : bytes) {
        crc ^= static_cast<quint8>(byte);
        for (int bit = 0; bit < 8; ++bit) crc = crc >> 1U ^ (0xEDB88320U & (0U - (crc & 1U)));
    }
    return ~crc;
}

inline QByteArray zipOf(const QList<ZipEntry>& entries) {
    const auto put = [](QByteArray& out, quint32 value, int bytes) {
        for (; bytes > 0; --bytes, value >>= 8U) out.append(static_cast<char>(value & 0xFFU));
    };
    QByteArray out;
    QByteArray directory;
    const auto describe = [&](QByteArray& to, const ZipEntry& entry, const QByteArray& name) {
        put(to, 20, 2);
        put(to, 0, 4);           // flags; stored
        put(to, 33U << 16U, 4);  // the first day that the format knows
        put(to, crc32Of(entry.content), 4);
        put(to, static_cast<quint32>(entry.content.size()), 4);
        put(to, static_cast<quint32>(entry.claimedSize < 0 ? entry.content.size() : entry.claimedSize), 4);
        put(to, static_cast<quint32>(name.size()), 2);
        put(to, 0, 2);
    };
    for (const auto& entry : entries) {
        const auto offset = static_cast<quint32>(out.size());
        out.append("PK\x03\x04");
        describe(out, entry, entry.name);
        out.append(entry.name).append(entry.content);
        const auto& name = entry.nameInDirectory.isEmpty() ? entry.name : entry.nameInDirectory;
        directory.append("PK\x01\x02");
        put(directory, 3U << 8U | 20U, 2);
        describe(directory, entry, name);
        put(directory, 0, 6);
        put(directory, entry.mode << 16U, 4);
        put(directory, offset, 4);
        directory.append(name);
    }
    const auto start = static_cast<quint32>(out.size());
    out.append(directory).append("PK\x05\x06");
    put(out, 0, 4);
    put(out, static_cast<quint32>(entries.size()), 2);
    put(out, static_cast<quint32>(entries.size()), 2);
    put(out, static_cast<quint32>(directory.size()), 4);
    put(out, start, 4);
    put(out, 0, 2);
    return out;
}
