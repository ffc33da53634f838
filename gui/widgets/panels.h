// The small parts that pages are made of: titles, captions, cards, tiles, empty states, the banner.
#pragma once

#include <QFrame>
#include <QKeySequence>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <initializer_list>

#include "gui/theme/theme.h"

class QSplitter;
class QVBoxLayout;

namespace dogwatch::gui {

/// Space around and between the parts of a page, in pixels.
constexpr int kMargin = 16;
constexpr int kGap = 12;
constexpr int kSmallGap = 6;

/// Of a whole page: margins around, gaps between.
QVBoxLayout* makePageLayout(QWidget* page);
/// One below the other; the last takes the space that is left.
QWidget* makeColumn(std::initializer_list<QWidget*> parts);
/// Parts among which people share out the space, none of them away. Under `name` it is remembered.
QSplitter* makeSplitter(const QString& name, Qt::Orientation orientation);

QLabel* pageTitle(const QString& text, QWidget* parent = nullptr);
QLabel* sectionTitle(const QString& text, QWidget* parent = nullptr);
/// Secondary text; wraps.
QLabel* caption(const QString& text, QWidget* parent = nullptr);
/// What is wrong, in red; hidden while empty (see setFault).
QLabel* faultLabel(QWidget* parent = nullptr);
void setFault(QLabel* label, const QString& text);
/// Marks a field as faulty or well, and says why to all kinds of readers.
void markField(QWidget* field, const QString& fault);

QPushButton* button(const Theme& theme, const QString& icon, const QString& text, const QString& hint = {});
QPushButton* primaryButton(const Theme& theme, const QString& icon, const QString& text,
                           const QString& hint = {});

/// Clicks it at once. QAbstractButton's own shortcut shows it pressed for 100 ms before it does anything.
void addShortcut(QAbstractButton* button, const QKeySequence& keys);

/// A surface with a title above its content.
class Card final : public QFrame {
    Q_OBJECT
 public:
    explicit Card(const QString& title, QWidget* parent = nullptr);
    [[nodiscard]] QVBoxLayout* content() const { return content_; }

 private:
    QVBoxLayout* content_;
};

/// One figure with its name and a line on what it means.
class Tile final : public QFrame {
    Q_OBJECT
 public:
    Tile(const Theme& theme, const QString& title, QWidget* parent = nullptr);
    void set(const QString& value, const QString& detail, Tone tone = Tone::Neutral);
    /// Makes it lead somewhere: by click, Return and Space.
    void setLeads(const QString& hint);

 Q_SIGNALS:
    void clicked();

 protected:
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

 private:
    void paintValue();

    const Theme& theme_;
    Tone tone_ = Tone::Neutral;
    QLabel* title_;
    QLabel* value_;
    QLabel* detail_;
};

/// What will be here, and how to get it.
class EmptyState final : public QWidget {
    Q_OBJECT
 public:
    explicit EmptyState(const Theme& theme, QWidget* parent);
    void set(const QString& icon, const QString& title, const QString& text);
    /// A way on; shown below the text.
    QPushButton* addAction(const QString& icon, const QString& text);

 private:
    void paintIcon();

    const Theme& theme_;
    QString iconName_;
    QLabel* icon_;
    QLabel* title_;
    QLabel* text_;
    QVBoxLayout* layout_;
};

/// A calm line at the top of the window.
class Banner final : public QFrame {
    Q_OBJECT
 public:
    explicit Banner(const Theme& theme, QWidget* parent = nullptr);
    void setText(const QString& text);
    [[nodiscard]] QString text() const { return text_->text(); }
    [[nodiscard]] QPushButton* action() const { return action_; }

 private:
    const Theme& theme_;
    QLabel* icon_;
    QLabel* text_;
    QPushButton* action_;
};

}  // namespace dogwatch::gui
