// The editor of FunctionsPage, as it is built, and what of it is kept through a crash.
#include "gui/pages/functions_page.h"

#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

#include "gui/models/text.h"
#include "gui/pages/console_file.h"
#include "gui/pages/function_settings.h"
#include "gui/pages/run_panel.h"
#include "gui/pages/versions_panel.h"
#include "gui/widgets/code_editor.h"
#include "gui/widgets/json_field.h"
#include "gui/widgets/panels.h"

namespace dogwatch::gui {

using namespace Qt::StringLiterals;

QLayout* FunctionsPage::makeEditorHead() {
    name_ = new QLineEdit;
    name_->setObjectName(u"functionName"_s);
    name_->setAccessibleName(tr("Name of the function"));
    name_->setPlaceholderText(tr("name"));
    name_->setMinimumWidth(120);
    badge_ = caption({});
    badge_->setWordWrap(false);
    save_ = button(theme(), u"save"_s, tr("Save"), tr("Save (Ctrl+S)"));
    save_->setObjectName(u"save"_s);
    run_ =
        primaryButton(theme(), u"play"_s, tr("Run"), tr("Save and run with the payload below (Ctrl+Return)"));
    run_->setObjectName(u"run"_s);
    remove_ = button(theme(), u"trash"_s, {}, tr("Delete this function"));

    auto* head = new QHBoxLayout;
    head->setSpacing(kSmallGap);
    head->addWidget(name_, 1);
    head->addWidget(badge_);
    auto* runs = button(theme(), u"executions"_s, {}, tr("Show its executions"));
    connect(runs, &QPushButton::clicked, this, [this] {
        if (!current_.isEmpty()) Q_EMIT executionsWanted(u"function:"_s + current_);
    });
    auto* watch = button(theme(), u"metaevents"_s, {}, tr("Watch it: make a metaevent about this function"));
    watch->setObjectName(u"watchFunction"_s);
    connect(watch, &QPushButton::clicked, this, [this] {
        if (!isNew_ && !current_.isEmpty()) Q_EMIT functionWatched(current_);
    });
    for (QPushButton* each : {runs, watch, remove_, save_, run_}) head->addWidget(each);
    return head;
}

QWidget* FunctionsPage::makeCode() {
    code_ = new CodeEditor{theme(), tr("Code")};
    code_->setObjectName(u"code"_s);
    find_ = new QLineEdit;
    find_->setObjectName(u"findInCode"_s);
    find_->setAccessibleName(tr("Find in the code"));
    find_->setPlaceholderText(tr("Find"));
    find_->addAction(theme().icon(u"search"_s), QLineEdit::LeadingPosition);
    auto* found = caption({});
    found->setWordWrap(false);
    findRow_ = new QWidget;
    auto* row = new QHBoxLayout{findRow_};
    row->setContentsMargins({});
    row->addWidget(find_, 1);
    row->addWidget(found, 2);
    findRow_->hide();
    const auto tell = [this, found](bool there) {
        found->setText(there || find_->text().isEmpty() ? QString{} : tr("not there"));
    };
    connect(find_, &QLineEdit::textEdited, this,
            [this, tell](const QString& text) { tell(code_->findFromHere(text)); });
    connect(find_, &QLineEdit::returnPressed, this, [this, tell] {
        const bool backwards = QGuiApplication::keyboardModifiers().testFlag(Qt::ShiftModifier);
        tell(code_->findNext(find_->text(), backwards));
    });
    auto* close = new QShortcut{QKeySequence{Qt::Key_Escape}, find_};
    close->setContext(Qt::WidgetShortcut);
    connect(close, &QShortcut::activated, this, [this] {
        findRow_->hide();
        code_->setFocus();
    });
    auto* panel = new QWidget;
    auto* layout = new QVBoxLayout{panel};
    layout->setContentsMargins({});
    layout->setSpacing(4);
    layout->addWidget(findRow_);
    layout->addWidget(framed(code_), 1);
    return panel;
}

void FunctionsPage::openFind() {
    tabs_->setCurrentIndex(0);
    findRow_->show();
    if (code_->hasSelectedText()) find_->setText(code_->selectedText().section(u'\n', 0, 0));
    find_->setFocus();
    find_->selectAll();
}

QWidget* FunctionsPage::makeDraftNote() {
    draftNote_ = new QWidget;
    draftNote_->setObjectName(u"draftNote"_s);
    draftText_ = caption({});
    auto* discard = button(theme(), u"undo"_s, tr("Discard"), tr("Go back to what is saved"));
    discard->setObjectName(u"discardDraft"_s);
    auto* row = new QHBoxLayout{draftNote_};
    row->setContentsMargins({});
    row->addWidget(draftText_, 1);
    row->addWidget(discard);
    draftNote_->hide();
    connect(discard, &QPushButton::clicked, this, [this] {
        dropDraft();
        setModified(false);
        if (isNew_) {
            isNew_ = false;
            stack_->setCurrentIndex(0);
            updateActions();
        } else {
            load(current_);
        }
    });
    return draftNote_;
}

QWidget* FunctionsPage::makeEditor() {
    fault_ = faultLabel();
    QLayout* head = makeEditorHead();
    settings_ = new FunctionSettings{theme()};
    versions_ = new VersionsPanel{bench()};
    tabs_ = new QTabWidget;
    tabs_->tabBar()->setAccessibleName(tr("Parts of the function"));
    tabs_->setObjectName(u"functionTabs"_s);
    tabs_->setDocumentMode(true);
    tabs_->addTab(makeCode(), tr("Code"));
    tabs_->addTab(settings_, tr("Settings"));
    tabs_->addTab(versions_, tr("Versions"));
    runPanel_ = new RunPanel{bench()};

    auto* split = makeSplitter(u"editorSplitter"_s, Qt::Vertical);
    split->addWidget(tabs_);
    split->addWidget(runPanel_);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);

    auto* panel = new QWidget;
    auto* layout = new QVBoxLayout{panel};
    layout->setContentsMargins({});
    layout->setSpacing(8);
    layout->addLayout(head);
    layout->addWidget(makeDraftNote());
    layout->addWidget(fault_);
    layout->addWidget(split, 1);

    stack_ = new QStackedWidget;
    auto* nothing = new EmptyState{theme(), stack_};
    nothing->set(u"functions"_s, tr("No function chosen"),
                 tr("Choose one on the left to edit and run it, or begin a new one."));
    stack_->addWidget(nothing);
    stack_->addWidget(panel);
    return stack_;
}

QString FunctionsPage::draftFile() const {
    return isNew_ || current_.isEmpty() ? u"drafts/new function.json"_s : u"drafts/%1.json"_s.arg(current_);
}

void FunctionsPage::keepDraft() {
    if (!modified_) return;
    json::object kept = draft();
    kept["kept_at"] = toUs(wallClock());
    kept["payload_text"] = toUtf8(runPanel_->payload());
    ConsoleFile{session().dataDir(), draftFile()}.write(kept);
}

void FunctionsPage::dropDraft() {
    draftTimer_.stop();
    ConsoleFile{session().dataDir(), draftFile()}.remove();
    draftNote_->hide();
}

bool FunctionsPage::takeUpDraft(const json::object& saved) {
    draftNote_->hide();
    json::object kept = ConsoleFile{session().dataDir(), draftFile()}.read();
    if (kept.empty()) return false;
    const Time keptAt = timeFromUs(intMember(kept, "kept_at"));
    const QString payload = fromUtf8(stringMember(kept, "payload_text"));
    kept.erase("kept_at");
    kept.erase("payload_text");
    json::object merged = saved;
    for (const auto& member : kept) merged[member.key()] = member.value();
    if (merged == saved) {
        dropDraft();
        return false;
    }
    const QString badge = badge_->text();
    show(merged);
    if (!isNew_) badge_->setText(badge);
    runPanel_->setPayload(payload.isEmpty() ? u"{}"_s : payload);
    draftText_->setText(tr("These changes were not saved (%1). Save them, or go back to what is saved.")
                            .arg(clockText(keptAt, wallClock())));
    draftNote_->show();
    setModified(true);
    return true;
}

void FunctionsPage::takeUpNew() {
    if (std::exchange(offeredNew_, true) || stack_->currentIndex() == 1) return;
    isNew_ = true;
    current_.clear();
    if (!takeUpDraft({})) isNew_ = false;
}

void FunctionsPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    takeUpNew();
}

}  // namespace dogwatch::gui
