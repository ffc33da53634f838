#include "gui/help/help_window.h"

#include <QDesktopServices>
#include <QShortcut>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTextTable>
#include <QToolButton>
#include <QVBoxLayout>

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;

constexpr QLatin1StringView kRoot{"qrc:/docs/"};

/// What a heading is linked by: lower case, blanks as hyphens, nothing but letters, digits and those.
QString anchorOf(const QString& heading) {
    QString anchor;
    for (const QChar c : heading.toLower()) {
        if (c.isLetterOrNumber() || c == u'-' || c == u'_') anchor += c;
        if (c == u' ') anchor += u'-';
    }
    return anchor;
}

QToolButton* button(const QString& text, QTextBrowser* browser, void (QTextBrowser::*act)()) {
    auto* made = new QToolButton;
    made->setText(text);
    QObject::connect(made, &QToolButton::clicked, browser, act);
    return made;
}

}  // namespace

HelpWindow::HelpWindow(const Theme& theme, QWidget* parent)
    : QWidget(parent, Qt::Window), theme_(theme), text_(new QTextBrowser{this}) {
    setWindowTitle(tr("Dogwatch manual"));
    resize(860, 720);
    text_->setOpenLinks(false);
    text_->setAccessibleName(tr("Manual"));
    auto* bar = new QHBoxLayout;
    QToolButton* contents = button(tr("Contents"), text_, &QTextBrowser::home);
    QToolButton* back = button(tr("Back"), text_, &QTextBrowser::backward);
    QToolButton* forward = button(tr("Forward"), text_, &QTextBrowser::forward);
    back->setEnabled(false);
    forward->setEnabled(false);
    connect(text_, &QTextBrowser::backwardAvailable, back, &QWidget::setEnabled);
    connect(text_, &QTextBrowser::forwardAvailable, forward, &QWidget::setEnabled);
    for (QToolButton* each : {contents, back, forward}) bar->addWidget(each);
    bar->addStretch();
    auto* layout = new QVBoxLayout{this};
    layout->addLayout(bar);
    layout->addWidget(text_, 1);
    new QShortcut{QKeySequence::Back, text_, text_, &QTextBrowser::backward};
    new QShortcut{QKeySequence::Cancel, this, this, &QWidget::close};
    connect(text_, &QTextBrowser::anchorClicked, this, &HelpWindow::follow);
    connect(text_, &QTextBrowser::sourceChanged, this, &HelpWindow::colour);
    connect(&theme_, &Theme::changed, this, &HelpWindow::colour);
    text_->setSource(QUrl{kRoot + u"manual/README.md"_s});
}

void HelpWindow::showPlace(const QString& place) {
    const QString page = place.section(u'#', 0, 0);
    text_->setSource(QUrl{kRoot + page});
    goToHeading(place.section(u'#', 1));
    show();
    raise();
    activateWindow();
    text_->setFocus();
}

QString HelpWindow::page() const {
    return text_->source().toString().mid(kRoot.size());
}

void HelpWindow::follow(const QUrl& url) {
    const QUrl target = text_->source().resolved(url);
    if (target.scheme() != u"qrc"_s) {
        QDesktopServices::openUrl(target);
        return;
    }
    const QUrl page = target.adjusted(QUrl::RemoveFragment);
    if (page != text_->source()) text_->setSource(page);
    goToHeading(target.fragment());
}

/// Markdown's headings have no anchors in Qt's documents.
void HelpWindow::goToHeading(const QString& anchor) {
    if (anchor.isEmpty()) return;
    for (QTextBlock block = text_->document()->begin(); block.isValid(); block = block.next()) {
        if (block.blockFormat().headingLevel() == 0 || anchorOf(block.text()) != anchor) continue;
        QTextCursor cursor{block};
        text_->moveCursor(
            QTextCursor::End);  // so that what comes then is scrolled to from below: it ends on top
        text_->setTextCursor(cursor);
        return;
    }
}

/// Qt draws Markdown's tables and code without colour.
void HelpWindow::colour() {
    const Colors& colors = theme_.colors();
    QPalette palette = text_->palette();
    palette.setColor(QPalette::Link, colors.accent);
    text_->setPalette(palette);
    QTextDocument& document = *text_->document();
    document.setDocumentMargin(20);
    QString above;  // the language of the code in the line above; empty: it is none
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        QTextBlockFormat format = block.blockFormat();
        const bool isCode = format.hasProperty(QTextFormat::BlockCodeFence) ||
                            format.hasProperty(QTextFormat::BlockCodeLanguage) || format.nonBreakableLines();
        const QString language =
            isCode ? u"code "_s + format.stringProperty(QTextFormat::BlockCodeLanguage) : QString{};
        if (isCode) {
            // What is printed looks other than what is typed.
            format.setBackground(language.endsWith(u"text"_s) ? colors.window : colors.sunken);
            format.setLeftMargin(12);
            format.setTopMargin(language == above ? 0 : 8);
        }
        if (format.headingLevel() > 1) format.setTopMargin(18);
        above = language;
        if (isCode || format.headingLevel() > 1) QTextCursor{block}.setBlockFormat(format);
    }
    for (QTextFrame* frame : document.rootFrame()->childFrames()) {
        auto* table = qobject_cast<QTextTable*>(frame);
        if (table == nullptr) continue;
        QTextTableFormat format = table->format();
        format.setCellPadding(5);
        format.setCellSpacing(0);
        format.setBorder(1);
        format.setBorderCollapse(true);
        format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
        format.setBorderBrush(colors.border);
        table->setFormat(format);
    }
}

}  // namespace dogwatch::gui
