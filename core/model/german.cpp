// German: how definitions are said in it (grammar.h).
#include <fmt/format.h>

#include <array>

#include "core/model/german_messages.h"
#include "core/model/german_words.h"
#include "core/model/sentence.h"

namespace dogwatch {
namespace german {
namespace {

using namespace condition;
using Order = Grammar::Order;
using Case = Grammar::Case;

/// A clause in its parts, put in order at the end: "import / ist / seit 5 Minuten nicht / gestartet" is said
/// so in a main clause, and with the finite verb last in a subordinate one.
struct Parts {
    std::string subject;
    std::string finite;
    std::string middle{};
    std::string rest{};      ///< of the verb
    std::string tail{};      ///< behind all of it
    bool separable = false;  ///< `rest` is a prefix of the verb: "löst … aus", "auslöst"

    [[nodiscard]] std::string in(Order order) const {
        std::string text = subject;
        const auto add = [&text](const std::string& words) {
            if (!words.empty()) text += (text.empty() ? "" : " ") + words;
        };
        if (order == Order::Main) add(finite);
        add(middle);
        add(rest);
        if (order == Order::Subordinate) separable ? void(text += finite) : add(finite);
        return text + tail;
    }
};

std::string forSoLong(Duration length) {
    return "seit " + duration(length, Case::Dative);
}

Parts parts(const Occurs& c) {
    if (const auto does = verb(c.selector))
        return {.subject = does->subject,
                .finite = std::string(does->present.finite),
                .rest = std::string(does->present.rest)};
    return {.subject = "es", .finite = "gibt", .middle = noun(c.selector, Form::OneAccusative)};
}

Parts parts(const Absent& c) {
    const bool again = c.since == Since::First;  // only after a first one
    const std::string lasting = forSoLong(c.duration);
    if (const auto does = verb(c.selector))
        return {.subject = does->subject,
                .finite = std::string(does->notYet.finite),
                .middle = lasting + (again ? " nicht mehr" : " nicht"),
                .rest = std::string(does->notYet.rest)};
    return {.subject = "es",
            .finite = "gab",
            .middle = lasting + " " + noun(c.selector, again ? Form::NoFurther : Form::NoneAccusative)};
}

Parts parts(const Missed& c) {
    const std::string when =
        (c.grace == Duration{} ? std::string("bei Fälligkeit")
                               : duration(c.grace, Case::Accusative) + " nach Fälligkeit") +
        " laut " + schedule(c.schedule);
    const std::string first = c.since == Since::First ? ", gezählt ab dem ersten Mal" : "";
    if (const auto does = verb(c.selector))
        return {.subject = does->subject,
                .finite = std::string(does->notYet.finite),
                .middle = when + " noch nicht",
                .rest = std::string(does->notYet.rest),
                .tail = first};
    return {.subject = "es",
            .finite = "gab",
            .middle = when + " noch " + noun(c.selector, Form::NoneAccusative),
            .tail = first};
}

std::string numberOf(const Comparison& is, const Selector& selector) {
    return howMany(is, noun(selector, Form::Bare), noun(selector, Form::Many),
                   noun(selector, Form::NoneAccusative));
}

Parts parts(const Count& c) {
    return {.subject = "es", .finite = "gab", .middle = lately(c.within) + " " + numberOf(c.is, c.selector)};
}

Parts parts(const Measure& c) {
    static constexpr std::array<std::string_view, 9> kNames = {
        "die Summe",         "der Durchschnitt",  "der kleinste Wert",
        "der größte Wert",   "der Median",        "das 90. Perzentil",
        "das 95. Perzentil", "das 99. Perzentil", "die Anzahl verschiedener Werte"};
    return {.subject = fmt::format("{} von {} über {} {}", kNames[static_cast<std::size_t>(c.kind)],
                                   c.of.text(), noun(c.over, Form::Many), lately(c.within)),
            .finite = "ist",
            .middle = compared(c.is),
            .tail = c.samples > 1 ? fmt::format(" (bei mindestens {} Werten)", c.samples) : ""};
}

Parts parts(const Ratio& c) {
    return {.subject = fmt::format("der Anteil von {} an {} {}", noun(c.selector, Form::ManyDative),
                                   noun(c.to, Form::ManyDative), lately(c.within)),
            .finite = "ist",
            .middle = compared(c.is, true),
            .tail = c.samples > 1 ? fmt::format(" (bei mindestens {} der Letzteren)", c.samples) : ""};
}

Parts parts(const Streak& c) {
    return {.subject = "es",
            .finite = "gab",
            .middle = fmt::format("zuletzt {} in Folge unter {}", numberOf(c.is, c.selector),
                                  noun(c.among, Form::ManyDative))};
}

Parts parts(const Gauge& c) {
    const bool one = isSingular(c.is);
    if (c.kind == Gauge::Kind::Vms)
        return {.subject = howMany(c.is, "VM", "VMs", "keine VM"),
                .finite = one ? "ist" : "sind",
                .middle = "bereit oder in Arbeit"};
    std::string of;
    if (c.function && c.function->text() != "*")
        of = (c.function->isExact() ? " von " : " einer Funktion namens ") + c.function->text();
    std::string things = howMany(c.is, "Ausführung" + of, "Ausführungen" + of, "keine Ausführung" + of);
    const bool queued = c.kind == Gauge::Kind::Queued;
    return {.subject = std::move(things),
            .finite = queued ? (one ? "wartet" : "warten") : (one ? "läuft" : "laufen")};
}

Parts parts(const Changed& c) {
    return {.subject = c.path.text(),
            .finite = "ändert",
            .middle = fmt::format("sich von {} {}", noun(c.over, Form::OneDative),
                                  isFeminine(c.over) ? "zur nächsten" : "zum nächsten")};
}

/// What follows the first step, one after the other: "ein Start von b, dann kein Erfolg von c".
std::string stepsBehind(const Sequence& c) {
    std::string text;
    for (std::size_t i = 1; i < c.steps.size(); ++i) {
        const auto& step = c.steps[i];
        if (step.isNot && i + 1 < c.steps.size()) continue;  // told with the step behind it
        if (!text.empty()) text += ", dann ";
        if (step.duration) text += duration(*step.duration, Case::Accusative) + " lang ";
        text += noun(step.selector, step.isNot ? Form::NoneNominative : Form::OneNominative);
        if (!step.isNot && c.steps[i - 1].isNot)
            text += " ohne " + noun(c.steps[i - 1].selector, Form::Bare) + " dazwischen";
    }
    return text;
}

Parts parts(const Sequence& c) {
    if (c.steps.size() == 1) return parts(Occurs{c.steps.front().selector});
    const auto& last = c.steps.back();
    Parts made{.subject = "auf " + noun(c.steps.front().selector, Form::OneAccusative),
               .finite = "folgt",
               .middle = stepsBehind(c)};
    const std::string within = duration(c.within, Case::Dative);
    if (c.steps.size() == 2) {
        if (!last.duration) made.middle = "innerhalb von " + within + " " + made.middle;
    } else if (!last.isNot) {
        made.tail = ", alles innerhalb von " + within;
    } else if (!last.duration) {
        made.tail = ", betrachtet bis " + duration(c.within, Case::Accusative) + " nach dem Beginn";
    } else {
        made.tail = ", alles davor innerhalb von " + within;
    }
    std::vector<std::string> by;
    for (const auto& path : c.by) by.push_back(path.text());
    if (!by.empty()) made.tail += ", jeweils mit demselben Wert von " + joinWords(by, "und");
    if (!c.overlap) made.tail += ", immer nur ein Ablauf zugleich";
    return made;
}

Parts parts(const At& c) {
    return {.subject = "es", .finite = "ist", .middle = "laut " + schedule(c.schedule) + " so weit"};
}

Parts parts(const During& c) {
    return {.subject = "es",
            .finite = "ist",
            .middle = "innerhalb von " + duration(c.duration, Case::Dative) + " nach einem Termin laut " +
                      schedule(c.schedule)};
}

Parts parts(const Fired& c) {
    return {.subject = "Metaevent " + c.metaevent, .finite = "löst", .rest = "aus", .separable = true};
}
Parts parts(const Active& c) {
    return {.subject = "Metaevent " + c.metaevent, .finite = "ist", .middle = "aktiv"};
}

/// "höchstens einmal pro Stunde", "höchstens einmal in 90 Minuten".
std::string onceIn(Duration cooldown) {
    using namespace std::chrono_literals;
    if (cooldown == 24h) return "höchstens einmal am Tag";
    const std::string unit = oneUnit(cooldown);
    return unit.empty() ? "höchstens einmal in " + duration(cooldown, Case::Dative)
                        : "höchstens einmal pro " + unit;
}

std::string every(Duration length) {
    const std::string unit = oneUnit(length);
    return unit.empty() ? "alle " + duration(length, Case::Accusative) : "jede " + unit;
}

class German final : public Grammar {
 public:
    std::string_view translated(std::string_view english) const override { return message(english); }
    std::string things(const Selector& selector) const override { return noun(selector, Form::Many); }
    std::string duration(Duration duration, Case way) const override {
        return german::duration(duration, way);
    }
    std::string list(const std::vector<std::string>& words) const override { return joinWords(words, "und"); }
    std::vector<std::string_view> recordWords() const override {
        return {"einen Datensatz der Art ",  "einem Datensatz der Art ", "ein Datensatz der Art ",
                "keinen Datensatz der Art ", "Datensatz der Art ",       "Datensätzen der Art ",
                "Datensätze der Art "};
    }

    std::string clause(const Condition& leaf, Order order) const override {
        return std::visit(
            [order](const auto& kind) {
                if constexpr (requires { parts(kind); }) return parts(kind).in(order);
                return std::string();
            },
            leaf.kind);
    }
    std::string notActive(const std::string& metaevent, Order order) const override {
        return Parts{.subject = "Metaevent " + metaevent, .finite = "ist", .middle = "nicht aktiv"}.in(order);
    }
    std::string notTrueThat(Order order) const override {
        return order == Order::Main ? "es trifft nicht zu, dass " : "es nicht zutrifft, dass ";
    }
    std::string atLeastOf(std::int64_t count, std::size_t of, Order order) const override {
        const std::string subject = fmt::format("mindestens {} dieser {} Bedingungen", count, of);
        const std::string finite = count == 1 ? "trifft" : "treffen";
        return Parts{.subject = subject, .finite = finite, .rest = "zu", .tail = ": ", .separable = true}.in(
            order);
    }
    std::string held(Duration length) const override {
        return ", und das ununterbrochen " + forSoLong(length);
    }
    std::string recent(Duration within) const override { return ", jetzt oder " + lately(within); }
    std::string_view conjunction(bool all) const override { return all ? " und " : " oder "; }

    std::string partition(const std::vector<std::string>& paths) const override {
        return paths.size() == 1 ? "für jeden Wert von " + paths.front() + " getrennt"
                                 : "für jede Kombination von " + list(paths) + " getrennt";
    }
    std::string expire(Duration length) const override {
        return " (vergessen nach " + german::duration(length, Case::Dative) + " ohne Datensatz)";
    }
    std::string onRise() const override { return "wenn "; }
    std::string onFall() const override { return "wenn es nicht mehr zutrifft, dass "; }
    std::string onBoth() const override {
        return "sobald es zutrifft und sobald es nicht mehr zutrifft, dass ";
    }
    std::string atMostOnce(Duration cooldown) const override { return onceIn(cooldown); }
    std::string repeat(Duration length) const override {
        return every(length) + " erneut, solange es anhält";
    }
    std::string limit(std::int64_t count, Duration within, bool inAll) const override {
        return fmt::format("{}höchstens {}-mal innerhalb von {}", inAll ? "insgesamt " : "", count,
                           german::duration(within, Case::Dative));
    }
    std::string chains(std::int64_t depth) const override {
        return depth == 1 ? "in Ketten von höchstens 1 Auslösung"
                          : fmt::format("in Ketten von höchstens {} Auslösungen", depth);
    }
    std::string downtimeExcluded() const override { return "ohne die Zeit, in der Dogwatch nicht lief"; }
    std::string with(const std::string& payload) const override { return " (mit " + payload + ")"; }
    std::string_view beforeJobs() const override { return ", "; }
    std::string_view afterJobs() const override { return " ausführen"; }
    std::string_view noted() const override { return ", es vermerken"; }
    std::string_view disabled() const override { return " (deaktiviert)"; }
};

}  // namespace
}  // namespace german

const Grammar& Grammar::german() {
    static const german::German kGerman;
    return kGerman;
}

}  // namespace dogwatch
