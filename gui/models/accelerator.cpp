#include "gui/models/accelerator.h"

#include <QCoreApplication>
#include <array>
#include <optional>

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;

struct Accelerators {
    Q_DECLARE_TR_FUNCTIONS(Accelerators)
};

constexpr const char* kEarlier = QT_TRANSLATE_NOOP("Accelerators", "%1 (found at an earlier start)");
/// %1 is what QEMU, the kernel or a clock said, and stays as it is.
constexpr std::array<const char*, 7> kReasons = {
    QT_TRANSLATE_NOOP("Accelerators", "trying KVM with the guest itself"),
    QT_TRANSLATE_NOOP("Accelerators", "forced"),
    QT_TRANSLATE_NOOP("Accelerators", "there is no /dev/kvm; using TCG"),
    QT_TRANSLATE_NOOP("Accelerators",
                      "/dev/kvm may not be opened (add yourself to the group kvm to use it); using TCG"),
    QT_TRANSLATE_NOOP("Accelerators", "/dev/kvm cannot be opened: %1; using TCG"),
    QT_TRANSLATE_NOOP("Accelerators", "/dev/kvm opens, but %1; using TCG"),
    QT_TRANSLATE_NOOP("Accelerators", "the guest answered under KVM after %1"),
};

/// What stands at the %1 of a template; none: the text is not made of it.
std::optional<QString> filledIn(QStringView text, QStringView made) {
    const qsizetype gap = made.indexOf(u"%1");
    if (gap < 0) return text == made ? std::optional{QString()} : std::nullopt;
    const QStringView before = made.first(gap);
    const QStringView behind = made.sliced(gap + 2);
    const qsizetype length = text.size() - before.size() - behind.size();
    if (length < 0 || !text.startsWith(before) || !text.endsWith(behind)) return std::nullopt;
    return text.sliced(before.size(), length).toString();
}

}  // namespace

QString acceleratorWords(const QString& reason) {
    if (const auto found = filledIn(reason, QString::fromUtf8(kEarlier)))
        return Accelerators::tr(kEarlier).arg(acceleratorWords(*found));
    for (const char* const made : kReasons) {
        const auto said = filledIn(reason, QString::fromUtf8(made));
        if (!said) continue;
        const QString words = Accelerators::tr(made);
        return words.contains(u"%1") ? words.arg(*said) : words;
    }
    return reason;
}

}  // namespace dogwatch::gui
