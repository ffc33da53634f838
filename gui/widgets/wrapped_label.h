// A label of several lines that is always given the height it needs: layouts inside of scroll areas and forms
// do not ask how high it is for the width it got.
#pragma once

#include <QLabel>

namespace dogwatch::gui {

class WrappedLabel final : public QLabel {
    Q_OBJECT
 public:
    explicit WrappedLabel(const QString& text = {}, QWidget* parent = nullptr) : QLabel(text, parent) {
        setTextFormat(Qt::PlainText);
        setWordWrap(true);
    }

 protected:
    void resizeEvent(QResizeEvent* event) override {
        QLabel::resizeEvent(event);
        fit();
    }
    void paintEvent(QPaintEvent* event) override {
        QLabel::paintEvent(event);
        fit();  // another text may need another height
    }

 private:
    void fit() {
        const int needs = wordWrap() ? heightForWidth(width()) : 0;
        if (needs >= 0 && needs != minimumHeight()) setMinimumHeight(needs);
    }
};

}  // namespace dogwatch::gui
