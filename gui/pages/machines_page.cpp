#include "gui/pages/machines_page.h"

#include <QAction>
#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "gui/models/accelerator.h"
#include "gui/models/faults.h"
#include "gui/models/text.h"
#include "gui/pages/execution_details.h"
#include "gui/widgets/details_area.h"
#include "gui/widgets/machine_cards.h"
#include "gui/widgets/panels.h"
#include "gui/widgets/table.h"

namespace dogwatch::gui {

using namespace Qt::StringLiterals;

MachinesPage::MachinesPage(const Workbench& bench, QWidget* parent)
    : Page(bench, parent),
      filter_({{u"vm"_s, {MachineModel::Id}}}),
      table_(new Table{theme(), tr("Virtual machines")}),
      cards_(new MachineCards{theme(), tr("Virtual machines")}),
      views_(new QStackedWidget),
      verdict_(sectionTitle({})),
      reason_(caption({})),
      counts_(caption({})),
      templates_(caption({})),
      fault_(faultLabel()),
      consoleTitle_(sectionTitle(tr("Serial console"))),
      console_(textBox(tr("Serial console"),
                       tr("Choose a machine to read what its kernel and init said while booting."))) {
    filter_.setSourceModel(&session().machines());
    auto* accelerator = new Card{{}};
    accelerator->content()->addWidget(verdict_);
    accelerator->content()->addWidget(reason_);
    reason_->setTextInteractionFlags(Qt::TextSelectableByMouse);

    auto* below = new QWidget;
    auto* belowLayout = new QVBoxLayout{below};
    belowLayout->setContentsMargins({});
    belowLayout->setSpacing(kSmallGap);
    belowLayout->addWidget(consoleTitle_);
    belowLayout->addWidget(console_, 1);

    auto* layout = makePageLayout(this);
    layout->addWidget(makeHead());
    layout->addWidget(counts_);
    layout->addWidget(templates_);
    layout->addWidget(accelerator);
    layout->addWidget(fault_);
    layout->addWidget(
        new DetailsArea{theme(), u"machinesArea"_s, {makeViews(), below, tr("What the machine says"), 50}},
        1);
    templates_->hide();

    clock_.setInterval(1000);
    connect(&clock_, &QTimer::timeout, this, &MachinesPage::refresh);
    connect(&session(), &ControlPlaneSession::statusChanged, this, &MachinesPage::showStatus);
    connect(&session(), &ControlPlaneSession::machinesRefreshed, this, &MachinesPage::showTemplates);
    showCards(true);
    showChosen();
    showStatus();
}

QWidget* MachinesPage::makeHead() {
    auto* head = new QWidget;
    auto* layout = new QHBoxLayout{head};
    layout->setContentsMargins({});
    layout->addWidget(pageTitle(tr("Machines")));
    layout->addStretch();
    auto* views = new QButtonGroup{this};
    const auto addView = [&](const QString& icon, const QString& hint, const QString& name, bool cards) {
        auto* made = button(theme(), icon, {}, hint);
        made->setObjectName(name);
        made->setCheckable(true);
        views->addButton(made);
        layout->addWidget(made);
        connect(made, &QPushButton::clicked, this, [this, cards] { showCards(cards); });
        return made;
    };
    asCards_ = addView(u"cards"_s, tr("Show the machines as cards"), u"asCards"_s, true);
    asTable_ = addView(u"table"_s, tr("Show the machines as a table"), u"asTable"_s, false);
    layout->addSpacing(kGap);
    const auto add = [&](const QString& icon, const QString& text, const QString& hint, const QString& name,
                         void (MachinesPage::*act)()) {
        auto* made = button(theme(), icon, text, hint);
        made->setObjectName(name);
        layout->addWidget(made);
        connect(made, &QPushButton::clicked, this, act);
        return made;
    };
    add(u"plus"_s, tr("Boot one more"), tr("Make one machine more than is kept ready"), u"bootOne"_s,
        &MachinesPage::boot);
    retire_ = add(u"stop"_s, tr("Retire"),
                  tr("End the chosen machine; when it is done, where it runs an execution"), u"retire"_s,
                  &MachinesPage::retire);
    add(u"drain"_s, tr("Drain"),
        tr("Retire every machine, the busy ones when they are done, and boot fresh ones"), u"drain"_s,
        &MachinesPage::drain);
    return head;
}

QWidget* MachinesPage::makeViews() {
    const QString title = tr("No machines");
    const QString text =
        tr("Virtual machines that are booted ahead, or run functions, will be here. They come up when "
           "the control plane starts.");
    table_->setObjectName(u"machinesTable"_s);
    table_->show(&filter_, MachineModel::Function, {12, 10, 0, 9, 14, 8, 6, 10, 8, 7});
    table_->setSortingEnabled(true);
    table_->sortByColumn(MachineModel::Id, Qt::AscendingOrder);
    table_->setEmptyState(u"machines"_s, title, text);
    cards_->show(&filter_);
    cards_->setSelectionModel(table_->selectionModel());
    cards_->setEmptyState(u"machines"_s, title, text);
    connect(table_, &Table::currentKeyChanged, this, [this] {
        showChosen();
        fetchConsole();
    });
    const QList<QAction*> actions{
        executionAction_ =
            makeAction(u"executions"_s, tr("Show its execution"), {}, &MachinesPage::openExecution),
        makeAction(u"terminal"_s, tr("Read its serial console"), QKeySequence{u"Ctrl+E"_s},
                   &MachinesPage::readConsole),
        retireAction_ = makeAction(u"stop"_s, tr("Retire"), QKeySequence::Delete, &MachinesPage::retire),
        makeAction(u"plus"_s, tr("Boot one more"), QKeySequence{u"Insert"_s}, &MachinesPage::boot),
        makeAction(u"drain"_s, tr("Drain"), {}, &MachinesPage::drain)};
    for (QAbstractItemView* view :
         {static_cast<QAbstractItemView*>(cards_), static_cast<QAbstractItemView*>(table_)}) {
        view->addActions(actions);
        view->setContextMenuPolicy(Qt::ActionsContextMenu);
        connect(view, &QAbstractItemView::activated, this, &MachinesPage::openExecution);
        views_->addWidget(view);
    }
    return views_;
}

QAction* MachinesPage::makeAction(const QString& icon, const QString& text, const QKeySequence& key,
                                  void (MachinesPage::*act)()) {
    auto* action = new QAction{theme().icon(icon), text, this};
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetShortcut);
    connect(action, &QAction::triggered, this, act);
    return action;
}

void MachinesPage::showCards(bool cards) {
    const bool hadFocus = views_->currentWidget()->hasFocus();
    views_->setCurrentWidget(cards ? static_cast<QWidget*>(cards_) : table_);
    (cards ? asCards_ : asTable_)->setChecked(true);
    if (hadFocus) views_->currentWidget()->setFocus();
    static_cast<QAbstractItemView*>(views_->currentWidget())->scrollTo(table_->currentIndex());
}

bool MachinesPage::showsCards() const {
    return views_->currentWidget() == cards_;
}

void MachinesPage::choose(const QString& vm) {
    table_->selectKey(vm);
}

void MachinesPage::retire() {
    if (const QString vm = table_->currentKey(); !vm.isEmpty()) act("pool.retire", {{"vm", toUtf8(vm)}});
}

void MachinesPage::boot() {
    act("pool.boot", {});
}

void MachinesPage::drain() {
    act("pool.drain", {});
}

void MachinesPage::openExecution() {
    const auto row = session().machines().find(toUtf8(table_->currentKey()));
    if (row && !session().machines().at(*row).execution.empty())
        Q_EMIT executionChosen(fromUtf8(session().machines().at(*row).execution));
}

void MachinesPage::readConsole() {
    console_->setFocus(Qt::ShortcutFocusReason);
}

void MachinesPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    refresh();
    clock_.start();
}

void MachinesPage::hideEvent(QHideEvent* event) {
    Page::hideEvent(event);
    clock_.stop();
}

void MachinesPage::refresh() {
    session().refreshMachines();
    fetchConsole();
    if (table_->currentKey().isEmpty() && filter_.rowCount() > 0)
        table_->setCurrentIndex(filter_.index(0, 0));
}

void MachinesPage::fetchConsole() {
    const QString vm = table_->currentKey();
    if (vm.isEmpty() || !isVisible()) return;
    consoleTitle_->setText(tr("Serial console of %1").arg(vm));
    session().call("pool.console", {{"vm", toUtf8(vm)}}, this, [this, vm](const Result<json::value>& reply) {
        if (!reply || !reply->is_object() || vm != table_->currentKey()) return;
        const QString text = fromUtf8(stringMember(reply->get_object(), "console")).remove(u'\r');
        if (text == console_->toPlainText()) return;
        QScrollBar* bar = console_->verticalScrollBar();
        const bool atEnd = bar->value() == bar->maximum();
        const int place = bar->value();
        console_->setPlainText(text);
        bar->setValue(atEnd ? bar->maximum() : place);
    });
}

void MachinesPage::showStatus() {
    const PlaneStatus& status = session().status();
    verdict_->setText(tr("Accelerator: %1").arg(status.acceleratorName()));
    QString reason = acceleratorWords(status.acceleratorReason);
    if (!reason.isEmpty()) reason[0] = reason[0].toUpper();
    reason_->setText(reason.isEmpty() ? tr("The control plane has not told why yet.") : reason);
    counts_->setText(tr("%1 booting, %2 ready, %3 assigned, %4 running; at most %5")
                         .arg(status.booting)
                         .arg(status.ready)
                         .arg(status.assigned)
                         .arg(status.running)
                         .arg(status.maxVms));
}

void MachinesPage::showTemplates() {
    templates_->setVisible(!session().templates().empty());
    templates_->setText(
        tr("Templates that machines are cloned from: %1").arg(templateWords(session().templates())));
    showActions();
}

void MachinesPage::showActions() {
    const auto row = session().machines().find(toUtf8(table_->currentKey()));
    retire_->setEnabled(row.has_value());
    retireAction_->setEnabled(row.has_value());
    executionAction_->setEnabled(row && !session().machines().at(*row).execution.empty());
}

void MachinesPage::showChosen() {
    const QString vm = table_->currentKey();
    showActions();
    console_->clear();
    const auto row = session().machines().find(toUtf8(vm));
    if (vm.isEmpty() || !row) {
        console_->setPlaceholderText(
            tr("Choose a machine to read what its kernel and init said while booting."));
    } else if (session().machines().at(*row).origin == "clone") {
        console_->setPlaceholderText(tr("%1 is a clone of a saved guest, which booted before it was saved: "
                                        "its kernel has nothing to say. "
                                        "What it writes from now on appears here.")
                                         .arg(vm));
    } else {
        console_->setPlaceholderText(tr("%1 has not written anything to its serial console yet.").arg(vm));
    }
}

void MachinesPage::act(std::string_view method, const json::object& params) {
    session().call(method, params, this, [this](const Result<json::value>& reply) {
        setFault(fault_, reply ? QString{} : faultText(reply.error()));
        session().refreshMachines();
    });
}

}  // namespace dogwatch::gui
