#include "gui/language_menu.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QMenu>
#include <QSettings>

#include "gui/models/language.h"

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;

struct LanguageMenu {
    Q_DECLARE_TR_FUNCTIONS(LanguageMenu)
};

}  // namespace

QMenu* makeLanguageMenu(QSettings& settings, QWidget* parent,
                        const std::function<void(const QString&)>& told) {
    auto* menu = new QMenu{LanguageMenu::tr("Language (from the next start on)"), parent};
    menu->setObjectName(u"languages"_s);
    auto* group = new QActionGroup{menu};
    std::vector<Language> choices{{{}, LanguageMenu::tr("As the desktop")}};
    for (const Language& language : languages()) choices.push_back(language);
    const QString chosen = settings.value(u"language"_s).toString();
    for (const Language& choice : choices) {
        QAction* action = menu->addAction(choice.name);
        action->setData(choice.code);
        action->setCheckable(true);
        action->setChecked(choice.code == chosen);
        group->addAction(action);
        QObject::connect(action, &QAction::triggered, parent, [&settings, told, code = choice.code] {
            settings.setValue(u"language"_s, code);
            told(LanguageMenu::tr("The console speaks the chosen language from its next start on."));
        });
    }
    return menu;
}

}  // namespace dogwatch::gui
