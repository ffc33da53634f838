#include "tests/docs/pages.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>

namespace dogwatch::docs {

using namespace Qt::StringLiterals;

QString sourceDir() {
    return QStringLiteral(DOGWATCH_SOURCE_DIR);
}

QStringList pages() {
    QStringList found{u"README.md"_s, u"CONTRIBUTING.md"_s};
    const QDir root{sourceDir()};
    for (QDirIterator files{root.filePath(u"docs"_s), {u"*.md"_s}, QDir::Files, QDirIterator::Subdirectories};
         files.hasNext();)
        found += root.relativeFilePath(files.next());
    found.sort();
    return found;
}

QString content(const QString& page) {
    QFile file{QDir{sourceDir()}.filePath(page)};
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString{};
}

QStringList anchors(const QString& text) {
    static const QRegularExpression heading{u"^#+ (.+)$"_s, QRegularExpression::MultilineOption};
    static const QRegularExpression dropped{u"[^\\w\\- ]"_s, QRegularExpression::UseUnicodePropertiesOption};
    QStringList found;
    for (auto match = heading.globalMatch(text); match.hasNext();)
        found += match.next().captured(1).toLower().remove(dropped).replace(u' ', u'-');
    return found;
}

QList<Link> links(const QString& text) {
    static const QRegularExpression link{u"\\[([^\\]]*)\\]\\(([^)\\s]+)\\)"_s};
    static const QRegularExpression code{u"`[^`]*`"_s};
    QList<Link> found;
    bool fenced = false;
    int number = 0;
    // Text within code is blanked; a link may be broken over two lines.
    QString prose;
    for (QString line : text.split(u'\n')) {
        if (line.startsWith(u"```"_s)) fenced = !fenced;
        if (fenced || line.startsWith(u"    "_s)) line.clear();
        prose += line.remove(code) + u'\n';
    }
    for (auto match = link.globalMatch(prose); match.hasNext();) {
        const auto each = match.next();
        number = static_cast<int>(prose.left(each.capturedStart()).count(u'\n')) + 1;
        found.append({each.captured(1), each.captured(2), number});
    }
    return found;
}

QList<Commands> commands(const QString& text) {
    const QStringList lines = text.split(u'\n');
    QList<Commands> found;
    const auto block = [&lines](qsizetype begin) {
        QString inside;
        for (qsizetype i = begin; i < lines.size() && lines[i] != u"```"_s; ++i) inside += lines[i] + u'\n';
        return inside;
    };
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (lines[i] != u"```sh"_s) continue;
        Commands each{.line = static_cast<int>(i) + 1, .script = block(i + 1), .prints = {}};
        i += each.script.count(u'\n') + 1;
        qsizetype next = i + 1;
        while (next < lines.size() && lines[next].isEmpty()) ++next;
        if (next < lines.size() && lines[next] == u"```text"_s) each.prints = block(next + 1);
        found += each;
    }
    return found;
}

bool matches(const QString& expected, const QString& said) {
    QString pattern = QRegularExpression::escape(expected.trimmed());
    pattern.replace(QRegularExpression::escape(u"…"_s), u".*"_s);
    const QRegularExpression whole{QRegularExpression::anchoredPattern(pattern),
                                   QRegularExpression::DotMatchesEverythingOption};
    return whole.match(said.trimmed()).hasMatch();
}

}  // namespace dogwatch::docs
