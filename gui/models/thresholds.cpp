#include "gui/models/thresholds.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <optional>

#include "core/model/metaevent.h"
#include "core/model/sentence.h"
#include "gui/models/language.h"
#include "gui/models/text.h"

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;

struct ThresholdWords {
    Q_DECLARE_TR_FUNCTIONS(dogwatch::gui::Threshold)
};

QString signOf(Comparison::Operator op) {
    switch (op) {
        case Comparison::Operator::Less: return u"<"_s;
        case Comparison::Operator::LessEqual: return u"≤"_s;
        case Comparison::Operator::Equal: return u"="_s;
        case Comparison::Operator::NotEqual: return u"≠"_s;
        case Comparison::Operator::GreaterEqual: return u"≥"_s;
        case Comparison::Operator::Greater: return u">"_s;
    }
    return {};
}

QString plain(double number) {
    return QLocale{}.toString(number, 'g', 6);
}

bool looksOnlyAt(const Selector& selector, std::string_view event, std::string_view notAt) {
    return selector.matchesKind(event) && !selector.matchesKind(notAt);
}

bool isOfOneValue(condition::Measure::Kind kind) {
    return kind != condition::Measure::Kind::Sum && kind != condition::Measure::Kind::Distinct;
}

std::optional<Threshold> thresholdOf(const condition::Gauge& gauge) {
    Threshold found;
    switch (gauge.kind) {
        case condition::Gauge::Kind::Queued: found.of = Measured::Queued; break;
        case condition::Gauge::Kind::Running: found.of = Measured::Running; break;
        case condition::Gauge::Kind::Vms: found.of = Measured::Machines; break;
    }
    found.value = gauge.is.number;
    found.bound = signOf(gauge.is.op) + u' ' + plain(gauge.is.number);
    return found;
}

std::optional<Threshold> thresholdOf(const condition::Measure& measure) {
    if (!isOfOneValue(measure.kind)) return std::nullopt;
    Threshold found;
    const std::string& field = measure.of.text();
    const bool ended =
        measure.over.matchesKind("execution.succeeded") || measure.over.matchesKind("execution.failed");
    if (field == "duration_us" && ended)
        found.of = Measured::Duration;
    else if (field == "queue_us" && measure.over.matchesKind("execution.started"))
        found.of = Measured::Wait;
    else
        return std::nullopt;
    found.value = measure.is.number / 1000;
    found.bound = signOf(measure.is.op) + u' ' + durationText(static_cast<std::int64_t>(measure.is.number));
    return found;
}

std::optional<Threshold> thresholdOf(const condition::Count& count) {
    Threshold found;
    if (looksOnlyAt(count.selector, "execution.failed", "execution.succeeded"))
        found.of = Measured::Failures;
    else if (looksOnlyAt(count.selector, "execution.throttled", "execution.started"))
        found.of = Measured::Throttles;
    else
        return std::nullopt;
    const double minutes = std::chrono::duration<double, std::ratio<60>>{count.within}.count();
    if (minutes <= 0) return std::nullopt;
    found.value = count.is.number / minutes;
    found.bound = ThresholdWords::tr("%1 %2 in %3")
                      .arg(signOf(count.is.op), plain(count.is.number), durationWords(count.within));
    return found;
}

std::optional<Threshold> thresholdOf(const condition::Ratio& ratio) {
    const bool isOfAll =
        ratio.to.matchesKind("execution.succeeded") && ratio.to.matchesKind("execution.failed");
    if (!isOfAll || !looksOnlyAt(ratio.selector, "execution.failed", "execution.succeeded"))
        return std::nullopt;
    Threshold found;
    found.of = Measured::Failures;
    found.value = ratio.is.number;
    found.isShare = true;
    found.bound = ThresholdWords::tr("%1 %2% failed").arg(signOf(ratio.is.op), plain(ratio.is.number * 100));
    return found;
}

template <class Other>
std::optional<Threshold> thresholdOf(const Other& /*bounds nothing that is drawn*/) {
    return std::nullopt;
}

/// What a condition looks at alone of all that the plot shows; empty: at all of it.
QString functionsOf(const Condition& condition) {
    QStringList names;
    if (const auto* gauge = condition.as<condition::Gauge>(); gauge != nullptr && gauge->function)
        names.append(fromUtf8(gauge->function->text()));
    for (const Selector* selector : condition.selectors()) {
        if (!selector->functions) continue;
        for (const Pattern& function : *selector->functions) names.append(fromUtf8(function.text()));
    }
    names.removeDuplicates();
    return names == QStringList{u"*"_s} ? QString{} : names.join(u", "_s);
}

}  // namespace

std::vector<Threshold> thresholdsOf(const std::vector<MetaeventRow>& metaevents) {
    std::vector<Threshold> all;
    for (const MetaeventRow& row : metaevents) {
        if (!row.enabled) continue;
        const auto definition = metaeventFromJson(row.definition);
        if (!definition) continue;
        for (const Condition* each : definition->when.tree()) {
            auto found = std::visit([](const auto& kind) { return thresholdOf(kind); }, each->kind);
            if (!found) continue;
            if (const QString whose = functionsOf(*each); !whose.isEmpty())
                found->bound += u" (%1)"_s.arg(whose);
            found->metaevent = fromUtf8(row.name);
            found->words = fromUtf8(clauseOf(*each, grammar()).text());
            found->active = row.active;
            all.push_back(std::move(*found));
        }
    }
    return all;
}

}  // namespace dogwatch::gui
