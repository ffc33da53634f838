#include "gui/canvas/view/sentence_view.h"

#include <algorithm>

#include "gui/models/text.h"

namespace dogwatch::gui::canvas {

using namespace Qt::StringLiterals;

SentenceView::SentenceView(GraphModel& model, Selection& selection, const Theme& theme, QWidget* parent)
    : QLabel(parent), model_(model), selection_(selection), theme_(theme) {
    setObjectName(u"sentence"_s);
    setWordWrap(true);
    setTextFormat(Qt::RichText);
    setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    setMinimumHeight(fontMetrics().height() * 2 + 2);
    setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    connect(this, &QLabel::linkActivated, this, [this](const QString& path) {
        const Place place = model_.graph().locate(toUtf8(path));
        const Field* field = model_.graph().find(place.node)->kind->field(place.inside);
        selection_.choose(place.node);
        if (field != nullptr) selection_.askForField(fromUtf8(field->key));
    });
    connect(this, &QLabel::linkHovered, this, [this](const QString& path) {
        Q_EMIT phraseHovered(path.isEmpty() ? 0 : model_.graph().locate(toUtf8(path)).node);
    });
    connect(&model, &GraphModel::judged, this, &SentenceView::show);
    connect(&selection, &Selection::changed, this, &SentenceView::show);
    connect(&theme, &Theme::changed, this, &SentenceView::show);
    show();
}

QString SentenceView::phraseHtml(const Phrase& phrase) const {
    const Colors& colors = theme_.colors();
    const QString text = fromUtf8(phrase.text).toHtmlEscaped();
    if (phrase.path.empty()) return text;
    const Place place = model_.graph().locate(phrase.path);
    const auto& issues = model_.diagnosis().issues;
    const bool faulty = std::any_of(issues.begin(), issues.end(), [&](const Issue& issue) {
        return issue.kind == Issue::Kind::Fault && !issue.path.empty() &&
               (issue.path == phrase.path || issue.path.starts_with(phrase.path + '.'));
    });
    // The node itself and the sources that it looks at stand behind one phrase.
    const NodeId chosen = selection_.single();
    const auto plugs = chosen == 0 ? std::vector<Plug>{} : model_.graph().plugsOf(chosen);
    const bool isSource = std::any_of(plugs.begin(), plugs.end(), [&](const Plug& plug) {
        return plug.node == place.node && model_.graph().find(chosen)->kind->role == Role::Source;
    });
    const auto truth = truth_.find(phrase.path);
    const QColor color = faulty                  ? colors.bad
                         : truth == truth_.end() ? colors.accent
                         : truth->second         ? colors.good
                                                 : colors.muted;
    QString style = u"text-decoration:none; color:%1;"_s.arg(color.name());
    if (truth != truth_.end() && !truth->second) style += u"font-style:italic;"_s;
    if (chosen != 0 && (place.node == chosen || isSource))
        style += u"background-color:%1;"_s.arg(colors.selection.name());
    return u"<a href=\"%1\" style=\"%2\">%3</a>"_s.arg(fromUtf8(phrase.path), style, text);
}

void SentenceView::setTruth(std::map<std::string, bool> truth) {
    if (truth == truth_) return;
    truth_ = std::move(truth);
    show();
}

void SentenceView::show() {
    QString html;
    const Sentence& sentence = model_.diagnosis().sentence;
    for (Phrase phrase : sentence.phrases) {
        if (html.isEmpty() && !phrase.text.empty())
            phrase.text = toUtf8(fromUtf8(phrase.text).replace(0, 1, fromUtf8(phrase.text).at(0).toUpper()));
        html += phraseHtml(phrase);
    }
    if (html.isEmpty()) html = tr("This cannot be said in words yet; the issues below tell why.");
    setText(html + (sentence.phrases.empty() ? QString() : u"."_s));
    setAccessibleName(tr("In plain words: %1").arg(fromUtf8(sentence.text())));
}

}  // namespace dogwatch::gui::canvas
