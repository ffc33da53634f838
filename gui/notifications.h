// Notifications: tells of firings, by the desktop's tray where there is one, and keeps the list of what was
// told.
#pragma once

#include <QAbstractListModel>
#include <QMenu>
#include <QSystemTrayIcon>
#include <QTimer>
#include <deque>
#include <memory>

#include "core/model/time.h"
#include "gui/theme/theme.h"

namespace dogwatch::gui {

struct Notice {
    Time time{};
    QString metaevent;
    QString words;
};

/// Latest first, the last few hundred.
class NoticeModel final : public QAbstractListModel {
    Q_OBJECT
 public:
    static constexpr int kMost = 300;
    using QAbstractListModel::QAbstractListModel;
    void add(Notice notice);
    [[nodiscard]] const Notice& at(int row) const { return notices_[static_cast<std::size_t>(row)]; }
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

 private:
    std::deque<Notice> notices_;
};

class Notifications final : public QObject {
    Q_OBJECT
 public:
    Notifications(const Theme& theme, QWidget* window);

    void tell(const QString& metaevent, const QString& words);
    [[nodiscard]] NoticeModel& model() { return model_; }
    [[nodiscard]] int unread() const { return unread_; }
    void markRead();

 Q_SIGNALS:
    void unreadChanged(int count);
    void metaeventChosen(const QString& name);
    void windowWanted();
    void quitWanted();

 private:
    void makeTray();
    void flush();

    const Theme& theme_;
    QWidget* window_;
    NoticeModel model_;
    std::unique_ptr<QMenu> menu_;
    std::unique_ptr<QSystemTrayIcon> tray_;
    QTimer pause_;  ///< between two messages of the tray: a storm is told as one
    QStringList pending_;
    int unread_ = 0;
    QString lastTold_;
};

}  // namespace dogwatch::gui
