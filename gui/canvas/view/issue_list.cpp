#include "gui/canvas/view/issue_list.h"

#include <algorithm>

#include "gui/models/text.h"

namespace dogwatch::gui::canvas {
namespace {

using namespace Qt::StringLiterals;

constexpr int kMostRows = 3;

}  // namespace

IssueList::IssueList(GraphModel& model, Selection& selection, const Theme& theme, QWidget* parent)
    : QListWidget(parent), model_(model), selection_(selection), theme_(theme) {
    setObjectName(u"issues"_s);
    setAccessibleName(tr("Issues"));
    setIconSize({15, 15});
    setWordWrap(false);
    setTextElideMode(Qt::ElideRight);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&model, &GraphModel::judged, this, &IssueList::show);
    connect(&theme, &Theme::changed, this, [this] {
        shown_.clear();
        show();
    });
    connect(this, &QListWidget::itemClicked, this, [this] { go(currentRow()); });
    connect(this, &QListWidget::itemActivated, this, [this] { go(currentRow()); });
    show();
}

QSize IssueList::sizeHint() const {
    const int rows = std::clamp(count(), 1, kMostRows);
    return {200, rows * (fontMetrics().height() + 8) + 8};
}

void IssueList::show() {
    auto issues = model_.issues();
    if (issues == shown_ && count() > 0) return;
    shown_ = std::move(issues);
    clear();
    const Colors& colors = theme_.colors();
    for (const Issue& issue : shown_) {
        const Node* node = model_.graph().find(issue.node);
        const QString where = node != nullptr ? nodeTitle(*node) : QString();
        const bool isFault = issue.kind == Issue::Kind::Fault;
        const bool isNote = issue.kind == Issue::Kind::Note;
        auto* item = new QListWidgetItem{u"%1 – %2"_s.arg(where, issue.text), this};
        item->setIcon(QIcon{theme_.pixmap(isNote ? u"info"_s : u"warning"_s,
                                          isFault  ? colors.bad
                                          : isNote ? colors.muted
                                                   : colors.warning,
                                          15, 2)});
        item->setToolTip(issue.text);
        item->setData(Qt::AccessibleTextRole, (isFault  ? tr("Fault. ")
                                               : isNote ? tr("Note. ")
                                                        : tr("Warning. ")) +
                                                  item->text());
    }
    if (shown_.empty()) {
        auto* item = new QListWidgetItem{tr("No issues"), this};
        item->setIcon(QIcon{theme_.pixmap(u"check"_s, colors.good, 15, 2)});
        item->setFlags(Qt::ItemIsEnabled);
    }
    updateGeometry();
}

void IssueList::go(int row) {
    if (row < 0 || row >= std::ssize(shown_)) return;
    const Issue issue = shown_[static_cast<std::size_t>(row)];
    selection_.choose(issue.node);
    selection_.askForField(fromUtf8(issue.field));
}

}  // namespace dogwatch::gui::canvas
