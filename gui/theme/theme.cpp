#include "gui/theme/theme.h"

#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <QPalette>
#include <QStyleFactory>
#include <cmath>

#include "gui/theme/icons.h"
#include "gui/widgets/accessible.h"

static void initResources() {
    Q_INIT_RESOURCE(console);
}  // outside any namespace, as the macro needs

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;

QPalette paletteOf(const Colors& colors) {
    QPalette palette;
    palette.setColor(QPalette::Window, colors.window);
    palette.setColor(QPalette::WindowText, colors.text);
    palette.setColor(QPalette::Base, colors.surface);
    palette.setColor(QPalette::AlternateBase, colors.sunken);
    palette.setColor(QPalette::Text, colors.text);
    palette.setColor(QPalette::Button, colors.surface);
    palette.setColor(QPalette::ButtonText, colors.text);
    palette.setColor(QPalette::BrightText, colors.bad);
    palette.setColor(QPalette::Highlight, colors.selection);
    palette.setColor(QPalette::HighlightedText, colors.text);
    palette.setColor(QPalette::Link, colors.accent);
    palette.setColor(QPalette::LinkVisited, colors.accent);
    palette.setColor(QPalette::ToolTipBase, colors.raised);
    palette.setColor(QPalette::ToolTipText, colors.text);
    palette.setColor(QPalette::PlaceholderText, colors.muted);
    palette.setColor(QPalette::Light, colors.raised);
    palette.setColor(QPalette::Midlight, colors.hover);
    palette.setColor(QPalette::Mid, colors.border);
    palette.setColor(QPalette::Dark, colors.field);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, colors.muted);
    return palette;
}

QString styleSheetOf(const Colors& colors, bool dark) {
    QFile file{u":/console.qss"_s};
    if (!file.open(QIODevice::ReadOnly)) return {};
    QString sheet = QString::fromUtf8(file.readAll());
    // Longer names first, so that none is taken for the beginning of another.
    const std::pair<QString, QString> names[] = {
        {u"@warningSurface"_s, colors.warningSurface.name()},
        {u"@warning"_s, colors.warning.name()},
        {u"@accentHover"_s, colors.accentHover.name()},
        {u"@chevronUp"_s, dark ? u":/icons/chevron-up-dark.svg"_s : u":/icons/chevron-up-light.svg"_s},
        {u"@chevron"_s, dark ? u":/icons/chevron-dark.svg"_s : u":/icons/chevron-light.svg"_s},
        {u"@selection"_s, colors.selection.name()},
        {u"@onAccent"_s, colors.onAccent.name()},
        {u"@surface"_s, colors.surface.name()},
        {u"@window"_s, colors.window.name()},
        {u"@raised"_s, colors.raised.name()},
        {u"@sunken"_s, colors.sunken.name()},
        {u"@border"_s, colors.border.name()},
        {u"@accent"_s, colors.accent.name()},
        {u"@scroll"_s, colors.scroll.name()},
        {u"@muted"_s, colors.muted.name()},
        {u"@field"_s, colors.field.name()},
        {u"@hover"_s, colors.hover.name()},
        {u"@text"_s, colors.text.name()},
        {u"@bad"_s, colors.bad.name()},
    };
    for (const auto& [name, value] : names) sheet.replace(name, value);
    // Larger and smaller than the text, whose size is the desktop's.
    const double text = QApplication::font().pointSizeF();
    const std::pair<QString, double> sizes[] = {
        {u"@titleSize"_s, 1.5}, {u"@figureSize"_s, 1.7}, {u"@leadSize"_s, 1.1}};
    for (const auto& [name, share] : sizes)
        sheet.replace(name, QString::number(text * share, 'f', 1) + u"pt"_s);
    return sheet;
}

QFont textFont() {
    QFont font = QApplication::font();
    if (QFontDatabase::families().contains(u"Inter"_s)) font.setFamily(u"Inter"_s);
    font.setPointSizeF(std::max(font.pointSizeF(), 10.0));
    return font;
}

double luminance(const QColor& color) {
    const auto linear = [](double channel) {
        return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

}  // namespace

Colors lightColors() {
    return {.window = u"#f4f6f9"_s,
            .surface = u"#ffffff"_s,
            .raised = u"#ffffff"_s,
            .sunken = u"#eceff4"_s,
            .border = u"#d8dde5"_s,
            .field = u"#7d8796"_s,
            .text = u"#1a1f26"_s,
            .muted = u"#566070"_s,
            .accent = u"#1f57c4"_s,
            .accentHover = u"#17479f"_s,
            .onAccent = u"#ffffff"_s,
            .selection = u"#dbe7fd"_s,
            .hover = u"#e3e8f0"_s,
            .scroll = u"#b5bdc9"_s,
            .good = u"#17703a"_s,
            .bad = u"#b8231d"_s,
            .warning = u"#855300"_s,
            .busy = u"#1f57c4"_s,
            .warningSurface = u"#fff3d6"_s};
}

Colors darkColors() {
    return {.window = u"#14171c"_s,
            .surface = u"#1c2027"_s,
            .raised = u"#252a33"_s,
            .sunken = u"#101318"_s,
            .border = u"#313844"_s,
            .field = u"#6f7a8a"_s,
            .text = u"#e6eaf1"_s,
            .muted = u"#a3adba"_s,
            .accent = u"#7fb0ff"_s,
            .accentHover = u"#a4c7ff"_s,
            .onAccent = u"#0c1a33"_s,
            .selection = u"#24395c"_s,
            .hover = u"#272d37"_s,
            .scroll = u"#454e5c"_s,
            .good = u"#57ca8e"_s,
            .bad = u"#ff8a80"_s,
            .warning = u"#e8b64c"_s,
            .busy = u"#7fb0ff"_s,
            .warningSurface = u"#3a2f14"_s};
}

double contrast(const QColor& a, const QColor& b) {
    const double first = luminance(a) + 0.05;
    const double second = luminance(b) + 0.05;
    return std::max(first, second) / std::min(first, second);
}

Theme::Theme(QObject* parent)
    : QObject(parent), systemDark_(QApplication::palette().color(QPalette::Window).lightness() < 128) {
    initResources();
    installAccessibility();
    QApplication::setStyle(QStyleFactory::create(u"Fusion"_s));
    QApplication::setFont(textFont());
    QApplication::setWindowIcon(QIcon{u":/icons/dogwatch.svg"_s});
    apply();
}

void Theme::choose(Choice choice) {
    if (choice == choice_) return;
    choice_ = choice;
    apply();
}

void Theme::apply() {
    dark_ = choice_ == Choice::Dark || (choice_ == Choice::System && systemDark_);
    colors_ = dark_ ? darkColors() : lightColors();
    QApplication::setPalette(paletteOf(colors_));
    qApp->setStyleSheet(styleSheetOf(colors_, dark_));
    Q_EMIT changed();
}

QColor Theme::tone(Tone tone) const {
    switch (tone) {
        case Tone::Good: return colors_.good;
        case Tone::Bad: return colors_.bad;
        case Tone::Warning: return colors_.warning;
        case Tone::Busy: return colors_.busy;
        case Tone::Muted: return colors_.muted;
        case Tone::Neutral: break;
    }
    return colors_.text;
}

QFont Theme::codeFont() {
    QFont font{u"DejaVu Sans Mono"_s};
    font.setStyleHint(QFont::Monospace);
    font.setPointSizeF(QApplication::font().pointSizeF() * 0.95);
    return font;
}

QIcon Theme::icon(const QString& name) const {
    return QIcon{new ThemedIconEngine{name, this}};
}

QPixmap Theme::pixmap(const QString& name, const QColor& color, int size, qreal ratio) const {
    return renderIcon(name, color, QSize{size, size}, ratio);
}

}  // namespace dogwatch::gui
