#include "gui/pages/concerned.h"

#include <algorithm>

#include "core/model/metaevent.h"
#include "gui/models/metaevent_model.h"
#include "gui/models/text.h"

namespace dogwatch::gui {
namespace {

bool isNamedBy(const Condition& condition, std::string_view metaevent) {
    if (const auto* fired = condition.as<condition::Fired>()) return fired->metaevent == metaevent;
    if (const auto* active = condition.as<condition::Active>()) return active->metaevent == metaevent;
    return false;
}

bool looksAt(const Metaevent& definition, const Record& record, std::string_view subject) {
    const auto tree = definition.when.tree();
    return std::any_of(tree.begin(), tree.end(), [&](const Condition* condition) {
        if (!subject.empty() && isNamedBy(*condition, subject)) return true;
        const auto selectors = condition->selectors();
        return std::any_of(selectors.begin(), selectors.end(),
                           [&](const Selector* selector) { return selector->matches(record); });
    });
}

}  // namespace

QStringList metaeventsConcerned(const Record& record, const MetaeventModel& metaevents) {
    const std::string_view subject =
        record.isMetaevent() ? stringMember(record.fields, "metaevent") : std::string_view{};
    QStringList names;
    for (const MetaeventRow& row : metaevents.rows()) {
        if (row.name == subject) continue;
        const auto definition = metaeventFromJson(json::value(row.definition));
        if (definition && looksAt(*definition, record, subject)) names.append(fromUtf8(row.name));
    }
    if (!subject.empty() && metaevents.find(subject)) names.prepend(fromUtf8(subject));
    return names;
}

}  // namespace dogwatch::gui
