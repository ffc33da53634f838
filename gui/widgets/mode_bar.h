// ModeBar: the pages, down the left side: icon and name each, Ctrl+1 and so on.
#pragma once

#include <QWidget>

#include "gui/theme/theme.h"

class QButtonGroup;
class QVBoxLayout;

namespace dogwatch::gui {

class ModeBar final : public QWidget {
    Q_OBJECT
 public:
    explicit ModeBar(const Theme& theme, QWidget* parent = nullptr);
    void addMode(const QString& icon, const QString& name);
    void setCurrent(int mode);
    /// A button below the modes.
    void addFoot(QWidget* widget);

 Q_SIGNALS:
    void chosen(int mode);

 private:
    const Theme& theme_;
    QButtonGroup* group_;
    QVBoxLayout* layout_;
};

}  // namespace dogwatch::gui
