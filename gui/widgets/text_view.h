// TextView: read-only text with a field that finds in it: all places are marked, Return goes on to the next.
#pragma once

#include <QWidget>

#include "gui/theme/theme.h"

class QLabel;
class QLineEdit;
class QPlainTextEdit;

namespace dogwatch::gui {

class TextView final : public QWidget {
    Q_OBJECT
 public:
    TextView(const Theme& theme, const QString& name, const QString& nothing, QWidget* parent = nullptr);
    /// Keeps its place where the text only grew.
    void setText(const QString& text);
    [[nodiscard]] QPlainTextEdit* box() const { return box_; }
    [[nodiscard]] int found() const { return found_; }

 private:
    void mark();
    void next(bool backwards);

    const Theme& theme_;
    QPlainTextEdit* box_;
    QLineEdit* find_;
    QLabel* count_;
    int found_ = 0;
};

}  // namespace dogwatch::gui
