// The real window over a control plane, for tests of the console: how it is opened, and what hands do to it.
#pragma once

#include <QAbstractButton>
#include <QApplication>
#include <QSettings>
#include <QStackedWidget>
#include <QTemporaryDir>
#include <QtTest>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fail_on_warning.h"
#include "gui/main_window.h"
#include "shots.h"

namespace dogwatch::gui {

/// What a test of the console derives from. Its control plane must outlive the window: close() it before.
class Console {
 public:
    Console(const Console&) = delete;
    Console& operator=(const Console&) = delete;

 protected:
    Console() = default;
    ~Console() { close(); }

    /// Anew, over the same settings, connected or not. From the first time on, warnings are kept.
    void open(const std::string& dataDirectory, QSize size = {1280, 800}) {
        close();
        if (!warnings_) warnings_.emplace();
        if (!settings_) {
            settings_ = std::make_unique<QSettings>(folder_.filePath(QStringLiteral("console.ini")),
                                                    QSettings::IniFormat);
        }
        session_ = std::make_unique<ControlPlaneSession>(dataDirectory);
        window_ = std::make_unique<MainWindow>(Workbench{*session_, theme_}, *settings_);
        session_->open(false);
        window_->resize(size);
        window_->show();
        QVERIFY(QTest::qWaitForWindowActive(window_.get()));
    }
    void openConnected(const std::string& dataDirectory, QSize size = {1280, 800}) {
        open(dataDirectory, size);
        QTRY_COMPARE(session_->link(), ControlPlaneSession::Link::Connected);
    }
    void close() {
        window_.reset();
        session_.reset();
    }
    /// In each cleanup().
    void expectNoWarnings() {
        if (warnings_) QCOMPARE(warnings_->take(), QStringList{});
    }

    /// Ctrl+1 and so on.
    void key(Qt::Key page) {
        QApplication::setActiveWindow(window_.get());  // which offscreen nobody does when a dialog closes
        QTRY_COMPARE(QApplication::activeWindow(), window_.get());
        QTest::keyClick(window_.get(), page, Qt::ControlModifier);
        QCOMPARE(mode(), page - Qt::Key_1);  // at once
    }
    [[nodiscard]] int mode() const { return window_->findChild<QStackedWidget*>()->currentIndex(); }
    /// The last button of that name that can be clicked, once there is one.
    void click(const QString& name) const {
        QAbstractButton* found = nullptr;
        const auto find = [&] {
            for (auto* each : window_->findChildren<QAbstractButton*>(name))
                if (each->isVisible() && each->isEnabled()) found = each;
            return found != nullptr;
        };
        QTRY_VERIFY2(find(), qPrintable(name));
        QTest::mouseClick(found, Qt::LeftButton);
    }
    /// See shots.h.
    void save(const QString& name) { shootEach(*window_, theme_, name, {{1440, 900}, {1024, 640}}); }

    std::optional<FailOnWarning> warnings_;
    QTemporaryDir folder_;
    Theme theme_;
    std::unique_ptr<QSettings> settings_;
    std::unique_ptr<ControlPlaneSession> session_;
    std::unique_ptr<MainWindow> window_;
};

}  // namespace dogwatch::gui
