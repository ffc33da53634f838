// The project's documents as tests read them.
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace dogwatch::docs {

/// Paths below the project's folder: README.md, CONTRIBUTING.md and all of docs/.
QStringList pages();
QString sourceDir();
QString content(const QString& page);

/// The anchors of its headings, as they are linked.
QStringList anchors(const QString& text);

struct Link {
    QString text;
    QString target;
    int line = 0;
};
/// Links and images, without those in code.
QList<Link> links(const QString& text);

/// A block of commands (```sh), and what they print (```text right after it) if that is said.
struct Commands {
    int line = 0;
    QString script;
    QString prints;  ///< empty: anything. An ellipsis stands for any text
};
QList<Commands> commands(const QString& text);

/// Whether `said` is what `expected` says.
bool matches(const QString& expected, const QString& said);

}  // namespace dogwatch::docs
