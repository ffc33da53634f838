// Every page of the real window over a real control plane with something to show, for tests of what all of
// them must keep: translated, legible, named. The visitor is called for each page and each of its tabs.
#pragma once

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QTabBar>
#include <QToolButton>
#include <functional>

#include "console.h"
#include "gui/bench/view/history_bench.h"
#include "gui/models/text.h"
#include "gui/pages/executions_page.h"
#include "gui/pages/firings_page.h"
#include "gui/pages/functions_page.h"
#include "gui/pages/metaevent_editor.h"
#include "gui/pages/metaevents_page.h"
#include "plane.h"

namespace dogwatch::gui {

class Stage final : private Console {
 public:
    using Visitor = std::function<void(const QString& name)>;

    Stage() {
        plane_.addFunction("backup");
        plane_.addFunction("import-orders");
        plane_.applyMetaevent(
            R"({"metaevent":"import-broken","when":{"any":[)"
            R"({"count":{"event":"execution.failed","function":"import-orders"},"within":"10m","is":[">=",1]},)"
            R"({"absent":{"event":"execution.succeeded","function":"backup"},"for":"24h"}]},)"
            R"("fire":{"cooldown":"1h"},"jobs":[{"run":"backup"}]})");
        for (int i = 0; i < 3; ++i) plane_.run("backup");
        plane_.run("import-orders", R"({"fail":"no such table"})");
    }
    ~Stage() { close(); }
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;

    void open(QSize size) {
        openConnected(plane_.directory(), size);
        QTRY_VERIFY(session_->firings().rowCount() > 0 && session_->functions().find("backup").has_value() &&
                    session_->executions().rowCount() > 3);
    }
    using Console::close;

    [[nodiscard]] MainWindow& window() { return *window_; }
    [[nodiscard]] Theme& theme() { return theme_; }
    [[nodiscard]] Plane& plane() { return plane_; }
    [[nodiscard]] ControlPlaneSession& session() { return *session_; }

    void visit(const Visitor& visitor) {
        using namespace Qt::StringLiterals;
        show(u"overview"_s, MainWindow::Overview, visitor);
        window_->functionsPage().choose(u"backup"_s);
        show(u"functions"_s, MainWindow::Functions, visitor);
        window_->setMode(MainWindow::Executions);
        QTest::qWait(100);
        window_->executionsPage().choose(fromUtf8(session_->executions().at(0).id));
        show(u"executions"_s, MainWindow::Executions, visitor);
        window_->setMode(MainWindow::Metaevents);
        settle();
        window_->metaeventsPage().choose(u"import-broken"_s);
        show(u"metaevents"_s, MainWindow::Metaevents, visitor);
        window_->metaeventsPage().editCurrent();
        settle();
        MetaeventEditor& editor = window_->metaeventsPage().editor();
        for (const auto& [name, view] : {std::pair{u"drawing"_s, MetaeventEditor::Canvas},
                                         std::pair{u"outline"_s, MetaeventEditor::Outline},
                                         std::pair{u"json"_s, MetaeventEditor::Json}}) {
            editor.showView(view);
            settle();
            visitor(name);
        }
        editor.showView(MetaeventEditor::Canvas);
        editor.bench().setOpen(true);
        settle();
        visitor(u"history"_s);
        editor.bench().setOpen(false);
        window_->metaeventsPage().startNew();
        settle();
        visitor(u"gallery"_s);
        window_->metaeventsPage().leaveEditor();
        window_->setMode(MainWindow::Firings);
        window_->firingsPage().choose(fromUtf8(session_->firings().at(0).id));
        show(u"firings"_s, MainWindow::Firings, visitor);
        show(u"machines"_s, MainWindow::Machines, visitor);
        show(u"journal"_s, MainWindow::Journal, visitor);
    }

    void save(const QString& name) { shoot(*window_, name); }

 private:
    static void settle() { QTest::qWait(150); }

    void show(const QString& name, int mode, const Visitor& visitor) {
        window_->setMode(mode);
        settle();
        visitor(name);
        for (auto* bar : window_->findChildren<QTabBar*>()) {
            if (!bar->isVisible()) continue;
            const int first = bar->currentIndex();
            for (int i = 0; i < bar->count(); ++i) {
                if (i == first) continue;
                bar->setCurrentIndex(i);
                settle();
                visitor(name + u'-' + bar->objectName() + QString::number(i));
            }
            bar->setCurrentIndex(first);
        }
    }

    Plane plane_;
};

/// What of a window's texts does not fit where it stands: "QPushButton „Save“: 80 of 92".
QStringList clippedTexts(const QWidget& window);

}  // namespace dogwatch::gui
