// The table of methods says what docs/api.md says.
#include <QFile>
#include <QRegularExpression>
#include <QtTest>
#include <algorithm>

#include "core/api/methods.h"

using dogwatch::api::Method;
using dogwatch::api::methods;

namespace {

struct Row {
    QString name;
    QString params;
};

/// The rows of the section "Methods".
QList<Row> documented() {
    QFile file(QStringLiteral(DOGWATCH_SOURCE_DIR "/docs/api.md"));
    if (!file.open(QIODevice::ReadOnly)) return {};
    const QString section = QString::fromUtf8(file.readAll())
                                .section(QStringLiteral("## Methods"), 1)
                                .section(QStringLiteral("\n## "), 0, 0);
    QList<Row> rows;
    static const QRegularExpression row(QStringLiteral("^\\| `([a-z.]+)` \\|([^|]*)\\|"),
                                        QRegularExpression::MultilineOption);
    for (auto match = row.globalMatch(section); match.hasNext();) {
        const auto each = match.next();
        rows.append({each.captured(1), each.captured(2)});
    }
    return rows;
}

QString text(std::string_view view) {
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

}  // namespace

class TestMethods : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void areThoseOfTheDocument() {
        QStringList inDocument;
        for (const Row& row : documented()) inDocument.append(row.name);
        QStringList inTable;
        for (const Method& method : methods()) inTable.append(text(method.name));
        inDocument.sort();
        inTable.sort();
        QCOMPARE(inTable, inDocument);
    }

    void takeTheParametersOfTheDocument() {
        static const QRegularExpression optional(QStringLiteral("`([a-z_]+\\?)`"));
        for (const Row& row : documented()) {
            const auto method = std::find_if(methods().begin(), methods().end(),
                                             [&](const Method& each) { return text(each.name) == row.name; });
            QVERIFY(method != methods().end());
            QStringList params;
            for (const auto& param : method->params) {
                params.append(text(param));
                const QString written =
                    param == "FUNCTION" ? text(param) : QLatin1Char('`') + text(param) + QLatin1Char('`');
                QVERIFY2(row.params.contains(written),
                         qPrintable(row.name + QStringLiteral(" lacks ") + written));
            }
            for (auto match = optional.globalMatch(row.params); match.hasNext();) {
                const QString param = match.next().captured(1);
                QVERIFY2(params.contains(param), qPrintable(row.name + QStringLiteral(" takes no ") + param));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestMethods)
#include "tst_methods.moc"
