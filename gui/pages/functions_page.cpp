#include "gui/pages/functions_page.h"

#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QVBoxLayout>

#include "core/model/function.h"
#include "gui/models/faults.h"
#include "gui/models/text.h"
#include "gui/pages/console_file.h"
#include "gui/pages/function_settings.h"
#include "gui/pages/function_templates.h"
#include "gui/pages/run_panel.h"
#include "gui/pages/versions_panel.h"
#include "gui/widgets/code_editor.h"
#include "gui/widgets/json_field.h"
#include "gui/widgets/panels.h"
#include "gui/widgets/table.h"

namespace dogwatch::gui {

using namespace Qt::StringLiterals;

FunctionsPage::FunctionsPage(const Workbench& bench, QWidget* parent)
    : Page(bench, parent),
      filter_({{u"name"_s, {FunctionModel::Name}}, {u"runtime"_s, {FunctionModel::Runtime}}}) {
    auto* splitter = makeSplitter(u"functionsSplitter"_s, Qt::Horizontal);
    splitter->addWidget(makeList());
    splitter->addWidget(makeEditor());
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({250, 900});
    auto* layout = makePageLayout(this);
    layout->addWidget(splitter);
    connectEditor();
    updateActions();
}

QWidget* FunctionsPage::makeList() {
    auto* panel = new QWidget;
    auto* layout = new QVBoxLayout{panel};
    layout->setContentsMargins({});
    layout->setSpacing(kGap);
    layout->addStrut(210);  // and as wide as the head needs
    auto* head = new QHBoxLayout;
    head->addWidget(pageTitle(tr("Functions")), 1);
    new_ = button(theme(), u"plus"_s, tr("New"), tr("A new function, from a template (Ctrl+N)"));
    new_->setObjectName(u"newFunction"_s);
    auto* menu = new QMenu{new_};
    for (const FunctionTemplate& from : functionTemplates())
        menu->addAction(from.title, this, [this, from] { startNew(from); });
    new_->setMenu(menu);
    head->addWidget(new_);
    layout->addLayout(head);

    list_ = new Table{theme(), tr("Functions")};
    filter_.setSourceModel(&session().functions());
    list_->show(&filter_, FunctionModel::Name, {0, 13});
    for (int column = FunctionModel::Finished; column < FunctionModel::ColumnCount; ++column)
        list_->hideColumn(column);
    list_->setEmptyState(u"functions"_s, tr("No functions yet"),
                         tr("Code that runs in virtual machines will be listed here."));
    QPushButton* first = list_->emptyState()->addAction(u"plus"_s, tr("New function"));
    connect(first, &QPushButton::clicked, this, [this] { startNew(functionTemplates().front()); });
    layout->addWidget(list_, 1);
    return panel;
}

void FunctionsPage::connectEditor() {
    connect(list_, &Table::currentKeyChanged, this, [this](const QString& name) {
        if (name.isEmpty() || (name == current_ && !isNew_)) return;
        if (mayLeave()) {
            load(name);
        } else {
            QMetaObject::invokeMethod(
                this, [this] { list_->selectKey(current_); }, Qt::QueuedConnection);
        }
    });
    connect(name_, &QLineEdit::textChanged, this, &FunctionsPage::edited);
    connect(code_, &QsciScintilla::textChanged, this, &FunctionsPage::edited);
    connect(settings_, &FunctionSettings::changed, this, [this] {
        code_->setLanguage(CodeEditor::languageOf(settings_->runtime()));
        edited();
    });
    connect(save_, &QPushButton::clicked, this, &FunctionsPage::save);
    connect(run_, &QPushButton::clicked, this, &FunctionsPage::run);
    connect(remove_, &QPushButton::clicked, this, &FunctionsPage::askToRemove);
    connect(runPanel_, &RunPanel::runningChanged, this, &FunctionsPage::updateActions);
    connect(runPanel_, &RunPanel::faultAt, code_, &CodeEditor::markLine);
    connect(runPanel_, &Page::executionChosen, this, &Page::executionChosen);
    connect(&session(), &ControlPlaneSession::linkChanged, this, &FunctionsPage::updateActions);
    const auto shortcut = [this](const QKeySequence& keys, auto action) {
        auto* made = new QShortcut{keys, this};
        made->setContext(Qt::WidgetWithChildrenShortcut);
        connect(made, &QShortcut::activated, this, action);
    };
    shortcut(QKeySequence::Find, &FunctionsPage::openFind);
    draftTimer_.setSingleShot(true);
    draftTimer_.setInterval(400);
    connect(&draftTimer_, &QTimer::timeout, this, &FunctionsPage::keepDraft);
    connect(runPanel_, &RunPanel::payloadEdited, this, [this] {
        if (modified_ && !filling_) draftTimer_.start();
    });
    connect(tabs_, &QTabWidget::currentChanged, this, [this] {
        if (tabs_->currentWidget() == versions_) versions_->setDraft(draft());
    });
    connect(versions_, &VersionsPanel::restoreWanted, this, [this](const json::object& function) {
        json::object restored = function;
        restored["name"] = toUtf8(name_->text());
        const QString badge = badge_->text();
        show(restored);
        badge_->setText(badge);
        tabs_->setCurrentIndex(0);
        edited();
    });
    shortcut(QKeySequence{u"Ctrl+S"_s}, &FunctionsPage::save);
    shortcut(QKeySequence{u"Ctrl+Return"_s}, &FunctionsPage::run);
    shortcut(QKeySequence{u"Ctrl+N"_s}, [this] { new_->showMenu(); });
}

void FunctionsPage::choose(const QString& name) {
    if (!list_->selectKey(name)) return;
    list_->setFocus();
}

void FunctionsPage::startNew(const FunctionTemplate& from) {
    if (!mayLeave()) return;
    list_->setCurrentIndex({});
    list_->clearSelection();
    current_.clear();
    isNew_ = true;
    show({{"name", toUtf8(from.name)}, {"runtime", toUtf8(from.runtime)}, {"code", toUtf8(from.code)}});
    runPanel_->setPayload(from.payload);
    versions_->setFunction({});
    setModified(true);
    draftTimer_.start();
    validate();
    name_->setFocus();
    name_->selectAll();
}

void FunctionsPage::load(const QString& name) {
    session().call("functions.show", {{"name", toUtf8(name)}}, this,
                   [this, name](const Result<json::value>& reply) {
                       if (list_->currentKey() != name) return;
                       if (!reply) return setFault(fault_, faultText(reply.error()));
                       current_ = name;
                       isNew_ = false;
                       if (!reply->is_object()) return;
                       show(reply->get_object());
                       versions_->setFunction(name);
                       runPanel_->setFunction(name);
                       runPanel_->setPayload(u"{}"_s);
                       takeUpDraft(reply->get_object());
                   });
}

void FunctionsPage::show(const json::object& function) {
    filling_ = true;
    name_->setText(fromUtf8(stringMember(function, "name")));
    name_->setReadOnly(!isNew_);
    settings_->set(function);
    const bool isZip = boolMember(function, "zip");
    code_->setLanguage(CodeEditor::languageOf(fromUtf8(stringMember(function, "runtime"))));
    code_->setText(isZip ? tr("# This function is a zip archive; update it with dogwatchctl.")
                         : fromUtf8(stringMember(function, "code")));
    code_->setReadOnly(isZip);
    code_->markLine(0, {});
    badge_->setText(isNew_ ? tr("new") : tr("version %1").arg(intMember(function, "version", 1)));
    runPanel_->clear();
    filling_ = false;
    stack_->setCurrentIndex(1);
    setFault(fault_, {});
    setModified(false);
    validate();
}

void FunctionsPage::edited() {
    if (filling_) return;
    setModified(true);
    draftTimer_.start();
    if (tabs_->currentWidget() == versions_) versions_->setDraft(draft());
    validate();
}

json::object FunctionsPage::draft() const {
    json::object function = settings_->get();
    function["name"] = toUtf8(name_->text().trimmed());
    if (!code_->isReadOnly()) function["code"] = toUtf8(code_->text());
    return function;
}

void FunctionsPage::validate() {
    json::object function = draft();
    if (!function.contains("code")) function["code"] = "#";
    const auto read = functionFromJson(function);
    valid_ = read.has_value();
    const Error* error = read ? nullptr : &read.error();
    const bool atField = settings_->showFault(error);
    tabs_->setTabIcon(1, atField ? theme().icon(u"warning"_s) : QIcon{});
    const bool atName = error != nullptr && error->path == "name";
    markField(name_, atName ? fromUtf8(error->message) : QString{});
    setFault(fault_, error == nullptr || atField ? QString{} : fromUtf8(error->text()));
    updateActions();
}

void FunctionsPage::setModified(bool modified) {
    modified_ = modified;
    updateActions();
}

void FunctionsPage::updateActions() {
    const bool shown = stack_->currentIndex() == 1;
    const bool connected = session().link() == ControlPlaneSession::Link::Connected;
    save_->setEnabled(shown && connected && valid_ && modified_ && !saving_);
    run_->setEnabled(shown && connected && valid_ && !saving_ && !runPanel_->isRunning());
    run_->setText(runPanel_->isRunning() ? tr("Running…") : tr("Run"));
    remove_->setEnabled(shown && connected && !isNew_);
}

void FunctionsPage::save() {
    if (save_->isEnabled()) saveThen([] {});
}

void FunctionsPage::run() {
    if (!run_->isEnabled()) return;
    if (modified_) {
        saveThen([this] { runPanel_->run(current_); });
    } else {
        runPanel_->run(current_);
    }
}

void FunctionsPage::saveThen(const std::function<void()>& next) {
    const QString name = name_->text().trimmed();
    saving_ = true;
    updateActions();
    session().call(isNew_ ? "functions.add" : "functions.update", draft(), this,
                   [this, name, next](const Result<json::value>& reply) { onSaved(name, reply, next); });
}

void FunctionsPage::onSaved(const QString& name, const Result<json::value>& reply,
                            const std::function<void()>& next) {
    saving_ = false;
    if (!reply) {
        updateActions();
        if (!settings_->showFault(&reply.error())) setFault(fault_, faultText(reply.error()));
        return;
    }
    setFault(fault_, {});
    dropDraft();
    current_ = name;
    isNew_ = false;
    versions_->setFunction(name);
    runPanel_->setFunction(name);
    name_->setReadOnly(true);
    if (reply->is_object())
        badge_->setText(tr("version %1").arg(intMember(reply->get_object(), "version", 1)));
    setModified(false);
    session().refreshFunctions();
    next();
}

void FunctionsPage::askToRemove() {
    auto* box = new QMessageBox{QMessageBox::Question, tr("Delete function"),
                                tr("Delete “%1”?").arg(current_), QMessageBox::Cancel, this};
    box->setInformativeText(tr("Its waiting executions are dropped; what it left in the journal stays."));
    box->addButton(tr("Delete"), QMessageBox::DestructiveRole);
    box->setAttribute(Qt::WA_DeleteOnClose);
    const QString name = current_;
    connect(box, &QMessageBox::buttonClicked, this, [this, box, name](QAbstractButton* clicked) {
        if (box->buttonRole(clicked) != QMessageBox::DestructiveRole) return;
        session().call("functions.remove", {{"name", toUtf8(name)}}, this,
                       [this](const Result<json::value>& reply) {
                           if (!reply) return setFault(fault_, faultText(reply.error()));
                           current_.clear();
                           setModified(false);
                           stack_->setCurrentIndex(0);
                           updateActions();
                           session().refreshFunctions();
                       });
    });
    box->open();
}

bool FunctionsPage::mayLeave() {
    if (!modified_ || stack_->currentIndex() == 0) return true;
    const auto answer =
        QMessageBox::question(this, tr("Unsaved changes"),
                              tr("“%1” has changes that are not saved. Leave them?").arg(name_->text()),
                              QMessageBox::Discard | QMessageBox::Cancel, QMessageBox::Cancel);
    if (answer == QMessageBox::Discard) dropDraft();
    return answer == QMessageBox::Discard;
}

}  // namespace dogwatch::gui
