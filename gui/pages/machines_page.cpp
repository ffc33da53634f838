#include "gui/pages/machines_page.h"

#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSplitter>
#include <QVBoxLayout>

#include "gui/models/text.h"
#include "gui/pages/execution_details.h"
#include "gui/widgets/panels.h"
#include "gui/widgets/table.h"

namespace dogwatch::gui {

using namespace Qt::StringLiterals;

MachinesPage::MachinesPage(const Workbench& bench, QWidget* parent)
    : Page(bench, parent),
      filter_({{u"vm"_s, {MachineModel::Id}}}),
      table_(new Table{theme(), tr("Virtual machines")}),
      verdict_(sectionTitle({})),
      reason_(caption({})),
      counts_(caption({})),
      fault_(faultLabel()),
      consoleTitle_(sectionTitle(tr("Serial console"))),
      console_(textBox(tr("Serial console"),
                       tr("Choose a machine to read what its kernel and init said while booting."))) {
    filter_.setSourceModel(&session().machines());
    table_->setObjectName(u"machinesTable"_s);
    table_->show(&filter_, MachineModel::Function, {12, 10, 0, 9, 14, 8, 10, 8, 7});
    table_->setSortingEnabled(true);
    table_->sortByColumn(MachineModel::Id, Qt::AscendingOrder);
    table_->setEmptyState(
        u"machines"_s, tr("No machines"),
        tr("Virtual machines that are booted ahead, or run functions, will be here. They come up when "
           "the control plane starts."));

    auto* accelerator = new Card{{}};
    accelerator->content()->addWidget(verdict_);
    accelerator->content()->addWidget(reason_);
    reason_->setTextInteractionFlags(Qt::TextSelectableByMouse);

    auto* head = new QHBoxLayout;
    head->addWidget(pageTitle(tr("Machines")));
    head->addStretch();
    retire_ = button(theme(), u"stop"_s, tr("Retire"),
                     tr("End the chosen machine; when it is done, where it runs an execution"));
    retire_->setObjectName(u"retire"_s);
    auto* boot =
        button(theme(), u"plus"_s, tr("Boot one more"), tr("Make one machine more than is kept ready"));
    boot->setObjectName(u"bootOne"_s);
    auto* drain = button(theme(), u"drain"_s, tr("Drain"),
                         tr("Retire every machine, the busy ones when they are done, and boot fresh ones"));
    drain->setObjectName(u"drain"_s);
    for (QPushButton* each : {boot, retire_, drain}) head->addWidget(each);
    connect(drain, &QPushButton::clicked, this, [this] { act("pool.drain", {}); });
    connect(boot, &QPushButton::clicked, this, [this] { act("pool.boot", {}); });
    connect(retire_, &QPushButton::clicked, this, [this] {
        act("pool.retire", {{"vm", toUtf8(table_->currentKey())}});
    });

    auto* below = new QWidget;
    auto* belowLayout = new QVBoxLayout{below};
    belowLayout->setContentsMargins({});
    belowLayout->setSpacing(kSmallGap);
    belowLayout->addWidget(consoleTitle_);
    belowLayout->addWidget(console_, 1);

    auto* splitter = new QSplitter{Qt::Vertical};
    splitter->setObjectName(u"machinesSplitter"_s);
    splitter->setHandleWidth(kGap);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(table_);
    splitter->addWidget(below);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);

    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    layout->setSpacing(kGap);
    layout->addLayout(head);
    layout->addWidget(counts_);
    layout->addWidget(accelerator);
    layout->addWidget(fault_);
    layout->addWidget(splitter, 1);

    clock_.setInterval(1000);
    connect(&clock_, &QTimer::timeout, this, &MachinesPage::refresh);
    connect(&session(), &ControlPlaneSession::statusChanged, this, &MachinesPage::showStatus);
    connect(table_, &Table::currentKeyChanged, this, [this] {
        showChosen();
        fetchConsole();
    });
    connect(table_, &QTableView::activated, this, [this](const QModelIndex& index) {
        const auto row = session().machines().find(toUtf8(index.data(KeyRole).toString()));
        if (row && !session().machines().at(*row).execution.empty())
            Q_EMIT executionChosen(fromUtf8(session().machines().at(*row).execution));
    });
    showChosen();
    showStatus();
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
    const QString accelerator =
        status.accelerator.isEmpty() ? tr("not known yet") : status.accelerator.toUpper();
    verdict_->setText(tr("Accelerator: %1").arg(accelerator));
    reason_->setText(status.acceleratorReason.isEmpty() ? tr("The control plane has not told why yet.")
                                                        : status.acceleratorReason);
    counts_->setText(tr("%1 booting, %2 ready, %3 assigned, %4 running; at most %5")
                         .arg(status.booting)
                         .arg(status.ready)
                         .arg(status.assigned)
                         .arg(status.running)
                         .arg(status.maxVms));
}

void MachinesPage::showChosen() {
    const QString vm = table_->currentKey();
    retire_->setEnabled(!vm.isEmpty());
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
        setFault(fault_, reply ? QString{} : fromUtf8(reply.error().text()));
        session().refreshMachines();
    });
}

}  // namespace dogwatch::gui
