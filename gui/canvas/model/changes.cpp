#include "gui/canvas/model/changes.h"

#include <QCoreApplication>

#include "gui/models/text.h"

namespace dogwatch::gui::canvas {
namespace {

using namespace Qt::StringLiterals;

struct ChangeWords {
    Q_DECLARE_TR_FUNCTIONS(ChangeWords)
};

constexpr qsizetype kLongest = 60;

QString said(const json::value* value) {
    if (value == nullptr) return ChangeWords::tr("nothing");
    const QString text = value->is_string() ? fromUtf8(value->get_string()) : fromUtf8(toJson(*value));
    return text.size() > kLongest ? text.left(kLongest) + u"…"_s : text;
}

void compare(const json::value* before, const json::value* after, const QString& path, QStringList& to) {
    if (before != nullptr && after != nullptr) {
        if (*before == *after) return;
        if (before->is_object() && after->is_object()) {
            for (const auto& member : before->get_object())
                compare(&member.value(), after->get_object().if_contains(member.key()),
                        path + u'.' + fromUtf8(member.key()), to);
            for (const auto& member : after->get_object())
                if (!before->get_object().contains(member.key()))
                    compare(nullptr, &member.value(), path + u'.' + fromUtf8(member.key()), to);
            return;
        }
    }
    to.append(u"%1: %2 → %3"_s.arg(path.mid(1), said(before), said(after)));
}

bool differs(const json::object& a, const json::object& b, std::string_view key) {
    const json::value* first = a.if_contains(key);
    const json::value* second = b.if_contains(key);
    if (first == nullptr || second == nullptr) return first != second;
    return *first != *second;
}

}  // namespace

Changes changesBetween(const std::optional<json::object>& applied, const json::object& draft) {
    Changes changes;
    changes.isNew = !applied.has_value();
    if (changes.isNew) return changes;
    const json::value before(*applied);
    const json::value after(draft);
    compare(&before, &after, {}, changes.lines);
    const bool enables = !boolMember(*applied, "enabled", true) && boolMember(draft, "enabled", true);
    changes.armsAnew = enables || differs(*applied, draft, "when") || differs(*applied, draft, "partition");
    return changes;
}

QString Changes::meaning() const {
    if (isNew) return ChangeWords::tr("It is new: it will be armed, and watches from now on.");
    if (lines.isEmpty()) return ChangeWords::tr("Nothing changes.");
    return armsAnew
               ? ChangeWords::tr("Its criteria change: it will be armed anew, and its state starts empty.")
               : ChangeWords::tr("Its criteria stay the same: what it has seen so far is kept.");
}

}  // namespace dogwatch::gui::canvas
