#include "gui/tour.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>

#include "gui/main_window.h"
#include "gui/pages/functions_page.h"
#include "gui/pages/metaevents_page.h"
#include "gui/theme/theme.h"
#include "gui/widgets/mode_bar.h"
#include "gui/widgets/table.h"

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;

constexpr int kWidth = 340;  ///< of the callout at the usual size of text
constexpr int kAway = 12;    ///< from what it points at

/// Beside the target where there is room, else inside it: below, right, left, above.
QPoint placeBeside(const QRect& target, QSize size, const QRect& within) {
    const QPoint spots[] = {{target.left(), target.bottom() + kAway},
                            {target.right() + kAway, target.top()},
                            {target.left() - kAway - size.width(), target.top()},
                            {target.left(), target.top() - kAway - size.height()}};
    for (const QPoint& spot : spots)
        if (within.contains(QRect{spot, size})) return spot;
    const QPoint inside = target.center() - QPoint{size.width() / 2, size.height() / 2};
    return {std::clamp(inside.x(), within.left(), std::max(within.left(), within.right() - size.width())),
            std::clamp(inside.y(), within.top(), std::max(within.top(), within.bottom() - size.height()))};
}

}  // namespace

Tour::Tour(MainWindow& window, const Theme& theme, QSettings& settings)
    : QFrame(&window),
      window_(window),
      theme_(theme),
      settings_(settings),
      ring_(new QWidget{&window}),
      title_(new QLabel),
      text_(new QLabel),
      progress_(new QLabel),
      skip_(new QPushButton{tr("Skip")}),
      back_(new QPushButton{tr("Back")}),
      next_(new QPushButton) {
    setObjectName(u"tour"_s);
    setAccessibleName(tr("Tour"));
    ring_->setObjectName(u"tourRing"_s);
    ring_->setAttribute(Qt::WA_TransparentForMouseEvents);
    title_->setObjectName(u"sectionTitle"_s);
    title_->setWordWrap(true);
    text_->setWordWrap(true);
    progress_->setObjectName(u"caption"_s);
    skip_->setObjectName(u"tourSkip"_s);
    back_->setObjectName(u"tourBack"_s);
    next_->setObjectName(u"tourNext"_s);
    next_->setProperty("primary", true);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(progress_);
    buttons->addStretch();
    for (QPushButton* each : {skip_, back_, next_}) buttons->addWidget(each);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(16, 14, 16, 14);
    layout->setSpacing(8);
    layout->addWidget(title_);
    layout->addWidget(text_);
    layout->addLayout(buttons);
    hide();
    ring_->hide();
    makeSteps();
    connect(skip_, &QPushButton::clicked, this, &Tour::end);
    connect(back_, &QPushButton::clicked, this, [this] { go(step_ - 1); });
    connect(next_, &QPushButton::clicked, this, [this] { step_ + 1 < count() ? go(step_ + 1) : end(); });
    connect(&theme_, &Theme::changed, this, &Tour::colour);
    colour();
    window_.installEventFilter(this);
    for (QPushButton* each : {skip_, back_, next_})
        each->installEventFilter(this);  // arrows move focus there
}

void Tour::makeSteps() {
    const auto named = [this](const QString& name) { return window_.findChild<QWidget*>(name); };
    const auto onPage = [this, named](int mode, const QString& name) {
        return [this, named, mode, name] {
            window_.setMode(mode);
            return named(name);
        };
    };
    const auto firstFunction = [this] {
        window_.setMode(MainWindow::Functions);
        const auto& functions = window_.session().functions();
        if (functions.rowCount() > 0 && !window_.functionsPage().hasUnsavedChanges())
            window_.functionsPage().choose(functions.index(0, 0).data(KeyRole).toString());
    };
    steps_ = {
        {tr("Seven pages"),
         tr("Overview says at a glance whether all is well; each other page shows one part of the whole. "
            "Ctrl+1 to "
            "Ctrl+7 lead there, Ctrl+K goes anywhere."),
         onPage(MainWindow::Overview, u"modeBar"_s)},
        {tr("Functions are code"),
         tr("A function is code with a name. It runs in a small virtual machine of its own, never on this "
            "one."),
         [named, firstFunction] {
             firstFunction();
             return named(u"code"_s);
         }},
        {tr("Run it"),
         tr("Run saves the function and runs it with the payload below. Result, output and where the time "
            "went appear "
            "beside it."),
         [named, firstFunction] {
             firstFunction();
             return named(u"run"_s);
         }},
        {tr("Everything that ran"),
         tr("Each execution leaves records: what it was given, what it returned, what it printed and how "
            "long it "
            "took. Choose one to see all of it."),
         onPage(MainWindow::Executions, u"executionsTable"_s)},
        {tr("Watch for patterns"),
         tr("A metaevent says which pattern of records matters, such as “backup has not succeeded for 24 "
            "hours”, and "
            "what to run when it comes true. New opens a gallery of them."),
         [this, named] {
             window_.metaeventsPage().leaveEditor();
             window_.setMode(MainWindow::Metaevents);
             return named(u"newMetaevent"_s);
         }},
        {tr("And in a terminal"),
         tr("All of this can be done from a terminal as well: this copies what is seen as a dogwatchctl "
            "command. The "
            "manual is at F1."),
         onPage(MainWindow::Overview, u"commands"_s)},
    };
}

void Tour::start() {
    show();
    go(0);
}

void Tour::startOnce() {
    if (!settings_.value(u"tour/seen"_s).toBool()) start();
}

void Tour::go(int step) {
    step_ = std::clamp(step, 0, count() - 1);
    const Step& current = steps_[static_cast<std::size_t>(step_)];
    target_ = current.find();
    title_->setText(current.title);
    text_->setText(current.text);
    progress_->setText(tr("%1 of %2").arg(step_ + 1).arg(count()));
    back_->setEnabled(step_ > 0);
    next_->setText(step_ + 1 < count() ? tr("Next") : tr("Done"));
    next_->setAccessibleDescription(current.title + u". "_s + current.text);  // read out with the focus
    place();
    next_->setFocus();
    QTimer::singleShot(0, this, &Tour::place);  // once the page is laid out
}

void Tour::place() {
    if (isHidden()) return;
    const int letters = QFontMetrics{font()}.averageCharWidth() * 52;
    const QRect within = window_.rect().adjusted(kAway, kAway, -kAway, -kAway);
    const int width = std::min(std::max(kWidth, letters), within.width());
    setFixedWidth(width);
    resize(width, heightForWidth(width));  // its border included
    QRect target{window_.rect().center(), QSize{}};
    if (target_ != nullptr && target_->isVisible())
        target = QRect{target_->mapTo(&window_, QPoint{}), target_->size()};
    move(placeBeside(target, size(), within));
    ring_->setVisible(!target.isEmpty());
    ring_->setGeometry(target.adjusted(-3, -3, 3, 3) & window_.rect());
    ring_->raise();
    raise();
}

void Tour::end() {
    settings_.setValue(u"tour/seen"_s, true);
    hide();
    ring_->hide();
    if (target_ != nullptr && target_->isVisible()) target_->setFocus();
}

void Tour::colour() {
    const Colors& colors = theme_.colors();
    setStyleSheet(u"#tour { background: %1; border: 2px solid %2; border-radius: 10px; }"_s.arg(
        colors.raised.name(), colors.accent.name()));
    ring_->setStyleSheet(
        u"#tourRing { border: 3px solid %1; border-radius: 8px; background: transparent; }"_s.arg(
            colors.accent.name()));
}

bool Tour::eventFilter(QObject* watched, QEvent* event) {
    if (watched == &window_ && event->type() == QEvent::Resize) QTimer::singleShot(0, this, &Tour::place);
    if (event->type() == QEvent::KeyPress && watched != &window_) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Left || key == Qt::Key_Right) {
            keyPressEvent(static_cast<QKeyEvent*>(event));
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void Tour::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Escape: return end();
        case Qt::Key_Right: return next_->click();
        case Qt::Key_Left: return back_->click();
        default: QFrame::keyPressEvent(event);
    }
}

}  // namespace dogwatch::gui
