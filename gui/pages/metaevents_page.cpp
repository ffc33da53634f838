#include "gui/pages/metaevents_page.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include "core/model/metaevent.h"
#include "gui/models/faults.h"
#include "gui/models/text.h"
#include "gui/pages/metaevent_editor.h"
#include "gui/widgets/code_editor.h"
#include "gui/widgets/elided_label.h"
#include "gui/widgets/firing_strip.h"
#include "gui/widgets/json_field.h"
#include "gui/widgets/panels.h"
#include "gui/widgets/table.h"

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;

enum DetailStack { Nothing, Detail };
enum Whole { Lists, Editor };

}  // namespace

MetaeventsPage::MetaeventsPage(const Workbench& bench, QWidget* parent)
    : Page(bench, parent),
      filter_({{u"name"_s, {MetaeventModel::Name}}}),
      firingFilter_({{u"metaevent"_s, {FiringModel::Metaevent}}}),
      whole_(new QStackedWidget),
      stack_(new QStackedWidget),
      editor_(new MetaeventEditor{bench}) {
    auto* nothing = new EmptyState{theme(), stack_};
    nothing->set(u"metaevents"_s, tr("No metaevent chosen"),
                 tr("A metaevent watches what happens, or fails to happen, and runs a job when its criteria "
                    "come true. "
                    "Choose one on the left, or make one."));
    QPushButton* make = nothing->addAction(u"plus"_s, tr("New metaevent"));
    connect(make, &QPushButton::clicked, this, [this] { startNew(); });
    stack_->addWidget(nothing);
    stack_->addWidget(makeDetail());

    auto* splitter = makeSplitter(u"metaeventsSplitter"_s, Qt::Horizontal);
    splitter->addWidget(makeList());
    splitter->addWidget(stack_);
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({330, 800});
    whole_->addWidget(splitter);
    whole_->addWidget(editor_);
    auto* layout = makePageLayout(this);
    layout->addWidget(whole_);

    clock_.setInterval(200);
    fetch_.setInterval(1000);
    connect(&clock_, &QTimer::timeout, this, &MetaeventsPage::tick);
    connect(&fetch_, &QTimer::timeout, &session(), &ControlPlaneSession::refreshMetaevents);
    connect(editor_, &MetaeventEditor::applied, this, [this](const QString& name) {
        chosen_ = name;  // the drawing stays, and comes to life
    });
    connect(editor_, &MetaeventEditor::cancelled, this, &MetaeventsPage::leaveEditor);
    connect(editor_, &Page::executionChosen, this, &Page::executionChosen);
    MetaeventModel& model = session().metaevents();
    connect(&model, &QAbstractItemModel::rowsInserted, this, &MetaeventsPage::showCurrent);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, &MetaeventsPage::showCurrent);
    connect(&model, &QAbstractItemModel::dataChanged, this, &MetaeventsPage::showCurrent);
}

QWidget* MetaeventsPage::makeList() {
    auto* panel = new QWidget;
    auto* layout = new QVBoxLayout{panel};
    layout->setContentsMargins({});
    layout->setSpacing(kGap);
    layout->addStrut(280);  // and as wide as the head needs
    auto* head = new QHBoxLayout;
    head->addWidget(pageTitle(tr("Metaevents")), 1);
    auto* make = button(theme(), u"plus"_s, tr("New"), tr("A new metaevent (Ctrl+N)"));
    make->setObjectName(u"newMetaevent"_s);
    head->addWidget(makeFilesButton());
    head->addWidget(make);
    layout->addLayout(head);
    listFault_ = faultLabel();
    layout->addWidget(listFault_);
    connect(make, &QPushButton::clicked, this, [this] { startNew(); });
    auto* shortcut = new QShortcut{QKeySequence{u"Ctrl+N"_s}, this};
    shortcut->setContext(Qt::WidgetWithChildrenShortcut);
    connect(shortcut, &QShortcut::activated, this, [this] { startNew(); });

    list_ = new Table{theme(), tr("Metaevents")};
    filter_.setSourceModel(&session().metaevents());
    list_->show(&filter_, MetaeventModel::Name, {0, 11, 11, 12});
    list_->hideColumn(MetaeventModel::LastFired);
    list_->hideColumn(MetaeventModel::Firings);
    list_->setEmptyState(
        u"metaevents"_s, tr("Nothing is watched yet"),
        tr("Make one that says, for example: when backup has not succeeded for 24 h, run pager."));
    layout->addWidget(list_, 1);
    connect(list_, &Table::currentKeyChanged, this, [this](const QString& name) {
        if (name.isEmpty()) return;
        chosen_ = name;
        stack_->setCurrentIndex(Detail);
        showCurrent();
    });
    return panel;
}

QWidget* MetaeventsPage::makeFilesButton() {
    auto* files = new QToolButton;
    files->setObjectName(u"metaeventFiles"_s);
    files->setIcon(theme().icon(u"more"_s));
    files->setToolTip(tr("To files and back"));
    files->setAccessibleName(files->toolTip());
    files->setPopupMode(QToolButton::InstantPopup);
    files->setStyleSheet(u"QToolButton::menu-indicator { image: none; }"_s);
    auto* menu = new QMenu{files};
    menu->addAction(tr("Import…"), this, [this] { askForFile(false, true); });
    menu->addAction(tr("Export all…"), this, [this] { askForFile(true, true); });
    QAction* one = menu->addAction(tr("Export the chosen one…"), this, [this] { askForFile(true, false); });
    connect(menu, &QMenu::aboutToShow, one, [this, one] { one->setEnabled(current() != nullptr); });
    files->setMenu(menu);
    return files;
}

QWidget* MetaeventsPage::makeDetail() {
    name_ = new ElidedLabel;
    name_->setObjectName(u"pageTitle"_s);
    state_ = sectionTitle({});
    sentence_ = new QLabel;
    sentence_->setObjectName(u"sentence"_s);
    sentence_->setWordWrap(true);
    facts_ = caption({});
    fault_ = faultLabel();
    silence_ = caption({});
    silence_->setObjectName(u"silenceWords"_s);
    strip_ = new FiringStrip{theme()};
    stripWords_ = caption({});
    stripWords_->setWordWrap(false);
    enable_ = button(theme(), u"disabled"_s, tr("Disable"));
    enable_->setObjectName(u"enableMetaevent"_s);
    silenceButton_ = button(theme(), u"pause"_s, tr("Silence…"), tr("Let it fire without running its jobs"));
    silenceButton_->setObjectName(u"silenceMetaevent"_s);
    try_ =
        button(theme(), u"play"_s, tr("Run jobs…"), tr("Run a job by hand, with the payload it would get"));
    try_->setObjectName(u"runJobs"_s);
    connect(silenceButton_, &QPushButton::clicked, this, &MetaeventsPage::toggleSilence);
    connect(try_, &QPushButton::clicked, this, &MetaeventsPage::tryJobs);
    auto* edit = primaryButton(theme(), u"edit"_s, tr("Open drawing"), tr("See it live, and change it"));
    edit->setObjectName(u"editMetaevent"_s);
    auto* remove = button(theme(), u"trash"_s, {}, tr("Remove this metaevent"));
    connect(enable_, &QPushButton::clicked, this, &MetaeventsPage::toggleEnabled);
    connect(edit, &QPushButton::clicked, this, &MetaeventsPage::editCurrent);
    connect(remove, &QPushButton::clicked, this, &MetaeventsPage::askToRemove);

    auto* head = new QHBoxLayout;
    head->setSpacing(kSmallGap);
    head->addWidget(name_);
    head->addWidget(state_);
    head->addStretch();
    head->addWidget(remove);
    head->addWidget(enable_);
    head->addWidget(edit);

    firings_ = new Table{theme(), tr("Firings")};
    firingFilter_.setSourceModel(&session().firings());
    firings_->show(&firingFilter_, FiringModel::What, {14, 10, 0, 12, 8, 10});
    firings_->hideColumn(FiringModel::Metaevent);
    firings_->hideColumn(FiringModel::Key);
    firings_->setEmptyState(
        u"bell"_s, tr("It has not fired"),
        tr("Each time its criteria come true, a firing with its evidence will be listed here."));
    connect(firings_, &Table::currentKeyChanged, this, &MetaeventsPage::showFiring);

    evidenceTitle_ = sectionTitle(tr("Evidence"));
    evidenceTitle_->setWordWrap(true);
    why_ = button(theme(), u"search"_s, tr("Why did it fire?"), tr("The drawing at that moment"));
    why_->setObjectName(u"whyFired"_s);
    why_->setEnabled(false);
    const auto explainCurrent = [this] {
        const QModelIndex at = firings_->currentIndex();
        if (!at.isValid()) return;
        explain(chosen_, firings_->currentKey(),
                timeFromUs(at.siblingAtColumn(0).data(SortRole).toLongLong()));
    };
    connect(why_, &QPushButton::clicked, this, explainCurrent);
    connect(firings_, &QTableView::activated, this, explainCurrent);
    auto* evidenceHead = new QHBoxLayout;
    evidenceHead->addWidget(evidenceTitle_, 1);
    evidenceHead->addWidget(makeCausesButton());
    evidenceHead->addWidget(why_);
    evidence_ = new CodeEditor{theme(), tr("Firing with its evidence, as JSON")};
    evidence_->setLanguage(CodeEditor::Language::Json);
    evidence_->setReadOnly(true);
    evidence_->setMarginWidth(0, 0);
    auto* below = new QWidget;
    auto* belowLayout = new QVBoxLayout{below};
    belowLayout->setContentsMargins({});
    belowLayout->setSpacing(kSmallGap);
    belowLayout->addLayout(evidenceHead);
    belowLayout->addWidget(framed(evidence_), 1);
    auto* above = new QWidget;
    auto* aboveLayout = new QVBoxLayout{above};
    aboveLayout->setContentsMargins({});
    aboveLayout->setSpacing(kSmallGap);
    auto* firingsHead = new QHBoxLayout;
    firingsHead->setSpacing(kSmallGap);
    firingsHead->addWidget(sectionTitle(tr("Firings")), 1);
    firingsHead->addWidget(silenceButton_);
    firingsHead->addWidget(try_);
    aboveLayout->addLayout(firingsHead);
    aboveLayout->addWidget(firings_, 1);
    auto* split = makeSplitter(u"firingsSplitter"_s, Qt::Vertical);
    split->addWidget(above);
    split->addWidget(below);

    auto* words = new Card{{}};
    words->content()->addWidget(sentence_);
    words->content()->addWidget(silence_);
    words->content()->addWidget(facts_);
    auto* lately = new QHBoxLayout;
    lately->addWidget(strip_, 1);
    lately->addWidget(stripWords_);
    words->content()->addLayout(lately);
    auto* panel = new QWidget;
    auto* layout = new QVBoxLayout{panel};
    layout->setContentsMargins({});
    layout->setSpacing(8);
    layout->addLayout(head);
    layout->addWidget(words);
    layout->addWidget(fault_);
    layout->addWidget(split, 1);
    return panel;
}

void MetaeventsPage::choose(const QString& name) {
    leaveEditor();
    if (list_->selectKey(name)) list_->setFocus();
}

void MetaeventsPage::startNew(const QString& function) {
    const auto history = recentRecords();
    editor_->startNew(function, function.isEmpty() ? std::vector<canvas::Proposal>{}
                                                   : canvas::proposalsForFunction(toUtf8(function), history));
    whole_->setCurrentIndex(Editor);
}

void MetaeventsPage::startFrom(const Record& record) {
    editor_->startNew(fromUtf8(record.function()), canvas::proposalsForRecord(record, recentRecords()));
    whole_->setCurrentIndex(Editor);
}

void MetaeventsPage::startFromStretch(const std::vector<Record>& records) {
    const auto subject = canvas::subjectOf(records);
    auto proposals = canvas::proposalsForStretch(records, recentRecords());
    editor_->startNew(subject ? fromUtf8(subject->function()) : QString{}, std::move(proposals));
    whole_->setCurrentIndex(Editor);
}

void MetaeventsPage::open(const json::object& definition) {
    editor_->beginWith(definition);
    whole_->setCurrentIndex(Editor);
}

std::vector<Record> MetaeventsPage::recentRecords() const {
    std::vector<Record> history;
    const RecordModel& records = session().records();
    history.reserve(static_cast<std::size_t>(records.rowCount()));
    for (int row = records.rowCount() - 1; row >= 0; --row) history.push_back(records.at(row));
    return history;
}

void MetaeventsPage::leaveEditor() {
    whole_->setCurrentIndex(Lists);
    stack_->setCurrentIndex(current() != nullptr ? Detail : Nothing);
    showCurrent();
}

void MetaeventsPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    session().refreshMetaevents();
    clock_.start();
    fetch_.start();
}

void MetaeventsPage::hideEvent(QHideEvent* event) {
    Page::hideEvent(event);
    clock_.stop();
    fetch_.stop();
}

void MetaeventsPage::tick() {
    session().metaevents().tick();
}

const MetaeventRow* MetaeventsPage::current() const {
    const auto row = session().metaevents().find(toUtf8(chosen_));
    return row ? &session().metaevents().at(*row) : nullptr;
}

void MetaeventsPage::showCurrent() {
    if (!isVisible() || whole_->currentIndex() == Editor) return;
    const MetaeventRow* row = current();
    stack_->setCurrentIndex(row != nullptr ? Detail : Nothing);
    if (row == nullptr) return;
    if (list_->currentKey() != chosen_) list_->selectKey(chosen_);
    name_->setText(fromUtf8(row->name));
    state_->setText(metaeventState(*row));
    const QString style = u"color: %1"_s.arg(theme().tone(metaeventTone(*row)).name());
    if (state_->styleSheet() != style) state_->setStyleSheet(style);
    sentence_->setText(fromUtf8(row->sentence));
    showFacts(*row);
    showStrip();
    firingFilter_.setRequired(u"metaevent"_s, chosen_);
    if (!firings_->currentIndex().isValid()) {
        if (firingFilter_.rowCount() > 0) {
            firings_->setCurrentIndex(firingFilter_.index(0, FiringModel::When));
        } else {
            evidenceTitle_->setText(tr("Evidence"));
            evidence_->clear();
            why_->setEnabled(false);
        }
    }
}

void MetaeventsPage::showFacts(const MetaeventRow& metaevent) {
    const MetaeventRow* row = &metaevent;
    const Time now = wallClock();
    const QString silence = silenceWords(metaevent, now);
    silence_->setText(silence.isEmpty() ? QString{}
                      : metaevent.silenced
                          ? tr("Silenced %1. It fires as before, and runs no jobs.").arg(silence)
                          : tr("To be silenced %1.").arg(silence));
    silence_->setVisible(!silence.isEmpty());
    silenceButton_->setText(silence.isEmpty() ? tr("Silence…") : tr("End silence"));
    silenceButton_->setIcon(theme().icon(silence.isEmpty() ? u"pause"_s : u"play"_s));
    QStringList facts{row->lastFired ? tr("last fired %1").arg(agoText(*row->lastFired, now))
                                     : tr("never fired")};
    facts.append(tr("%n firings", nullptr, static_cast<int>(row->firings)));
    if (row->enabled && row->nextDeadline)
        facts.append(tr("next deadline %1").arg(untilText(*row->nextDeadline, now)));
    if (row->instances > 1) facts.append(tr("%n instances", nullptr, static_cast<int>(row->instances)));
    if (row->stateBytes > 0) facts.append(tr("%1 of state").arg(bytesText(row->stateBytes)));
    facts.append(tr("looked at %1 records").arg(countText(row->checks)));
    facts.append(tr("version %1").arg(row->version));
    facts_->setText(facts.join(u"  ·  "_s));
    enable_->setText(row->enabled ? tr("Disable") : tr("Enable"));
    enable_->setIcon(theme().icon(row->enabled ? u"disabled"_s : u"eye"_s));
}

void MetaeventsPage::showStrip() {
    std::vector<FiringStrip::Mark> marks;
    const FiringModel& firings = session().firings();
    const std::string name = toUtf8(chosen_);
    for (int row = 0; row < firings.rowCount(); ++row)
        if (const FiringRow& firing = firings.at(row); firing.metaevent == name)
            marks.push_back({firing.time, firing.silenced});
    strip_->setMarks(marks, wallClock());
    stripWords_->setText(strip_->words());
}

void MetaeventsPage::explain(const QString& name, const QString& firing, Time time) {
    const MetaeventRow* row = chooseNow(name);
    if (row == nullptr) return;
    editor_->editAt(row->definition, time);
    if (!firing.isEmpty()) editor_->askWhy(firing);
    whole_->setCurrentIndex(Editor);
}

void MetaeventsPage::explain(const QString& name, const Record& record) {
    const MetaeventRow* row = chooseNow(name);
    if (row == nullptr) return;
    const auto definition = metaeventFromJson(json::value(row->definition));
    editor_->editAt(row->definition, record.time, definition ? definition->keyOf(record) : std::nullopt);
    whole_->setCurrentIndex(Editor);
}

const MetaeventRow* MetaeventsPage::chooseNow(const QString& name) {
    choose(name);
    chosen_ = name;  // where the list has not been filled yet
    return current();
}

void MetaeventsPage::showFiring(const QString& id) {
    why_->setEnabled(!id.isEmpty());
    if (id.isEmpty()) return;
    session().call(
        "firings.show", {{"firing", toUtf8(id)}}, this, [this, id](const Result<json::value>& reply) {
            if (firings_->currentKey() != id) return;
            evidenceTitle_->setText(tr("Evidence of the firing at %1")
                                        .arg(firings_->currentIndex().siblingAtColumn(0).data().toString()));
            evidence_->setText(reply ? fromUtf8(toPrettyJson(*reply)) : faultText(reply.error()));
        });
}

void MetaeventsPage::editCurrent() {
    const MetaeventRow* row = current();
    if (row == nullptr) return;
    editor_->edit(row->definition);
    whole_->setCurrentIndex(Editor);
}

}  // namespace dogwatch::gui
