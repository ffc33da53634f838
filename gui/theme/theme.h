// Theme: the console's colours, fonts and icons, light or dark. Everything that paints asks it, and repaints
// on changed().
#pragma once

#include <QColor>
#include <QIcon>
#include <QObject>
#include <QPixmap>
#include <array>
#include <utility>

#include "gui/models/table_models.h"

namespace dogwatch::gui {

/// Pairs of text and ground reach a contrast of 4.5:1 (WCAG AA); fields and focus marks 3:1.
struct Colors {
    QColor window;   ///< behind everything
    QColor surface;  ///< cards, tables, fields
    QColor raised;   ///< menus, tooltips
    QColor sunken;   ///< bars, read-only text
    QColor border;   ///< lines that only divide
    QColor field;    ///< lines that show where to act
    QColor text;
    QColor muted;  ///< secondary text
    QColor accent;
    QColor accentHover;
    QColor onAccent;  ///< text on the accent
    QColor selection;
    QColor hover;
    QColor scroll;
    QColor good;
    QColor bad;
    QColor warning;
    QColor busy;
    QColor warningSurface;
};

Colors lightColors();
Colors darkColors();
/// WCAG 2 contrast ratio, 1 to 21.
double contrast(const QColor& a, const QColor& b);

class Theme final : public QObject {
    Q_OBJECT
 public:
    enum class Choice { System, Light, Dark };

    explicit Theme(QObject* parent = nullptr);
    [[nodiscard]] Choice choice() const { return choice_; }
    /// Colours the whole application.
    void choose(Choice choice);
    [[nodiscard]] bool isDark() const { return dark_; }
    [[nodiscard]] const Colors& colors() const { return colors_; }
    [[nodiscard]] QColor tone(Tone tone) const;
    [[nodiscard]] static QFont codeFont();

    /// An icon of resources/icons that follows the theme: muted, in the accent when on, or in a fixed tone.
    [[nodiscard]] QIcon icon(const QString& name) const;
    [[nodiscard]] QPixmap pixmap(const QString& name, const QColor& color, int size, qreal ratio) const;

 Q_SIGNALS:
    void changed();

 private:
    void apply();

    Choice choice_ = Choice::System;
    bool systemDark_;  ///< what the platform had before we coloured it
    bool dark_ = false;
    Colors colors_;
};

}  // namespace dogwatch::gui
