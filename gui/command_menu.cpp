#include "gui/command_menu.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QMenu>
#include <QShortcut>
#include <QToolButton>

#include "gui/pages/page.h"

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;

struct CommandMenu {
    Q_DECLARE_TR_FUNCTIONS(CommandMenu)
};

}  // namespace

QToolButton* makeCommandButton(const Theme& theme, QWidget* window, const std::function<const Page*()>& page,
                               const std::function<void(const QString&)>& told) {
    auto* button = new QToolButton;
    button->setObjectName(u"commands"_s);
    button->setIcon(theme.icon(u"terminal"_s));
    button->setIconSize({20, 20});
    button->setFixedWidth(40);
    button->setToolTip(CommandMenu::tr("Copy as a dogwatchctl command (Ctrl+Shift+C)"));
    button->setAccessibleName(CommandMenu::tr("Copy as command"));
    button->setPopupMode(QToolButton::InstantPopup);
    button->setStyleSheet(u"QToolButton::menu-indicator { image: none; }"_s);
    auto* menu = new QMenu{button};
    QObject::connect(menu, &QMenu::aboutToShow, button, [menu, page, told] {
        menu->clear();
        for (const Command& command : page()->commands()) {
            QAction* action = menu->addAction(command.title);
            action->setToolTip(command.line);
            QObject::connect(action, &QAction::triggered, menu, [line = command.line, told] {
                QGuiApplication::clipboard()->setText(line);
                told(CommandMenu::tr("Copied: %1").arg(line.section(u'\n', 0, 0)));
            });
        }
    });
    menu->setToolTipsVisible(true);
    button->setMenu(menu);
    auto* key = new QShortcut{QKeySequence{u"Ctrl+Shift+C"_s}, window};
    QObject::connect(key, &QShortcut::activated, button, &QToolButton::showMenu);
    return button;
}

}  // namespace dogwatch::gui
