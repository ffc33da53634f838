// Pictures that a test takes for people to look at: into the directory that DOGWATCH_TEST_SHOTS names, none
// without it.
#pragma once

#include <QApplication>
#include <QWidget>
#include <QtTest>
#include <initializer_list>

#include "gui/theme/theme.h"

namespace dogwatch::gui {

inline void shoot(QWidget& widget, const QString& name) {
    const QString directory = qEnvironmentVariable("DOGWATCH_TEST_SHOTS");
    if (directory.isEmpty()) return;
    QTest::qWait(150);  // what moves comes to rest
    widget.grab().save(directory + u'/' + name + QStringLiteral(".png"));
}

/// In both themes and each of the sizes; the dialog before the window where there is one.
inline void shootEach(QWidget& window, Theme& theme, const QString& name,
                      std::initializer_list<QSize> sizes) {
    if (qEnvironmentVariableIsEmpty("DOGWATCH_TEST_SHOTS")) return;
    const QSize before = window.size();
    for (const QSize size : sizes) {
        window.resize(size);
        for (const auto choice : {Theme::Choice::Light, Theme::Choice::Dark}) {
            theme.choose(choice);
            QWidget* dialog = QApplication::activeModalWidget();
            shoot(dialog != nullptr ? *dialog : window,
                  QStringLiteral("%1-%2-%3")
                      .arg(name, theme.isDark() ? QStringLiteral("dark") : QStringLiteral("light"))
                      .arg(size.width()));
        }
    }
    window.resize(before);
}

}  // namespace dogwatch::gui
