#include "gui/pages/versions_panel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include "gui/models/line_diff.h"
#include "gui/models/text.h"
#include "gui/widgets/code_editor.h"
#include "gui/widgets/elided_label.h"
#include "gui/widgets/json_field.h"
#include "gui/widgets/panels.h"

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;

/// Settings that differ, as lines before the code.
QString headOf(const json::object& function) {
    QStringList lines;
    for (const char* key : {"runtime", "handler", "memory", "timeout", "concurrency", "retries", "schedule",
                            "timezone", "env", "tags"}) {
        const json::value* value = function.if_contains(key);
        if (value == nullptr) continue;
        const bool isEmpty = (value->is_string() && value->get_string().empty()) ||
                             (value->is_object() && value->get_object().empty());
        if (!isEmpty) lines.append(QString::fromLatin1(key) + u": "_s + fromUtf8(toJson(*value)));
    }
    return lines.join(u'\n');
}

QString wholeText(const json::object& function) {
    return headOf(function) + u"\n\n"_s + fromUtf8(stringMember(function, "code"));
}

}  // namespace

VersionsPanel::VersionsPanel(const Workbench& bench, QWidget* parent)
    : Page(bench, parent),
      versions_(new QComboBox),
      restore_(button(theme(), u"undo"_s, VersionsPanel::tr("Put into the editor"),
                      VersionsPanel::tr("Edit this version; saving makes it a new one"))),
      summary_(new ElidedLabel),
      diff_(new CodeEditor{theme(), VersionsPanel::tr("Differences")}) {
    versions_->setObjectName(u"versions"_s);
    versions_->setAccessibleName(VersionsPanel::tr("Version to compare with"));
    versions_->setMinimumWidth(240);
    versions_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    restore_->setObjectName(u"restoreVersion"_s);
    summary_->setObjectName(u"caption"_s);
    diff_->setReadOnly(true);
    auto* head = new QHBoxLayout;
    head->addWidget(versions_);
    head->addWidget(summary_, 1);
    head->addWidget(restore_);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, kSmallGap, 0, 0);
    layout->setSpacing(kSmallGap);
    layout->addLayout(head);
    layout->addWidget(framed(diff_), 1);
    connect(versions_, &QComboBox::currentIndexChanged, this, &VersionsPanel::fetchVersion);
    connect(restore_, &QPushButton::clicked, this, [this] {
        if (!version_.empty()) Q_EMIT restoreWanted(version_);
    });
}

void VersionsPanel::setFunction(const QString& name) {
    name_ = name;
    version_.clear();
    if (isVisible()) fetchList();
}

void VersionsPanel::setDraft(const json::object& draft) {
    draft_ = draft;
    if (isVisible()) compare();
}

QString VersionsPanel::text() const {
    return diff_->text();
}

void VersionsPanel::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    fetchList();
}

void VersionsPanel::fetchList() {
    if (name_.isEmpty()) {
        versions_->clear();
        version_.clear();
        return compare();
    }
    session().call(
        "functions.versions", {{"name", toUtf8(name_)}}, this,
        [this, name = name_](const Result<json::value>& reply) {
            const json::value* list =
                reply && reply->is_object() ? reply->get_object().if_contains("versions") : nullptr;
            if (name != name_ || list == nullptr || !list->is_array()) return;
            const QVariant chosen = versions_->currentData();
            const QSignalBlocker quiet{versions_};
            versions_->clear();
            for (const json::value& each : list->get_array()) {
                const json::object& function = each.get_object();
                const std::int64_t version = intMember(function, "version");
                const Time saved = timeFromUs(intMember(function, "updated_at"));
                versions_->addItem(tr("Version %1, saved %2").arg(version).arg(agoText(saved, wallClock())),
                                   QVariant::fromValue<qlonglong>(version));
            }
            const int before = versions_->findData(chosen);
            versions_->setCurrentIndex(before >= 0 ? before : std::min(1, versions_->count() - 1));
            fetchVersion();
        });
}

void VersionsPanel::fetchVersion() {
    const qlonglong version = versions_->currentData().toLongLong();
    if (version <= 0) return;
    session().call("functions.show",
                   {{"name", toUtf8(name_)}, {"version", static_cast<std::int64_t>(version)}}, this,
                   [this, version](const Result<json::value>& reply) {
                       if (version != versions_->currentData().toLongLong()) return;
                       version_ = reply && reply->is_object() ? reply->get_object() : json::object{};
                       compare();
                   });
}

void VersionsPanel::compare() {
    restore_->setEnabled(!version_.empty());
    if (version_.empty()) {
        diff_->setText({});
        summary_->setText(name_.isEmpty() ? tr("It has not been saved yet.") : QString{});
        return;
    }
    const auto lines = diffLines(wholeText(version_), wholeText(draft_));
    QStringList text;
    int added = 0;
    int removed = 0;
    for (const DiffLine& line : lines) {
        const QChar mark = line.kind == DiffLine::Kind::Same    ? u' '
                           : line.kind == DiffLine::Kind::Added ? u'+'
                                                                : u'-';
        text.append(QString{mark} + u' ' + line.text);
        added += line.kind == DiffLine::Kind::Added ? 1 : 0;
        removed += line.kind == DiffLine::Kind::Removed ? 1 : 0;
    }
    diff_->setText(text.join(u'\n'));
    diff_->markDifferences();
    summary_->setText(added + removed == 0
                          ? tr("The same as in the editor")
                          : tr("The editor has %1 more and %2 fewer lines").arg(added).arg(removed));
}

}  // namespace dogwatch::gui
