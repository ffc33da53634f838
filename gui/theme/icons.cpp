#include "gui/theme/icons.h"

#include <QFile>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include "gui/theme/theme.h"

namespace dogwatch::gui {
namespace {
using namespace Qt::StringLiterals;
}

QPixmap renderIcon(const QString& name, const QColor& color, const QSize& size, qreal ratio) {
    const QString key = u"dogwatch/%1/%2/%3x%4@%5"_s.arg(name, color.name(QColor::HexArgb))
                            .arg(size.width())
                            .arg(size.height())
                            .arg(ratio);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap)) return pixmap;
    QFile file{u":/icons/%1.svg"_s.arg(name)};
    if (!file.open(QIODevice::ReadOnly)) return {};
    QByteArray svg = file.readAll();
    svg.replace("currentColor", color.name().toLatin1());
    pixmap = QPixmap{size * ratio};
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter{&pixmap};
    QSvgRenderer{svg}.render(&painter, QRectF{QPointF{}, QSizeF{size}});
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

ThemedIconEngine::ThemedIconEngine(QString name, const Theme* theme)
    : name_(std::move(name)), theme_(theme) {}

QColor ThemedIconEngine::color(QIcon::Mode mode, QIcon::State state) const {
    if (!theme_) return Qt::gray;
    const Colors& colors = theme_->colors();
    if (mode == QIcon::Disabled) return colors.field;
    return state == QIcon::On ? colors.accent : colors.muted;
}

void ThemedIconEngine::paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) {
    const qreal ratio = painter->device() ? painter->device()->devicePixelRatioF() : 1.0;
    painter->drawPixmap(rect, renderIcon(name_, color(mode, state), rect.size(), ratio));
}

QPixmap ThemedIconEngine::pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) {
    return renderIcon(name_, color(mode, state), size, 1.0);
}

QPixmap ThemedIconEngine::scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal scale) {
    // Qt asks for device pixels here.
    return renderIcon(name_, color(mode, state), (QSizeF{size} / scale).toSize(), scale);
}

QIconEngine* ThemedIconEngine::clone() const {
    return new ThemedIconEngine{*this};
}

}  // namespace dogwatch::gui
