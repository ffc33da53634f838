// JSON in and out: strict, bounded, exact.
#include <QtTest>

#include "core/model/json.h"
#include "tests/model/model_data.h"

using namespace dogwatch;
using dogwatch::test::toQt;

class TestJson : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void numbersStayTheSame_data() {
        QTest::addColumn<double>("number");
        for (const double number :
             {0.1, 0.1 + 0.2, 1e23, 5e-324, 1.7976931348623157e308, 2.0516627292152302e-283,
              1.7161392603081718e277, 123456789.123456789, 1e15, -0.5, 1.0 / 3}) {
            QTest::newRow(qPrintable(QString::number(number, 'g', 17))) << number;
        }
    }
    void numbersStayTheSame() {
        QFETCH(const double, number);
        const auto read = parseJson(toJson(json::value(number)));
        QVERIFY(read.has_value());
        QCOMPARE(read->to_number<double>(), number);
        const auto padded = parseJson("[" + toJson(json::value(number)) + " ]");
        QCOMPARE(padded->as_array()[0].to_number<double>(), number);
    }

    void writesNumbersAsPeopleDo() {
        QCOMPARE(toQt(toJson(json::value(0.5))), QStringLiteral("0.5"));
        QCOMPARE(toQt(toJson(json::value(3.0))), QStringLiteral("3"));
        QCOMPARE(toQt(toJson(json::value(9007199254740993))), QStringLiteral("9007199254740993"));
        QCOMPARE(toQt(toJson(json::value(1e6))), QStringLiteral("1000000"));
        QCOMPARE(toQt(toJson(json::value(-0.00012))), QStringLiteral("-0.00012"));
        QCOMPARE(toQt(toJson(json::value(1e-300))), QStringLiteral("1e-300"));
    }

    void manyNumbersInOneText() {
        QCOMPARE(toQt(toJson(*parseJson("[1.5, 2.25,3,-4.125e1,0.1 ]"))),
                 QStringLiteral("[1.5,2.25,3,-41.25,0.1]"));
    }

    void refuses_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("place");
        QTest::newRow("nothing") << ""
                                 << "line 1, column 1";
        QTest::newRow("cut off") << "{\"a\": 1"
                                 << "line 1, column 8";
        QTest::newRow("a comma too many") << "[1,\n 2,\n ]"
                                          << "line 3, column 2";
        QTest::newRow("two values") << "1 2"
                                    << "line 1, column 3";
        QTest::newRow("a leading zero") << "01"
                                        << "line 1, column 2";
        QTest::newRow("no number at all") << "NaN"
                                          << "line 1, column 1";
        QTest::newRow("too large a number") << "1e400"
                                            << "line 1";
        QTest::newRow("half a surrogate pair") << "\"\\ud800\""
                                               << "line 1";
        QTest::newRow("a comment") << "[1] // one"
                                   << "line 1, column 5";
        QTest::newRow("a control character") << "\"\n\""
                                             << "line 1, column 2";
    }
    void refuses() {
        QFETCH(const QString, text);
        QFETCH(const QString, place);
        const auto value = parseJson(text.toStdString());
        QVERIFY(!value);
        QVERIFY2(toQt(value.error().text()).contains(place), value.error().text().c_str());
    }

    void refusesBytesThatAreNoUtf8() { QVERIFY(!parseJson("\"\xff\"")); }

    void keepsToItsBounds() {
        QVERIFY(parseJson("[[1]]", {.bytes = 5, .depth = 2}));
        QVERIFY(!parseJson("[[1] ]", {.bytes = 5, .depth = 2}));
        QVERIFY(!parseJson("[[[1]]]", {.bytes = 64, .depth = 2}));
        QVERIFY(!parseJson(std::string(100'000, '[')));
    }

    void longStringsAndKeysComeWhole() {
        const std::string text(100'000, 'x');
        const auto value = parseJson("{\"" + text + "\": \"" + text + "\\u00e9\"}");
        QVERIFY(value.has_value());
        QCOMPARE(value->as_object().at(text).as_string().size(), text.size() + 2);
    }

    void prettyTextReadsBack() {
        const auto value = test::parsed(R"({"a": [1, {"b": null}, []], "c": {}, "d": "\u00e9\n"})");
        const std::string pretty = toPrettyJson(value);
        QCOMPARE(toQt(pretty), toQt("{\n  \"a\": [\n    1,\n    {\n      \"b\": null\n    },\n    []\n  ],\n"
                                    "  \"c\": {},\n  \"d\": \"\xc3\xa9\\n\"\n}"));
        QVERIFY(*parseJson(pretty) == value);
    }
};

QTEST_APPLESS_MAIN(TestJson)
#include "tst_json.moc"
