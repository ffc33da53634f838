// Icons: the SVGs of resources/icons, drawn in the theme's colours at any size.
#pragma once

#include <QColor>
#include <QIconEngine>
#include <QPixmap>
#include <QPointer>
#include <QString>

namespace dogwatch::gui {

class Theme;

/// Cached by name, colour and size; `size` in device-independent pixels.
QPixmap renderIcon(const QString& name, const QColor& color, const QSize& size, qreal ratio);

class ThemedIconEngine final : public QIconEngine {
 public:
    ThemedIconEngine(QString name, const Theme* theme);
    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override;
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override;
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal scale) override;
    [[nodiscard]] QIconEngine* clone() const override;

 private:
    [[nodiscard]] QColor color(QIcon::Mode mode, QIcon::State state) const;

    QString name_;
    QPointer<const Theme> theme_;
};

}  // namespace dogwatch::gui
