#include "gui/notifications.h"

#include <QWidget>
#include <algorithm>
#include <utility>

#include "gui/models/table_models.h"
#include "gui/models/text.h"

namespace dogwatch::gui {
namespace {
using namespace Qt::StringLiterals;
constexpr int kPauseMs = 5000;
}  // namespace

void NoticeModel::add(Notice notice) {
    beginInsertRows({}, 0, 0);
    notices_.push_front(std::move(notice));
    endInsertRows();
    if (rowCount() <= kMost) return;
    beginRemoveRows({}, kMost, rowCount() - 1);
    notices_.resize(kMost);
    endRemoveRows();
}

int NoticeModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(notices_.size());
}

QVariant NoticeModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const Notice& notice = at(index.row());
    switch (role) {
        case Qt::DisplayRole:
        case Qt::ToolTipRole:
            return u"%1  %2\n%3"_s.arg(clockText(notice.time, wallClock()), notice.metaevent, notice.words);
        case KeyRole: return notice.metaevent;
        case IconRole: return u"bell"_s;
        case ToneRole: return static_cast<int>(Tone::Neutral);
        default: return {};
    }
}

Notifications::Notifications(const Theme& theme, QWidget* window)
    : QObject(window), theme_(theme), window_(window) {
    pause_.setSingleShot(true);
    pause_.setInterval(kPauseMs);
    connect(&pause_, &QTimer::timeout, this, &Notifications::flush);
    if (QSystemTrayIcon::isSystemTrayAvailable()) makeTray();
}

void Notifications::makeTray() {
    menu_ = std::make_unique<QMenu>();
    menu_->addAction(tr("Open Dogwatch"), this, &Notifications::windowWanted);
    menu_->addAction(tr("Quit the console"), this, &Notifications::quitWanted);
    tray_ = std::make_unique<QSystemTrayIcon>(QIcon{u":/icons/dogwatch.svg"_s});
    tray_->setToolTip(tr("Dogwatch"));
    tray_->setContextMenu(menu_.get());
    connect(tray_.get(), &QSystemTrayIcon::activated, this, &Notifications::windowWanted);
    connect(tray_.get(), &QSystemTrayIcon::messageClicked, this, [this] {
        Q_EMIT windowWanted();
        Q_EMIT metaeventChosen(lastTold_);
    });
    tray_->show();
}

void Notifications::tell(const QString& metaevent, const QString& words) {
    model_.add({wallClock(), metaevent, words});
    Q_EMIT unreadChanged(++unread_);
    lastTold_ = metaevent;
    if (!tray_) return;
    pending_.append(metaevent + u": "_s + words);
    if (!pause_.isActive()) flush();
}

void Notifications::flush() {
    if (pending_.isEmpty()) return;
    const QStringList told = std::exchange(pending_, {});
    QString text = told.first(std::min<qsizetype>(told.size(), 3)).join(u'\n');
    if (told.size() > 3) text += u'\n' + tr("and %n more", nullptr, static_cast<int>(told.size()) - 3);
    tray_->showMessage(tr("A metaevent fired"), text,
                       QIcon{theme_.pixmap(u"bell"_s, theme_.colors().bad, 32, 2.0)});
    pause_.start();
}

void Notifications::markRead() {
    if (unread_ == 0) return;
    unread_ = 0;
    Q_EMIT unreadChanged(0);
}

}  // namespace dogwatch::gui
