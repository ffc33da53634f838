// docs/conditions.md is what the table of kinds says. DOGWATCH_UPDATE_DOCS=1 writes it anew.
#include <QFile>
#include <QtTest>

#include "gui/canvas/model/node_kinds.h"
#include "gui/canvas/model/reference.h"

using namespace dogwatch::gui::canvas;
using namespace Qt::StringLiterals;

class TestReference : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void isThatOfTheTable() {
        QFile file{QStringLiteral(DOGWATCH_SOURCE_DIR "/docs/conditions.md")};
        const QByteArray made = QByteArray::fromStdString(conditionsReference());
        if (qEnvironmentVariableIsSet("DOGWATCH_UPDATE_DOCS")) {
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(made) == made.size());
            return;
        }
        QVERIFY2(file.open(QIODevice::ReadOnly), "docs/conditions.md is missing");
        QVERIFY2(file.readAll() == made,
                 "docs/conditions.md is out of date: run build/release/tests/tst_reference with "
                 "DOGWATCH_UPDATE_DOCS=1 and commit what it writes");
    }

    void everyConditionHasAnExampleThatMeansSomething() {
        const QString text = QString::fromStdString(conditionsReference());
        for (const NodeKind& kind : nodeKinds()) {
            const QString key = QString::fromLatin1(kind.key.data(), static_cast<qsizetype>(kind.key.size()));
            const QString section = text.section(u"\n### "_s + key + u'\n', 1).section(u"\n### "_s, 0, 0);
            QVERIFY2(section.contains(u"```json\n{"_s), qPrintable(key));
            if (kind.role != Role::Job) QVERIFY2(section.contains(u"It says: *"_s), qPrintable(key));
        }
    }
};

QTEST_GUILESS_MAIN(TestReference)
#include "tst_reference.moc"
