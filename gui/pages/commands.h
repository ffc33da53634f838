// What a page shows or does, as command lines of dogwatchctl: exact, quoted for a POSIX shell, to be copied
// into a terminal, a script or a ticket.
#pragma once

#include <QStringList>
#include <string>
#include <vector>

namespace dogwatch::gui {

struct Command {
    QString title;  ///< what it does
    QString line;   ///< several lines where it has input
};

/// A word as a shell takes it: in quotes where it needs them.
QString shellWord(const QString& word);

class CommandLines {
 public:
    /// For the control plane of a data directory.
    explicit CommandLines(const std::string& dataDir);

    void add(const QString& title, const QStringList& words);
    /// With a file named "-" among the words, whose contents are these.
    void add(const QString& title, const QStringList& words, const QString& input);
    [[nodiscard]] const std::vector<Command>& all() const { return all_; }

 private:
    QStringList begin_;
    std::vector<Command> all_;
};

/// Options for the terms of a filter that dogwatchctl has options for: "function:backup" as --function
/// backup.
QStringList filterOptions(const QString& filter, const QStringList& fields);

/// Options of `functions add` and `functions update` for settings, as the API takes them.
QStringList functionOptions(const std::string& settingsJson);

}  // namespace dogwatch::gui
