#include "gui/help/help_menu.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QShortcut>
#include <QToolButton>

#include "gui/help/diagnostics.h"
#include "gui/help/help_window.h"
#include "gui/models/text.h"

namespace dogwatch::gui {
namespace {
using namespace Qt::StringLiterals;
}

HelpMenu::HelpMenu(const Workbench& bench, QWidget* window, std::function<QString()> place)
    : QObject(window), bench_(bench), window_(window), place_(std::move(place)) {
    new QShortcut{QKeySequence::HelpContents, window, this, &HelpMenu::showManual};
}

QToolButton* HelpMenu::makeButton() {
    auto* button = new QToolButton;
    button->setIcon(bench_.theme.icon(u"info"_s));
    button->setIconSize({20, 20});
    button->setToolTip(tr("Help"));
    button->setAccessibleName(tr("Help"));
    button->setFixedWidth(40);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setStyleSheet(u"QToolButton::menu-indicator { image: none; }"_s);
    auto* menu = new QMenu{button};
    // The shortcut is the window's; a second one of the action would make the key ambiguous.
    menu->addAction(tr("Manual\tF1"), this, &HelpMenu::showManual);
    menu->addAction(tr("Tour"), this, &HelpMenu::tourWanted);
    menu->addAction(tr("Copy diagnostics"), this, &HelpMenu::copyDiagnostics);
    menu->addAction(tr("About Dogwatch"), this, &HelpMenu::showAbout);
    button->setMenu(menu);
    return button;
}

void HelpMenu::showManual() {
    if (help_ == nullptr) help_ = new HelpWindow{bench_.theme, window_};
    help_->showPlace(place_());
}

void HelpMenu::copyDiagnostics() {
    QGuiApplication::clipboard()->setText(diagnostics(bench_.session));
}

void HelpMenu::showAbout() {
    auto* box = new QMessageBox{QMessageBox::NoIcon, tr("About Dogwatch"),
                                tr("Dogwatch %1").arg(QCoreApplication::applicationVersion()),
                                QMessageBox::Close, window_};
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIconPixmap(QIcon{u":/icons/dogwatch.svg"_s}.pixmap(64, 64));
    const QString plane = fromUtf8(stringMember(bench_.session.hello(), "version"));
    box->setInformativeText(
        tr("Runs code in virtual machines, watches what happens, and acts on it.\n\n"
           "Control plane: %1\nQt: %2\n\n"
           "Free software under the GNU General Public License, version 3 or later.")
            .arg(plane.isEmpty() ? tr("not connected") : plane, QString::fromLatin1(qVersion())));
    box->setDetailedText(diagnostics(bench_.session));
    QPushButton* copy = box->addButton(tr("Copy diagnostics"), QMessageBox::ActionRole);
    copy->setToolTip(tr("Versions, the machine and numbers; no names, no payloads, no secrets"));
    copy->disconnect();  // it shall not close the box
    connect(copy, &QPushButton::clicked, this, &HelpMenu::copyDiagnostics);
    box->open();
}

}  // namespace dogwatch::gui
