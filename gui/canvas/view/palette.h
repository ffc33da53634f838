// Palette: what can be added, by what people want to say, with search. Drag, double-click, or Enter.
#pragma once

#include <QListWidget>

#include "gui/canvas/model/node_kinds.h"
#include "gui/theme/theme.h"

class QLineEdit;

namespace dogwatch::gui::canvas {

/// The list of kinds; a drag carries the key of one.
class KindList final : public QListWidget {
    Q_OBJECT
 public:
    KindList(const Theme& theme, QWidget* parent = nullptr);
    /// Shows the kinds whose title, words or help have all words of the text.
    void filter(const QString& text);
    [[nodiscard]] const NodeKind* chosen() const;
    /// The next row that can be chosen, in that direction.
    void step(int direction);

 Q_SIGNALS:
    void kindChosen(const dogwatch::gui::canvas::NodeKind* kind);

 protected:
    [[nodiscard]] QMimeData* mimeData(const QList<QListWidgetItem*>& items) const override;

 private:
    void fill();
    const Theme& theme_;
};

class Palette final : public QWidget {
    Q_OBJECT
 public:
    explicit Palette(const Theme& theme, QWidget* parent = nullptr);
    [[nodiscard]] QLineEdit* search() const { return search_; }
    [[nodiscard]] KindList* list() const { return list_; }

 Q_SIGNALS:
    void kindChosen(const dogwatch::gui::canvas::NodeKind* kind);

 protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    QLineEdit* search_;
    KindList* list_;
};

/// The palette as a popup under the pointer or the keyboard's focus, for adding at once.
class QuickAdd final : public QWidget {
    Q_OBJECT
 public:
    explicit QuickAdd(const Theme& theme, QWidget* parent);
    void popup(const QPoint& globalPos);

 Q_SIGNALS:
    void kindChosen(const dogwatch::gui::canvas::NodeKind* kind);

 private:
    Palette* palette_;
};

}  // namespace dogwatch::gui::canvas
