// SavedTexts: a button whose menu keeps texts under names: filters, payloads.
#pragma once

#include <QPushButton>
#include <functional>

#include "gui/theme/theme.h"

class QMenu;

namespace dogwatch::gui {

/// Where texts are kept, as (name, text).
struct TextStore {
    std::function<QList<std::pair<QString, QString>>()> load;
    std::function<void(const QList<std::pair<QString, QString>>&)> save;
};

class SavedTexts final : public QPushButton {
    Q_OBJECT
 public:
    /// `current`: the text that would be kept now.
    SavedTexts(const Theme& theme, const QString& hint, std::function<QString()> current,
               QWidget* parent = nullptr);
    void setStore(TextStore store) { store_ = std::move(store); }

 Q_SIGNALS:
    void chosen(const QString& text);

 private:
    void fill(QMenu* menu);
    void askForName();

    std::function<QString()> current_;
    TextStore store_;
};

}  // namespace dogwatch::gui
