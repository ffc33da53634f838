#include "gui/widgets/panels.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QShortcut>
#include <QSplitter>
#include <QStyle>
#include <QVBoxLayout>

#include "gui/widgets/elided_label.h"
#include "gui/widgets/wrapped_label.h"

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;

QLabel* namedLabel(const QString& text, const QString& name, QWidget* parent) {
    auto* label = new QLabel{text, parent};
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    return label;
}

}  // namespace

QVBoxLayout* makePageLayout(QWidget* page) {
    auto* layout = new QVBoxLayout{page};
    layout->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    layout->setSpacing(kGap);
    return layout;
}

QWidget* makeColumn(std::initializer_list<QWidget*> parts) {
    auto* column = new QWidget;
    auto* layout = new QVBoxLayout{column};
    layout->setContentsMargins({});
    layout->setSpacing(kSmallGap);
    for (QWidget* part : parts) layout->addWidget(part);
    layout->setStretch(layout->count() - 1, 1);
    return column;
}

QSplitter* makeSplitter(const QString& name, Qt::Orientation orientation) {
    auto* splitter = new QSplitter{orientation};
    splitter->setObjectName(name);
    splitter->setHandleWidth(kGap);
    splitter->setChildrenCollapsible(false);
    return splitter;
}

QLabel* pageTitle(const QString& text, QWidget* parent) {
    return namedLabel(text, u"pageTitle"_s, parent);
}

QLabel* sectionTitle(const QString& text, QWidget* parent) {
    return namedLabel(text, u"sectionTitle"_s, parent);
}

QLabel* caption(const QString& text, QWidget* parent) {
    auto* label = new WrappedLabel{text, parent};
    label->setObjectName(u"caption"_s);
    return label;
}

QLabel* faultLabel(QWidget* parent) {
    QLabel* label = namedLabel({}, u"fault"_s, parent);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->hide();
    return label;
}

void setFault(QLabel* label, const QString& text) {
    label->setText(text);
    label->setVisible(!text.isEmpty());
}

void markField(QWidget* field, const QString& fault) {
    const bool faulty = !fault.isEmpty();
    field->setToolTip(fault);
    field->setAccessibleDescription(fault);
    if (field->property("faulty").toBool() == faulty) return;
    field->setProperty("faulty", faulty);
    field->style()->unpolish(field);
    field->style()->polish(field);
}

void addShortcut(QAbstractButton* button, const QKeySequence& keys) {
    auto* shortcut = new QShortcut{keys, button};
    QObject::connect(shortcut, &QShortcut::activated, button, &QAbstractButton::click);
}

QPushButton* button(const Theme& theme, const QString& icon, const QString& text, const QString& hint) {
    auto* made = new QPushButton{theme.icon(icon), text};
    made->setIconSize({16, 16});
    made->setToolTip(hint);
    made->setAccessibleName(text.isEmpty() ? hint : text);
    return made;
}

QPushButton* primaryButton(const Theme& theme, const QString& icon, const QString& text,
                           const QString& hint) {
    QPushButton* made = button(theme, icon, text, hint);
    made->setProperty("primary", true);
    const auto recolor = [made, icon, &theme] {
        const Colors& colors = theme.colors();
        QIcon drawn{theme.pixmap(icon, colors.onAccent, 16, 2.0)};
        drawn.addPixmap(theme.pixmap(icon, colors.muted, 16, 2.0), QIcon::Disabled);
        made->setIcon(drawn);
    };
    recolor();
    QObject::connect(&theme, &Theme::changed, made, recolor);
    return made;
}

Card::Card(const QString& title, QWidget* parent) : QFrame(parent), content_(new QVBoxLayout{this}) {
    setObjectName(u"card"_s);
    content_->setContentsMargins(kGap, kGap, kGap, kGap);
    content_->setSpacing(kSmallGap);
    if (!title.isEmpty()) content_->addWidget(sectionTitle(title));
}

Tile::Tile(const Theme& theme, const QString& title, QWidget* parent)
    : QFrame(parent),
      theme_(theme),
      title_(namedLabel(title, u"caption"_s, this)),
      value_(namedLabel(u"–"_s, u"tileValue"_s, this)),
      detail_(new ElidedLabel{{}, this}) {
    setObjectName(u"tile"_s);
    setAccessibleName(title);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(kGap, 10, kGap, 10);
    layout->setSpacing(2);
    layout->addWidget(title_);
    layout->addWidget(value_);
    layout->addWidget(detail_);
    detail_->setObjectName(u"caption"_s);
    connect(&theme, &Theme::changed, this, &Tile::paintValue);
}

void Tile::set(const QString& value, const QString& detail, Tone tone) {
    if (value_->text() != value) value_->setText(value);
    if (detail_->text() != detail) {
        detail_->setText(detail);
        detail_->setToolTip(detail);
    }
    setAccessibleDescription(value + u", "_s + detail);
    if (tone == tone_) return;
    tone_ = tone;
    paintValue();
}

void Tile::setLeads(const QString& hint) {
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setToolTip(hint);
}

void Tile::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint())) Q_EMIT clicked();
}

void Tile::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space)
        Q_EMIT clicked();
    else
        QFrame::keyPressEvent(event);
}

void Tile::paintValue() {
    value_->setStyleSheet(tone_ == Tone::Neutral ? QString{} : u"color: %1"_s.arg(theme_.tone(tone_).name()));
}

EmptyState::EmptyState(const Theme& theme, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      icon_(new QLabel{this}),
      title_(sectionTitle({}, this)),
      text_(caption(QString(), this)),
      layout_(new QVBoxLayout{this}) {
    layout_->setSpacing(8);
    layout_->addStretch();
    for (QLabel* label : {icon_, title_, text_}) {
        label->setAlignment(Qt::AlignCenter);
        layout_->addWidget(label);
    }
    layout_->addStretch();
    connect(&theme, &Theme::changed, this, &EmptyState::paintIcon);
}

void EmptyState::set(const QString& icon, const QString& title, const QString& text) {
    iconName_ = icon;
    title_->setText(title);
    text_->setText(text);
    paintIcon();
}

void EmptyState::paintIcon() {
    icon_->setPixmap(theme_.pixmap(iconName_, theme_.colors().field, 36, devicePixelRatioF()));
}

QPushButton* EmptyState::addAction(const QString& icon, const QString& text) {
    QPushButton* made = button(theme_, icon, text);
    layout_->insertWidget(layout_->count() - 1, made, 0, Qt::AlignHCenter);
    return made;
}

Banner::Banner(const Theme& theme, QWidget* parent)
    : QFrame(parent),
      theme_(theme),
      icon_(new QLabel{this}),
      text_(new QLabel{this}),
      action_(button(theme, u"refresh"_s, {})) {
    setObjectName(u"banner"_s);
    auto* layout = new QHBoxLayout{this};
    layout->setContentsMargins(kMargin, 8, kMargin, 8);
    layout->setSpacing(10);
    text_->setWordWrap(true);
    layout->addWidget(icon_);
    layout->addWidget(text_, 1);
    layout->addWidget(action_);
    const auto paint = [this] {
        icon_->setPixmap(theme_.pixmap(u"warning"_s, theme_.colors().warning, 18, 2.0));
    };
    paint();
    connect(&theme, &Theme::changed, this, paint);
}

void Banner::setText(const QString& text) {
    text_->setText(text);
    setAccessibleName(text);
}

}  // namespace dogwatch::gui
