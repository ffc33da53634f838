// A label of one line that ends in "…" where it has no room for all of it; its tool tip then has the whole.
#pragma once

#include <QLabel>

namespace dogwatch::gui {

class ElidedLabel final : public QLabel {
    Q_OBJECT
 public:
    explicit ElidedLabel(const QString& text = {}, QWidget* parent = nullptr);
    [[nodiscard]] QSize minimumSizeHint() const override;

 protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;
};

}  // namespace dogwatch::gui
