#include "gui/widgets/saved_texts.h"

#include <QInputDialog>
#include <QMenu>

namespace dogwatch::gui {

using namespace Qt::StringLiterals;

SavedTexts::SavedTexts(const Theme& theme, const QString& hint, std::function<QString()> current,
                       QWidget* parent)
    : QPushButton(theme.icon(u"star"_s), {}, parent), current_(std::move(current)) {
    setIconSize({16, 16});
    setToolTip(hint);
    setAccessibleName(hint);
    auto* menu = new QMenu{this};
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { fill(menu); });
    setMenu(menu);
}

void SavedTexts::fill(QMenu* menu) {
    menu->clear();
    const auto saved = store_.load ? store_.load() : QList<std::pair<QString, QString>>{};
    for (const auto& [name, text] : saved)
        menu->addAction(name, this, [this, wanted = text] { Q_EMIT chosen(wanted); })->setToolTip(text);
    if (!saved.isEmpty()) menu->addSeparator();
    QAction* keep = menu->addAction(tr("Save this one…"), this, &SavedTexts::askForName);
    keep->setEnabled(store_.save && !current_().trimmed().isEmpty());
    if (saved.isEmpty()) return;
    QMenu* forget = menu->addMenu(tr("Forget"));
    for (const auto& each : saved)
        forget->addAction(each.first, this, [this, each] {
            auto list = store_.load();
            list.removeAll(each);
            store_.save(list);
        });
}

void SavedTexts::askForName() {
    const QString text = current_().trimmed();
    auto* dialog = new QInputDialog{this};
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Save under a name"));
    dialog->setLabelText(tr("Name"));
    dialog->setTextValue(text.left(40).simplified());
    connect(dialog, &QInputDialog::textValueSelected, this, [this, text](const QString& given) {
        const QString name = given.trimmed();
        if (name.isEmpty()) return;
        auto list = store_.load();
        list.removeIf([&](const auto& each) { return each.first == name; });
        list.append({name, text});
        store_.save(list);
    });
    dialog->open();
}

}  // namespace dogwatch::gui
