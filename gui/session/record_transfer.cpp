#include "gui/session/record_transfer.h"

#include <QFileInfo>

#include "gui/models/faults.h"
#include "gui/models/language.h"
#include "gui/models/text.h"

namespace dogwatch::gui {
namespace {
using namespace Qt::StringLiterals;
constexpr std::int64_t kRecordsAtOnce = 2000;
constexpr int kLines = 1000;
}  // namespace

void RecordTransfer::cancel() {
    end(tr("Cancelled; records so far: %1.").arg(countText(count_)));
}

void RecordTransfer::end(const QString& fault) {
    if (std::exchange(over_, true)) return;
    Q_EMIT finished(fault);
}

// ---- export

RecordExport::RecordExport(ControlPlaneSession& session, const QString& path, QObject* parent)
    : RecordTransfer(session, parent), file_(path) {}

void RecordExport::setSelection(const QString& event, const QString& function) {
    if (!event.isEmpty()) params_["event"] = toUtf8(event);
    if (!function.isEmpty()) params_["function"] = toUtf8(function);
}

void RecordExport::start() {
    if (!file_.open(QIODevice::WriteOnly))
        return end(tr("%1 cannot be written: %2.").arg(file_.fileName(), file_.errorString()));
    session_.scope().restrict(params_, wallClock());
    params_["limit"] = kRecordsAtOnce;
    session_.call("hello", {}, this, [this](const Result<json::value>& reply) {
        const json::value* journal =
            reply && reply->is_object() ? reply->get_object().if_contains("journal") : nullptr;
        if (journal != nullptr && journal->is_object()) last_ = intMember(journal->get_object(), "last_seq");
        ask();
    });
}

void RecordExport::ask() {
    if (isOver()) return;
    session_.call("records.list", params_, this, [this](const Result<json::value>& reply) {
        if (isOver()) return;
        if (!reply) return end(faultText(reply.error()));
        if (reply->is_object()) take(reply->get_object());
    });
}

void RecordExport::take(const json::object& page) {
    const json::value* records = page.if_contains("records");
    if (records == nullptr || !records->is_array()) return end(tr("The control plane gave no records."));
    std::int64_t seq = 0;
    for (const json::value& record : records->get_array()) {
        const std::string line = toJson(record) + '\n';
        if (file_.write(line.data(), static_cast<qint64>(line.size())) < 0)
            return end(tr("%1 cannot be written: %2.").arg(file_.fileName(), file_.errorString()));
        if (record.is_object()) seq = intMember(record.get_object(), "seq");
        if (first_ == 0) first_ = seq;
        ++count_;
    }
    const auto span = static_cast<double>(std::max<std::int64_t>(last_ - first_, 1));
    Q_EMIT progressed(count_, std::clamp(static_cast<double>(seq - first_) / span, 0.0, 1.0));
    params_["after_seq"] = seq;
    if (boolMember(page, "more")) return ask();
    end(file_.commit() ? QString{}
                       : tr("%1 cannot be written: %2.").arg(file_.fileName(), file_.errorString()));
}

// ---- import

RecordImport::RecordImport(ControlPlaneSession& session, const QString& path, QObject* parent)
    : RecordTransfer(session, parent), file_(path) {}

void RecordImport::start() {
    if (!file_.open(QIODevice::ReadOnly))
        return end(tr("%1 cannot be read: %2.").arg(file_.fileName(), file_.errorString()));
    send();
}

void RecordImport::send() {
    if (isOver()) return;
    json::array records;
    const std::int64_t begin = line_ + 1;
    while (!file_.atEnd() && std::ssize(records) < kLines) {
        const QByteArray text = file_.readLine().trimmed();
        ++line_;
        if (text.isEmpty()) continue;
        auto value = parseJson({text.constData(), static_cast<std::size_t>(text.size())}, {}, grammar());
        if (!value) return end(tr("Line %1 is no JSON: %2").arg(line_).arg(fromUtf8(value.error().message)));
        records.push_back(std::move(*value));
    }
    if (records.empty()) return end({});
    const auto sent = std::ssize(records);
    session_.call(
        "records.import", {{"records", std::move(records)}}, this,
        [this, sent, begin](const Result<json::value>& reply) {
            if (isOver()) return;
            if (!reply)
                return end(
                    tr("From line %1 on nothing was taken: %2").arg(begin).arg(faultText(reply.error())));
            count_ += sent;
            Q_EMIT progressed(count_, static_cast<double>(file_.pos()) /
                                          static_cast<double>(std::max<qint64>(file_.size(), 1)));
            send();
        });
}

}  // namespace dogwatch::gui
