#include "gui/widgets/accessible.h"

#include <QAbstractButton>
#include <QAccessibleWidget>
#include <QCoreApplication>

#include "gui/widgets/panels.h"

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;

struct AccessibleWords {
    Q_DECLARE_TR_FUNCTIONS(AccessibleWords)
};

/// A button, which can be pressed by the screen reader as well.
class ButtonInterface final : public QAccessibleWidget {
 public:
    explicit ButtonInterface(QWidget* widget) : QAccessibleWidget(widget, QAccessible::PushButton) {}
    [[nodiscard]] QStringList actionNames() const override {
        QStringList names = QAccessibleWidget::actionNames();
        return widget()->isEnabled() ? names << pressAction() : names;
    }
    void doAction(const QString& name) override {
        if (name != pressAction()) return QAccessibleWidget::doAction(name);
        if (auto* button = qobject_cast<QAbstractButton*>(widget())) button->click();
        if (auto* tile = qobject_cast<Tile*>(widget())) Q_EMIT tile->clicked();
    }
};

QAccessibleInterface* interfaceOf(const QString& className, QObject* object) {
    static const QHash<QString, QAccessible::Role> kRoles{
        {u"dogwatch::gui::Plot"_s, QAccessible::Chart},
        {u"dogwatch::gui::PhaseBar"_s, QAccessible::Chart},
        {u"dogwatch::gui::TimelineView"_s, QAccessible::Chart},
        {u"dogwatch::gui::CauseView"_s, QAccessible::Graphic},
        {u"dogwatch::gui::bench::LanesView"_s, QAccessible::Chart},
        {u"dogwatch::gui::canvas::CanvasView"_s, QAccessible::Canvas},
        {u"dogwatch::gui::canvas::MiniMap"_s, QAccessible::Graphic},
    };
    auto* widget = qobject_cast<QWidget*>(object);
    if (widget == nullptr) return nullptr;
    if (className == u"QLineEditIconButton"_s) {  // of a line edit, such as the one that clears it
        if (widget->accessibleName().isEmpty())
            widget->setAccessibleName(widget->toolTip().isEmpty() ? AccessibleWords::tr("Clear")
                                                                  : widget->toolTip());
        return new ButtonInterface{widget};
    }
    if (className == u"QAbstractButton"_s || className == u"dogwatch::gui::Tile"_s)
        return new ButtonInterface{widget};
    const auto role = kRoles.constFind(className);
    return role == kRoles.cend() ? nullptr : new QAccessibleWidget{widget, *role};
}

}  // namespace

void installAccessibility() {
    QAccessible::installFactory(interfaceOf);
}

}  // namespace dogwatch::gui
