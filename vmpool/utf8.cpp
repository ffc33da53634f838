#include "vmpool/utf8.h"

#include <QByteArrayView>
#include <QString>

namespace dogwatch::vmpool {
namespace {

bool isContinuation(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

}  // namespace

bool isUtf8(std::string_view bytes) {
    return QByteArrayView(bytes.data(), static_cast<qsizetype>(bytes.size())).isValidUtf8();
}

std::string tailAsUtf8(std::string_view bytes, std::size_t most) {
    for (int i = 0; i < 3 && !bytes.empty() && isContinuation(bytes.front()); ++i) bytes.remove_prefix(1);
    std::string text = QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size())).toStdString();
    if (text.size() <= most) return text;
    std::size_t from = text.size() - most;
    while (from < text.size() && isContinuation(text[from])) ++from;
    return text.substr(from);
}

std::string Utf8Stream::add(std::string_view bytes) {
    const QString text = decoder_.decode(QByteArrayView(bytes.data(), static_cast<qsizetype>(bytes.size())));
    return text.toStdString();
}

}  // namespace dogwatch::vmpool
