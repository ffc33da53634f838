// Drawing with real events: every condition, every option of the firing and of jobs is made, changed and
// removed by mouse alone and by keyboard alone, and the JSON says so. No control plane is needed.
#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QTemporaryDir>
#include <QToolButton>
#include <QTreeView>
#include <QtTest>

#include "fail_on_warning.h"
#include "gui/canvas/model/graph_json.h"
#include "gui/canvas/view/canvas_view.h"
#include "gui/canvas/view/outline_view.h"
#include "gui/canvas/view/palette.h"
#include "gui/canvas/view/property_panel.h"
#include "gui/models/text.h"
#include "gui/pages/metaevent_editor.h"
#include "gui/widgets/code_editor.h"

using namespace dogwatch;
using namespace dogwatch::gui;
using namespace dogwatch::gui::canvas;
using namespace Qt::StringLiterals;

namespace {

json::value parsed(std::string_view text) {
    return parseJson(text).value();
}

QString shown(const json::value& value) {
    return fromUtf8(toJson(value));
}

/// What a new node of a kind says, with the sources that come with it.
json::value whenNew(const NodeKind& kind) {
    GraphModel model;
    return model.graph().toJson(model.addKind(kind));
}

}  // namespace

class TestDrawing : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { warnings_.emplace(); }
    void init() {
        dir_ = std::make_unique<QTemporaryDir>();
        session_ = std::make_unique<ControlPlaneSession>(toUtf8(dir_->path()));
        FunctionRow backup;
        backup.name = "backup";
        FunctionRow pager;
        pager.name = "pager";
        session_->functions().sync({backup, pager});
        MetaeventRow other;
        other.name = "other";
        other.definition =
            parsed(R"({"metaevent":"other","when":{"gauge":"queued","is":[">",3]}})").get_object();
        session_->metaevents().sync({other});
        editor_ = std::make_unique<MetaeventEditor>(Workbench{*session_, theme_});
        editor_->resize(1180, 760);
        editor_->show();
        editor_->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(editor_.get()));
        editor_->startNew();
        click(editor_->findChild<QPushButton*>(u"emptyCanvas"_s));
    }
    void cleanup() {
        editor_.reset();
        session_.reset();
        QCOMPARE(warnings_->take(), QStringList{});
    }

    /// What the history takes while it is open, the drawing has again when it is closed.
    void theHistoryGivesItsRoomBack() {
        auto* drawing = editor_->findChild<QWidget*>(u"drawingSplitter"_s);
        auto* toggle = editor_->findChild<QPushButton*>(u"historyToggle"_s);
        QVERIFY(drawing != nullptr && toggle != nullptr);
        const int before = drawing->height();
        click(toggle);
        QTRY_VERIFY(drawing->height() < before - 100);
        click(toggle);
        QTRY_COMPARE(drawing->height(), before);
    }

    void everyKindByMouse_data() { kinds(); }
    void everyKindByMouse() {
        QFETCH(QString, key);
        const NodeKind& kind = *findKind(toUtf8(key));
        addByMouse(kind);
        const NodeId id = made(kind);
        QVERIFY(id != 0);
        if (kind.isOperator()) QCOMPARE(shown(definition().at("when")), shown(whenNew(kind)));
        for (const Field& field : kind.fields) changeByMouse(kind, field, id);
        click(editor_->findChild<QToolButton*>(u"remove-%1"_s.arg(key)));
        QTRY_VERIFY(model().graph().find(id) == nullptr);
        if (kind.isOperator()) QCOMPARE(shown(definition().at("when")), u"null"_s);
        undoAll();
    }

    void everyKindByKeyboard_data() { kinds(); }
    void everyKindByKeyboard() {
        QFETCH(QString, key);
        const NodeKind& kind = *findKind(toUtf8(key));
        QTest::keyClick(editor_.get(), Qt::Key_2, Qt::AltModifier);
        auto* outline = editor_->findChild<QTreeView*>(u"outline"_s);
        QTRY_VERIFY(outline->hasFocus());
        addByKeyboard(kind);
        const NodeId id = made(kind);
        QVERIFY(id != 0);
        if (kind.isOperator()) QCOMPARE(shown(definition().at("when")), shown(whenNew(kind)));
        for (const Field& field : kind.fields) changeByKeyboard(kind, field, id);
        outline->setFocus(Qt::TabFocusReason);
        QTest::keyClick(outline, Qt::Key_Delete);
        QVERIFY(model().graph().find(id) == nullptr);
        undoAll();
    }

    void theFiringByMouse() {
        const NodeId root = model().graph().root().id;
        clickNode(root);
        for (const Field& field : firingKind().fields) changeByMouse(firingKind(), field, root);
        undoAll();
    }

    void theFiringByKeyboard() {
        QTest::keyClick(editor_.get(), Qt::Key_2, Qt::AltModifier);
        const NodeId root = model().graph().root().id;
        for (const Field& field : firingKind().fields) changeByKeyboard(firingKind(), field, root);
        undoAll();
    }

    void connectionsAreDrawnByMouse() {
        addByMouse(*findKind("gauge"));
        const NodeId gauge = made(*findKind("gauge"));
        const NodeId root = model().graph().root().id;
        // Taken by its end and dropped on nothing: disconnected.
        drag(portOf(root, Plug{root, 0, 0}), view()->mapToScene(20, 20));
        QCOMPARE(shown(definition().at("when")), u"null"_s);
        drag(portOf(gauge, std::nullopt), portOf(root, Plug{root, 0, 0}));
        QCOMPARE(shown(definition().at("when")), shown(whenNew(*findKind("gauge"))));
        // What does not fit is refused.
        addByMouse(jobKind());
        const NodeId job = made(jobKind());
        const auto before = shown(json::value(definition()));
        drag(portOf(job, std::nullopt), portOf(root, Plug{root, 0, 0}));
        QCOMPARE(shown(json::value(definition())), before);
    }

    void connectionsAreMadeByKeyboard() {
        const NodeId gauge = model().addKind(*findKind("gauge"));
        model().disconnectPlug({model().graph().root().id, 0, 0});
        QTest::keyClick(editor_.get(), Qt::Key_2, Qt::AltModifier);
        auto* outline = editor_->findChild<OutlineView*>(u"outline"_s);
        QTest::keyClick(outline, Qt::Key_End);
        QTRY_COMPARE(outline->currentIndex().data(OutlineModel::NodeRole).toInt(), gauge);
        QTest::keyClick(outline, Qt::Key_K, Qt::ControlModifier);
        QTRY_VERIFY(QApplication::activePopupWidget() != nullptr);
        QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Return);
        QTRY_COMPARE(shown(definition().at("when")), shown(whenNew(*findKind("gauge"))));
    }

    void stepsOfASequence() {
        const NodeId id = model().addKind(*findKind("sequence"));
        clickNode(id);
        click(editor_->findChild<QPushButton*>(u"addStep"_s));
        QCOMPARE(stepCount(), 3);
        pick(editor_->findChild<QComboBox*>(u"step-2"_s), 1);
        QVERIFY(shown(definition().at("when")).contains(uR"({"not":{"event":"execution.started"}}])"_s));
        QTRY_VERIFY(find<QLineEdit>(u"step-for-2"_s) != nullptr);
        auto* lasts = find<QLineEdit>(u"step-for-2"_s);
        click(lasts);
        QTest::keyClicks(lasts, u"90s"_s);
        QVERIFY(shown(definition().at("when")).contains(uR"("for":"90s"}])"_s));
        click(find<QToolButton>(u"step-up-1"_s));
        QTest::qWait(0);
        click(find<QToolButton>(u"step-remove-0"_s));
        QTRY_COMPARE(stepCount(), 2);
        undoAll();
    }

    void keysOfTheCanvas() {
        const NodeId gauge = model().addKind(*findKind("gauge"));
        QTest::keyClick(editor_.get(), Qt::Key_1, Qt::AltModifier);
        clickNode(gauge);
        QTest::keyClick(view(), Qt::Key_C, Qt::ControlModifier);
        QTest::keyClick(view(), Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(model().graph().nodes().size(), std::size_t{3});
        QTest::keyClick(view(), Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(model().graph().nodes().size(), std::size_t{4});
        QTest::keyClick(view(), Qt::Key_Delete);
        QCOMPARE(model().graph().nodes().size(), std::size_t{3});
        QTest::keyClick(view(), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(view(), Qt::Key_Delete);
        QCOMPARE(model().graph().nodes().size(), std::size_t{1});  // but for the firing
        QTest::keyClick(editor_.get(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(model().graph().nodes().size(), std::size_t{3});
        QTest::keyClick(editor_.get(), Qt::Key_Y, Qt::ControlModifier);
        QCOMPARE(model().graph().nodes().size(), std::size_t{1});
        undoAll();
    }

    void nodesStayWhereTheyAreDragged() {
        const NodeId gauge = model().addKind(*findKind("gauge"));
        NodeItem* item = view()->canvas().item(gauge);
        const QPointF hold = item->scenePos() + QPointF{60, 12};
        const QPointF before = item->scenePos();
        const NodeId root = model().graph().root().id;
        const QPointF rootBefore = view()->canvas().item(root)->scenePos();
        drag(hold, hold + QPointF{0, 80});
        QVERIFY(model().graph().find(gauge)->place.has_value());
        QVERIFY(std::abs(item->scenePos().y() - before.y() - 80) < 8);
        model().addKind(*findKind("at"));
        QCOMPARE(view()->canvas().item(root)->scenePos(), rootBefore);
    }

    void jsonIsOneMoreView() {
        QTest::keyClick(editor_.get(), Qt::Key_3, Qt::AltModifier);
        auto* code = editor_->findChild<CodeEditor*>();
        code->setText(uR"({"metaevent":"a","when":{"all":[{"gauge":"vms","is":["<",1]}]}})"_s);
        QCOMPARE(fromUtf8(model().graph().find(model().graph().locate("when.all.0").node)->kind->key),
                 u"gauge"_s);
        code->setText(u"{"_s);  // while one types: the last good one stays
        QCOMPARE(stringMember(definition(), "metaevent"), std::string_view("a"));
    }

 private:
    static void kinds() {
        QTest::addColumn<QString>("key");
        for (const NodeKind& kind : nodeKinds())
            if (kind.group != Group::Hidden) QTest::newRow(kind.key.data()) << fromUtf8(kind.key);
    }
    [[nodiscard]] GraphModel& model() const { return editor_->model(); }
    [[nodiscard]] json::object definition() const { return model().graph().definition(); }
    [[nodiscard]] CanvasView* view() const { return editor_->findChild<CanvasView*>(u"canvas"_s); }
    [[nodiscard]] int stepCount() const {
        return static_cast<int>(definition().at("when").at("sequence").get_array().size());
    }
    /// The latest of a name: the one before it may wait to be deleted.
    template <class T>
    [[nodiscard]] T* find(const QString& name) const {
        T* last = nullptr;
        for (T* found : editor_->findChildren<T*>(name))
            if (found->isVisible()) last = found;
        return last;
    }
    [[nodiscard]] NodeId made(const NodeKind& kind) const {
        NodeId latest = 0;
        for (const auto& [id, node] : model().graph().nodes())
            if (node.kind == &kind) latest = std::max(latest, id);
        return latest;
    }
    void undoAll() {
        const json::object end = definition();
        while (model().undoStack().canUndo()) model().undoStack().undo();
        QCOMPARE(shown(json::value(definition())), shown(json::value(Graph{}.definition())));
        while (model().undoStack().canRedo()) model().undoStack().redo();
        QCOMPARE(shown(json::value(definition())), shown(json::value(end)));
    }

    // ---- the mouse

    static void click(QWidget* widget) {
        QVERIFY(widget != nullptr);
        for (QWidget* above = widget->parentWidget(); above != nullptr; above = above->parentWidget())
            if (auto* area = qobject_cast<QScrollArea*>(above)) area->ensureWidgetVisible(widget);
        QVERIFY(widget->isVisible());
        const bool isBox = qobject_cast<QCheckBox*>(widget) != nullptr;
        QTest::mouseClick(widget, Qt::LeftButton, {},
                          isBox ? QPoint{8, widget->height() / 2} : widget->rect().center());
    }
    void clickNode(NodeId id) {
        NodeItem* item = view()->canvas().item(id);
        view()->ensureVisible(item);
        QTest::mouseClick(view()->viewport(), Qt::LeftButton, {},
                          view()->mapFromScene(item->scenePos() + QPointF{70, 12}));
    }
    void addByMouse(const NodeKind& kind) {
        auto* list = editor_->findChild<QListWidget*>(u"kinds"_s);
        for (int row = 0; row < list->count(); ++row) {
            if (list->item(row)->data(Qt::UserRole).toString() != fromUtf8(kind.key)) continue;
            list->scrollToItem(list->item(row));
            const QPoint at = list->visualItemRect(list->item(row)).center();
            QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, at);
            QTest::mouseDClick(list->viewport(), Qt::LeftButton, {}, at);
            return;
        }
        QFAIL("not in the palette");
    }
    QPointF portOf(NodeId id, const std::optional<Plug>& plug) {
        NodeItem* item = view()->canvas().item(id);
        const Port* port = plug ? item->look().portOf(*plug) : item->look().leaving();
        return item->scenePort(*port);
    }
    void drag(QPointF from, QPointF to) {
        QWidget* port = view()->viewport();
        const QPoint start = view()->mapFromScene(from);
        const QPoint end = view()->mapFromScene(to);
        QTest::mousePress(port, Qt::LeftButton, {}, start);
        for (int i = 1; i <= 4; ++i) {
            const QPoint at = start + (end - start) * i / 4;
            QMouseEvent move{QEvent::MouseMove, at, port->mapToGlobal(at), Qt::NoButton, Qt::LeftButton, {}};
            QApplication::sendEvent(port, &move);
        }
        QTest::mouseRelease(port, Qt::LeftButton, {}, end);
    }
    /// A row of a list that popped up.
    static void clickRow(int row) {
        QTRY_VERIFY(QApplication::activePopupWidget() != nullptr);
        auto* list = qobject_cast<QAbstractItemView*>(QApplication::activePopupWidget());
        if (list == nullptr) list = QApplication::activePopupWidget()->findChild<QAbstractItemView*>();
        QVERIFY(list != nullptr);
        const QModelIndex index = list->model()->index(row, 0);
        list->scrollTo(index);
        QTest::mouseMove(list->viewport(), list->visualRect(index).center());
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(index).center());
    }
    static void pick(QComboBox* box, int row) {
        QVERIFY(box != nullptr);
        click(box);
        // A combo box takes no click right after it opened, lest that which opened it chooses too.
        QTest::qWait(QApplication::doubleClickInterval() + 20);
        clickRow(row);
        QTRY_VERIFY(QApplication::activePopupWidget() == nullptr);
    }
    static void offer(QLineEdit* line, int row) {
        const auto tools = line->findChildren<QToolButton*>();
        for (QToolButton* tool : tools) {
            if (tool->defaultAction() == nullptr || !tool->defaultAction()->toolTip().contains(u"Choose"_s))
                continue;
            click(tool);
            clickRow(row);
            return;
        }
        QFAIL("offers nothing");
    }
    [[nodiscard]] QString nameOf(const NodeKind& kind, const Field& field) const {
        return u"field-%1-%2"_s.arg(fromUtf8(kind.key), fromUtf8(field.key));
    }
    void changeByMouse(const NodeKind& kind, const Field& field, NodeId id) {
        const auto value = [&] { return fieldValue(*model().graph().find(id), field.key); };
        const auto before = value();
        const QString name = nameOf(kind, field);
        if (field.type == FieldType::Where) return changeWhereByMouse(id);
        if (field.type == FieldType::Payload) {
            auto* insert = find<QPushButton>(u"insertValue"_s);
            QTimer::singleShot(0, insert->menu(), [menu = insert->menu()] {  // its own event loop runs then
                QTest::mouseClick(menu, Qt::LeftButton, {},
                                  menu->actionGeometry(menu->actions()[1]).center());
            });
            click(insert);
            QCOMPARE(shown(*value()), uR"({"time":"{{ time }}"})"_s);
            return;
        }
        if (field.type == FieldType::Flag) {
            click(find<QCheckBox>(name));
            QCOMPARE(shown(*value()), u"false"_s);
            click(find<QCheckBox>(name));
            QVERIFY(!value());
            return;
        }
        if (field.type == FieldType::Choice) {
            auto* box = find<QComboBox>(name);
            const int other = box->currentIndex() == 1 ? 2 : 1;
            pick(box, std::min(other, box->count() - 1));
            QVERIFY(value() && value() != before);
            if (!field.required) {
                pick(find<QComboBox>(name), 0);
                QVERIFY(!value());
            }
            return;
        }
        auto* line = find<QLineEdit>(name);
        QVERIFY2(line != nullptr, qPrintable(name));
        offer(line, 0);
        if (value() == before) offer(line, 1);
        QVERIFY2(value() && value() != before, qPrintable(name));
        if (field.required) return;
        for (QToolButton* tool : line->findChildren<QToolButton*>())
            if (tool->defaultAction() == nullptr ||
                tool->defaultAction()->objectName() == u"_q_qlineeditclearaction"_s)
                click(tool);
        QVERIFY2(!value(), qPrintable(name));
    }
    void changeWhereByMouse(NodeId id) {
        const auto value = [&] { return fieldValue(*model().graph().find(id), "where"); };
        click(find<QPushButton>(u"field-source-where"_s));
        auto* edit = find<QPushButton>(u"field-source-where"_s)->parentWidget();
        const auto lines = edit->findChildren<SuggestField*>();
        QCOMPARE(lines.size(), 2);
        offer(lines[0], 0);
        pick(edit->findChild<QComboBox*>(), 5);
        offer(lines[1], 3);
        QCOMPARE(shown(value()->get_array()[0].get_array()[1]), uR"(">")"_s);
        for (QToolButton* tool : edit->findChildren<QToolButton*>())
            if (tool->toolTip() == u"Remove this condition"_s) click(tool);
        QVERIFY(!value());
    }

    // ---- the keyboard

    void addByKeyboard(const NodeKind& kind) {
        QTest::keyClick(editor_.get(), Qt::Key_Space, Qt::ControlModifier);
        auto* popup = editor_->findChild<QuickAdd*>();
        QVERIFY(popup != nullptr);
        auto* search = popup->findChild<QLineEdit*>(u"paletteSearch"_s);
        QTest::keyClicks(search, fromUtf8(kind.title));
        auto* list = popup->findChild<KindList*>();
        for (int i = 0; i < 30 && list->chosen() != &kind; ++i) QTest::keyClick(search, Qt::Key_Down);
        QCOMPARE(list->chosen(), &kind);
        QTest::keyClick(search, Qt::Key_Return);
        QTRY_VERIFY(editor_->findChild<QuickAdd*>() == nullptr);
        QApplication::setActiveWindow(editor_->window());  // offscreen, nobody gives back what a popup took
    }
    /// Tabs until a field has the keyboard.
    QWidget* tabTo(const QString& name) {
        auto* outline = editor_->findChild<QTreeView*>(u"outline"_s);
        outline->setFocus(Qt::TabFocusReason);
        for (int i = 0; i < 80; ++i) {
            QWidget* focused = QApplication::focusWidget();
            if (focused == nullptr) return nullptr;
            if (focused->objectName() == name) return focused;
            QTest::keyClick(focused, Qt::Key_Tab,
                            focused->inherits("QsciScintilla") ? Qt::ControlModifier : Qt::NoModifier);
        }
        return nullptr;
    }
    void changeByKeyboard(const NodeKind& kind, const Field& field, NodeId id) {
        const auto value = [&] { return fieldValue(*model().graph().find(id), field.key); };
        const json::value sample = parsed(field.sample);
        const auto text = [](const json::value& shownValue) {
            return shownValue.is_string() ? fromUtf8(shownValue.get_string()) : fromUtf8(toJson(shownValue));
        };
        if (field.type == FieldType::Where || field.type == FieldType::Payload)
            return changeLongByKeyboard(field, id);
        QWidget* widget = tabTo(nameOf(kind, field));
        QVERIFY2(widget != nullptr, qPrintable(nameOf(kind, field)));
        if (field.type == FieldType::Flag) {
            QTest::keyClick(widget, Qt::Key_Space);
            QCOMPARE(shown(*value()), u"false"_s);
            QTest::keyClick(widget, Qt::Key_Space);
            QVERIFY(!value());
            return;
        }
        if (field.type == FieldType::Choice) {
            const auto before = value();
            QTest::keyClick(widget, Qt::Key_Down);
            if (value() == before) QTest::keyClick(widget, Qt::Key_Up);
            QVERIFY(value() && value() != before);
            if (field.required) return;
            QTest::keyClick(widget, Qt::Key_Home);
            QVERIFY(!value());
            return;
        }
        const auto type = [](QWidget* into, const QString& typed) {
            QTest::keyClick(into, Qt::Key_A, Qt::ControlModifier);
            QTest::keyClick(into, Qt::Key_Backspace);
            QTest::keyClicks(into, typed);
            if (auto* popup = QApplication::activePopupWidget()) QTest::keyClick(popup, Qt::Key_Escape);
        };
        if (field.type == FieldType::Comparison) {
            type(widget, text(sample.get_array()[1]));
            QTest::keyClick(widget, Qt::Key_Backtab, Qt::ShiftModifier);
            QWidget* op = QApplication::focusWidget();
            QTest::keyClick(op, Qt::Key_Home);
            for (int i = 0; i < 6 && value() != json::value(sample); ++i) QTest::keyClick(op, Qt::Key_Down);
            QCOMPARE(shown(*value()), shown(sample));
            return;
        }
        QStringList parts;
        if (sample.is_array())
            for (const json::value& item : sample.get_array()) parts.append(text(item));
        type(widget, sample.is_array() ? parts.join(u", "_s) : text(sample));
        QCOMPARE(shown(*value()), shown(sample));
        if (field.required) return;
        QTest::keyClick(widget, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(widget, Qt::Key_Delete);
        QVERIFY(!value());
    }
    void changeLongByKeyboard(const Field& field, NodeId id) {
        const auto value = [&] { return fieldValue(*model().graph().find(id), field.key); };
        if (field.type == FieldType::Payload) {
            QWidget* before = tabTo(u"field-job-run"_s);
            QTest::keyClick(before, Qt::Key_Tab);
            QTest::keyClicks(QApplication::focusWidget(), uR"({"a":1})"_s);
            QCOMPARE(shown(*value()), uR"({"a":1})"_s);
            return;
        }
        QWidget* add = tabTo(u"field-source-where"_s);
        QTest::keyClick(add, Qt::Key_Space);
        QTest::keyClicks(QApplication::focusWidget(), u"duration_us"_s);
        if (auto* popup = QApplication::activePopupWidget()) QTest::keyClick(popup, Qt::Key_Escape);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);  // past the button that removes
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        for (int i = 0; i < 5; ++i) QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QTest::keyClicks(QApplication::focusWidget(), u"500000"_s);
        if (auto* popup = QApplication::activePopupWidget()) QTest::keyClick(popup, Qt::Key_Escape);
        QCOMPARE(shown(*value()), uR"([["duration_us",">",500000]])"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Backtab, Qt::ShiftModifier);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Backtab, Qt::ShiftModifier);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        QVERIFY(!value());
    }

    std::optional<FailOnWarning> warnings_;
    Theme theme_;
    std::unique_ptr<QTemporaryDir> dir_;
    std::unique_ptr<ControlPlaneSession> session_;
    std::unique_ptr<MetaeventEditor> editor_;
};

QTEST_MAIN(TestDrawing)
#include "tst_drawing.moc"
