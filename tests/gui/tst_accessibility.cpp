// For everybody: the accessibility tree of each page names and types what can be used, contrasts reach WCAG
// AA in both themes, nothing is said by colour alone, and texts of twice the size still fit into 1280x800.
#include <QAccessible>
#include <QtTest>
#include <optional>

#include "fail_on_warning.h"
#include "gui/models/execution_model.h"
#include "gui/models/machine_model.h"
#include "gui/models/metaevent_model.h"
#include "stage.h"

using namespace dogwatch::gui;
using namespace Qt::StringLiterals;

namespace {

/// Roles that people act on.
bool isInteractive(QAccessible::Role role) {
    switch (role) {
        case QAccessible::PushButton:
        case QAccessible::ButtonMenu:
        case QAccessible::ButtonDropDown:
        case QAccessible::CheckBox:
        case QAccessible::RadioButton:
        case QAccessible::ComboBox:
        case QAccessible::EditableText:
        case QAccessible::SpinBox:
        case QAccessible::Slider:
        case QAccessible::PageTab:
        case QAccessible::Table:
        case QAccessible::List:
        case QAccessible::Tree:
        case QAccessible::Link:
        case QAccessible::MenuItem: return true;
        default: return false;
    }
}

QString described(QAccessibleInterface& node) {
    const QObject* object = node.object();
    return u"%1 %2 (role %3)"_s
        .arg(object != nullptr ? QString::fromLatin1(object->metaObject()->className()) : u"?"_s,
             object != nullptr ? object->objectName() : QString{})
        .arg(node.role());
}

/// The parts of one control (the field in a combo box, the buttons of a tab bar) need no names of their own.
bool isPartOfAControl(const QWidget& widget) {
    const QWidget* above = widget.parentWidget();
    return widget.objectName().startsWith("qt_"_L1) || above == nullptr || above->inherits("QComboBox") ||
           above->inherits("QAbstractSpinBox") || above->inherits("QTabBar") ||
           above->inherits("QAbstractItemView");
}

void walk(QAccessibleInterface* node, QStringList& faults) {
    if (node == nullptr || !node->isValid() || node->state().invisible) return;
    const auto* widget = qobject_cast<const QWidget*>(node->object());
    if (widget != nullptr && !widget->isVisible()) return;
    const bool focusable = widget != nullptr && (widget->focusPolicy() & Qt::TabFocus) != 0 &&
                           widget->isEnabled() && !widget->focusProxy();
    const bool isPart = widget != nullptr && isPartOfAControl(*widget);
    if ((isInteractive(node->role()) || focusable) && !isPart) {
        if (node->text(QAccessible::Name).isEmpty()) faults.append(described(*node) + u" has no name"_s);
        // A bare widget is a Client: it says nothing of what it is.
        if (node->role() == QAccessible::NoRole || node->role() == QAccessible::Client)
            faults.append(described(*node) + u" has no role"_s);
    }
    // The cells of tables are the models', as many as there are records.
    if (node->tableInterface() != nullptr || node->role() == QAccessible::List ||
        node->role() == QAccessible::Tree)
        return;
    for (int i = 0; i < node->childCount(); ++i) walk(node->child(i), faults);
}

}  // namespace

class TestAccessibility : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() {
        warnings_.emplace();
        stage_ = std::make_unique<Stage>();
    }
    void cleanup() { QCOMPARE(warnings_->take(), QStringList{}); }
    void cleanupTestCase() { stage_.reset(); }

    void everyPageNamesWhatCanBeUsed() {
        stage_->open({1280, 800});
        QStringList faults;
        stage_->visit([&](const QString& page) {
            QStringList here;
            walk(QAccessible::queryAccessibleInterface(&stage_->window()), here);
            for (const QString& fault : here)
                if (!faults.contains(fault)) faults.append(fault + u" on "_s + page);
        });
        faults.removeDuplicates();
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
    }

    /// Each state has an icon and a word of its own beside its colour.
    void statesAreNotToldByColourAlone() {
        QSet<QString> icons;
        QSet<QString> words;
        using dogwatch::ExecutionState;
        const auto states = {ExecutionState::Queued, ExecutionState::Running, ExecutionState::Succeeded,
                             ExecutionState::Failed, ExecutionState::Dropped};
        for (const ExecutionState state : states) {
            icons.insert(stateIcon(state));
            words.insert(stateText(state));
        }
        QCOMPARE(icons.size(), qsizetype(states.size()));
        QCOMPARE(words.size(), qsizetype(states.size()));
        icons.clear();
        words.clear();
        for (const auto& [enabled, active] :
             {std::pair{false, false}, std::pair{true, false}, std::pair{true, true}}) {
            MetaeventRow row;
            row.enabled = enabled;
            row.active = active;
            icons.insert(metaeventIcon(row));
            words.insert(metaeventState(row));
        }
        QCOMPARE(icons.size(), 3);
        QCOMPARE(words.size(), 3);
    }

    void textsOfTwiceTheSizeFit() {
        const QFont usual = QApplication::font();
        stage_.reset();
        QFont twice = usual;
        twice.setPointSizeF(std::max(usual.pointSizeF(), 10.0) * 2);
        QApplication::setFont(twice);
        QStringList clipped;
        stage_ = std::make_unique<Stage>();  // its theme takes the desktop's size
        stage_->open({1280, 800});
        stage_->visit([&](const QString& page) {
            stage_->save(u"twice-"_s + page);
            if (stage_->window().size() != QSize(1280, 800))
                clipped.append(
                    page + u" grows to %1x%2"_s.arg(stage_->window().width()).arg(stage_->window().height()));
            for (const QString& fault : clippedTexts(stage_->window()))
                if (!clipped.contains(fault)) clipped.append(fault);
        });
        QApplication::setFont(usual);
        QVERIFY2(clipped.isEmpty(), qPrintable(clipped.join(u'\n')));
    }

 private:
    std::optional<FailOnWarning> warnings_;
    std::unique_ptr<Stage> stage_;
};

QTEST_MAIN(TestAccessibility)
#include "tst_accessibility.moc"
