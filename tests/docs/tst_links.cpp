// Every link of the documents leads to a file that is there, and to a heading of it where it names one.
#include <QDir>
#include <QFileInfo>
#include <QtTest>

#include "tests/docs/pages.h"

using namespace dogwatch::docs;
using namespace Qt::StringLiterals;

class TestLinks : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void leadSomewhere_data() {
        QTest::addColumn<QString>("page");
        for (const QString& page : pages()) QTest::newRow(qPrintable(page)) << page;
    }

    void leadSomewhere() {
        QFETCH(QString, page);
        const QString text = content(page);
        QVERIFY2(!text.isEmpty(), "the page is missing or empty");
        const QDir folder{QFileInfo{QDir{sourceDir()}.filePath(page)}.path()};
        QStringList faults;
        for (const Link& link : links(text)) {
            if (link.target.contains(u"://"_s)) continue;
            const QString path = link.target.section(u'#', 0, 0);
            const QString anchor = link.target.section(u'#', 1);
            const QString file = path.isEmpty() ? QDir{sourceDir()}.filePath(page) : folder.filePath(path);
            const QString place = u"%1:%2: "_s.arg(page).arg(link.line);
            if (!QFileInfo::exists(file)) {
                faults += place + u"there is no "_s + link.target;
            } else if (!anchor.isEmpty() &&
                       !anchors(content(QDir{sourceDir()}.relativeFilePath(file))).contains(anchor)) {
                faults += place + u"no heading is called #"_s + anchor + u" in "_s + path;
            }
        }
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
    }

    void areFoundAtAll() {
        QCOMPARE(links(u"a [b\nc](d.md#e) `[f](g)`\n    [h](i)\n```\n[j](k)\n```\n![l](m.png)\n"_s).size(),
                 2);
        QCOMPARE(anchors(u"# Why did it *not* fire?\n## `--at` T\n"_s),
                 (QStringList{u"why-did-it-not-fire"_s, u"--at-t"_s}));
        int all = 0;
        for (const QString& page : pages()) all += static_cast<int>(links(content(page)).size());
        QVERIFY2(all > 60, qPrintable(QString::number(all)));
    }
};

QTEST_GUILESS_MAIN(TestLinks)
#include "tst_links.moc"
