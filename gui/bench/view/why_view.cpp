#include "gui/bench/view/why_view.h"

#include <algorithm>
#include <set>

#include "gui/models/text.h"

namespace dogwatch::gui::bench {
namespace {

using namespace Qt::StringLiterals;

QString text(const json::object& object, std::string_view key) {
    return fromUtf8(stringMember(object, key)).toHtmlEscaped();
}

std::optional<std::int64_t> number(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    if (value == nullptr || !value->is_int64()) return std::nullopt;
    return value->get_int64();
}

std::vector<const json::object*> conditionsOf(const json::object& explanation) {
    std::vector<const json::object*> conditions;
    const json::value* list = explanation.if_contains("conditions");
    if (list == nullptr || !list->is_array()) return conditions;
    for (const json::value& each : list->get_array())
        if (each.is_object()) conditions.push_back(&each.get_object());
    return conditions;
}

QString link(const QString& target, const QString& words, const QColor& color) {
    return u"<a href=\"%1\" style=\"text-decoration:none; color:%2;\">%3</a>"_s.arg(target, color.name(),
                                                                                    words);
}

QString reasonWords(std::string_view reason) {
    if (reason == "cooldown") return WhyView::tr("cooldown");
    if (reason == "limit") return WhyView::tr("limit");
    if (reason == "depth") return WhyView::tr("limit on the depth of chains");
    if (reason == "cascade") return WhyView::tr("limit on the length of cascades");
    return fromUtf8(reason).toHtmlEscaped();
}

QString section(const QString& title, const QString& body) {
    return body.isEmpty() ? QString()
                          : u"<p style=\"margin:10px 0 2px 0;\"><b>%1</b></p>%2"_s.arg(title, body);
}

}  // namespace

WhyView::WhyView(const Theme& theme, std::function<QString(std::int64_t)> recordWords, QWidget* parent)
    : QTextBrowser(parent), theme_(theme), recordWords_(std::move(recordWords)) {
    setObjectName(u"why"_s);
    setAccessibleName(tr("Why it fired or did not"));
    setOpenLinks(false);
    setFrameShape(NoFrame);
    document()->setDocumentMargin(10);
    connect(this, &QTextBrowser::anchorClicked, this, [this](const QUrl& url) {
        const QString target = url.toString();
        const QString rest = target.section(u':', 1);
        if (target.startsWith(u"node:"_s)) Q_EMIT nodeAsked(toUtf8(rest));
        if (target.startsWith(u"record:"_s)) Q_EMIT recordAsked(rest.toLongLong());
        if (target.startsWith(u"time:"_s)) Q_EMIT timeAsked(rest.toLongLong());
    });
    connect(&theme, &Theme::changed, this, &WhyView::render);
    render();
}

void WhyView::show(const json::object& explanation) {
    explanation_ = explanation;
    render();
}

void WhyView::showNothing() {
    explanation_.reset();
    render();
}

QString WhyView::words(const json::object& object, std::string_view key) const {
    return withLocalTimes(text(object, key), timeFromUs(number(*explanation_, "at").value_or(0)));
}

QString WhyView::conditionHtml(const json::object& condition) const {
    const Colors& colors = theme_.colors();
    const bool holds = boolMember(condition, "holds");
    QString clause = text(condition, "clause");
    if (clause.isEmpty()) clause = text(condition, "condition");
    QString html = u"<span style=\"color:%1;\">%2</span>&nbsp;%3"_s.arg(
        (holds ? colors.good : colors.bad).name(), holds ? u"✓"_s : u"✗"_s,
        link(u"node:"_s + text(condition, "path"), clause, colors.accent));
    const QString detail = words(condition, "detail");
    if (!detail.isEmpty())
        html += u"<br><span style=\"color:%1;\">%2</span>"_s.arg(colors.muted.name(), detail);
    return u"<li style=\"margin-bottom:3px;\">%1</li>"_s.arg(html);
}

QString WhyView::nextHtml() const {
    const Colors& colors = theme_.colors();
    QString html;
    if (const json::value* next = explanation_->if_contains("next"); next != nullptr && next->is_object()) {
        const auto time = number(next->get_object(), "time").value_or(0);
        const auto at = timeFromUs(number(*explanation_, "at").value_or(0));
        const QString when = link(u"time:%1"_s.arg(time), clockText(timeFromUs(time), at), colors.accent);
        const QString reason = reasonWords(stringMember(next->get_object(), "suppressed"));
        html += u"<li>%1</li>"_s.arg(
            reason.isEmpty()
                ? tr("It fires at %1 (%2) if no record comes.").arg(when, untilText(timeFromUs(time), at))
                : tr("It would fire at %1, but for its %2.").arg(when, reason));
    }
    for (const json::object* condition : conditionsOf(*explanation_)) {
        const QString needed = text(*condition, "needed");
        if (!needed.isEmpty() && boolMember(*condition, "decides"))
            html += u"<li>%1</li>"_s.arg(
                tr("It takes %1.").arg(link(u"node:"_s + text(*condition, "path"), needed, colors.accent)));
        if (const auto changes = number(*condition, "changes"); changes && html.isEmpty())
            html += u"<li>%1</li>"_s.arg(
                tr("%1 changes at %2 if no record comes.")
                    .arg(text(*condition, "clause"),
                         link(u"time:%1"_s.arg(*changes),
                              clockText(timeFromUs(*changes), timeFromUs(*changes)), colors.accent)));
    }
    return html.isEmpty() ? html : u"<ul style=\"margin:0 0 0 -22px;\">%1</ul>"_s.arg(html);
}

QString WhyView::runsHtml() const {
    QString html;
    const auto at = timeFromUs(number(*explanation_, "at").value_or(0));
    for (const json::object* condition : conditionsOf(*explanation_)) {
        const json::value* runs = condition->if_contains("runs");
        if (runs == nullptr || !runs->is_array()) continue;
        for (const json::value& each : runs->get_array()) {
            if (!each.is_object()) continue;
            const json::object& run = each.get_object();
            const auto started = number(run, "started").value_or(0);
            html +=
                u"<li>%1</li>"_s.arg(tr("began %1, waits for step %2, ends %3")
                                         .arg(link(u"time:%1"_s.arg(started),
                                                   agoText(timeFromUs(started), at), theme_.colors().accent))
                                         .arg(number(run, "step").value_or(0) + 1)
                                         .arg(untilText(timeFromUs(number(run, "ends").value_or(0)), at)));
        }
    }
    return html.isEmpty() ? html : u"<ul style=\"margin:0 0 0 -22px;\">%1</ul>"_s.arg(html);
}

QString WhyView::evidenceHtml() const {
    std::set<std::int64_t> seqs;
    for (const json::object* condition : conditionsOf(*explanation_)) {
        const json::value* evidence = condition->if_contains("evidence");
        if (evidence == nullptr || !evidence->is_array() || !boolMember(*condition, "decides")) continue;
        for (const json::value& seq : evidence->get_array())
            if (seq.is_int64()) seqs.insert(seq.get_int64());
    }
    QString html;
    for (const std::int64_t seq : seqs) {
        QString words = recordWords_(seq);
        if (words.isEmpty()) words = tr("record %1").arg(seq);
        html += u"<li>%1</li>"_s.arg(
            link(u"record:%1"_s.arg(seq), words.toHtmlEscaped(), theme_.colors().accent));
    }
    return html.isEmpty() ? html : u"<ul style=\"margin:0 0 0 -22px;\">%1</ul>"_s.arg(html);
}

void WhyView::render() {
    if (!explanation_) {
        setHtml(u"<p style=\"color:%1;\">%2</p>"_s.arg(
            theme_.colors().muted.name(),
            tr("Click on the timeline: canvas, numbers and words show that moment, and here stands why it "
               "fired or did not. Escape goes back to now.")));
        return;
    }
    const bool isFiring = explanation_->contains("firing") && explanation_->at("firing").is_object();
    const bool holds = boolMember(*explanation_, "holds");
    QString deciding;
    QString others;
    for (const json::object* condition : conditionsOf(*explanation_))
        (boolMember(*condition, "decides") ? deciding : others) += conditionHtml(*condition);
    const auto list = [](const QString& items) {
        return items.isEmpty() ? QString() : u"<ul style=\"margin:0 0 0 -22px;\">%1</ul>"_s.arg(items);
    };
    const QString title = isFiring ? tr("Why did it fire?") : holds ? tr("Why is it true?") : tr("Why not?");
    setHtml(u"<p style=\"margin-top:0;\">%1</p>"_s.arg(words(*explanation_, "summary")) +
            section(title, list(deciding)) + section(tr("What next?"), isFiring ? QString() : nextHtml()) +
            section(tr("Runs under way"), runsHtml()) + section(tr("Evidence"), evidenceHtml()) +
            section(tr("Besides"), list(others)));
}

}  // namespace dogwatch::gui::bench
