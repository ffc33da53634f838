// The order of things, live and replayed, with the real engine and a clock that the test moves.
#include <QtTest>
#include <algorithm>

#include "core/control/replay.h"
#include "core/control/timeline.h"

using namespace dogwatch;
using control::Replay;
using control::Timeline;
using std::chrono::seconds;

namespace {

constexpr Time kStart = timeFromUs(1'700'000'000'000'000);

Record record(const char* event, const char* function = nullptr) {
    Record result;
    result.event = event;
    if (function != nullptr) result.fields["function"] = function;
    return result;
}

Metaevent metaevent(const char* text) {
    const auto value = parseJson(text);
    return *metaeventFromJson(*value);
}

const char* const kSilence =
    R"({"metaevent":"silence","when":{"absent":{"event":"custom.beat"},"for":"5s"},"jobs":[{"run":"page"}]})";
const char* const kPatient =
    R"({"metaevent":"patient","when":{"absent":{"event":"custom.beat"},"for":"5s"},"downtime":"excluded"})";
const char* const kNoise =
    R"({"metaevent":"noise","when":{"occurs":{"event":"custom.noise"}},"jobs":[{"run":"page"}]})";

}  // namespace

class TestTimeline : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void numbersWithoutGapAndNeverGoesBack() {
        Timeline timeline(engine::Engine(), 41, kStart);
        Timeline::Output output;
        timeline.append(record("custom.a"), kStart - seconds{10}, output);
        timeline.append(record("custom.b"), kStart + seconds{1}, output);
        timeline.append(record("custom.c"), kStart, output);
        QCOMPARE(output.records.size(), std::size_t{3});
        for (std::size_t i = 0; i < 3; ++i)
            QCOMPARE(output.records[i].seq, 42 + static_cast<std::int64_t>(i));
        QVERIFY(output.records[0].time == kStart);
        QVERIFY(output.records[2].time == kStart + seconds{1});
    }

    void deadlinesFireBeforeTheRecordThatCameLater() {
        Timeline timeline(engine::Engine(), 0, kStart);
        Timeline::Output output;
        QVERIFY(timeline.define(metaevent(kSilence), 1, kStart, output).has_value());
        timeline.append(record("custom.beat"), kStart + seconds{60}, output);
        QCOMPARE(events(output),
                 QStringLiteral("metaevent.defined metaevent.fired custom.beat metaevent.cleared"));
        QVERIFY(output.records[1].time == kStart + seconds{5});
        QCOMPARE(output.firings.size(), std::size_t{1});
        QCOMPARE(output.firings[0].seq, output.records[1].seq);
    }

    void recordsComeAfterTheLastTimerStep() {
        Timeline timeline(engine::Engine(), 0, kStart);
        Timeline::Output output;
        QVERIFY(timeline.define(metaevent(kSilence), 1, kStart, output).has_value());
        timeline.advance(kStart + seconds{5}, output);
        timeline.append(record("custom.beat"), kStart + seconds{5}, output);
        const auto beat = std::find_if(output.records.begin(), output.records.end(),
                                       [](const Record& each) { return each.event == "custom.beat"; });
        QVERIFY(beat != output.records.end());
        QVERIFY(beat->time > kStart + seconds{5});
    }

    void ofSeveralLateFiringsOnlyTheLastRunsItsJobs() {
        Timeline timeline(engine::Engine(), 0, kStart);
        Timeline::Output output;
        const char* text = R"({"metaevent":"tick","when":{"absent":{"event":"custom.beat"},"for":"1s"},
                               "fire":{"repeat":"1s"},"jobs":[{"run":"page"}]})";
        QVERIFY(timeline.define(metaevent(text), 1, kStart, output).has_value());
        Timeline::Output late;
        timeline.catchUp(kStart + seconds{10} + std::chrono::milliseconds{1}, late);
        QCOMPARE(late.firings.size(), std::size_t{10});
        for (std::size_t i = 0; i < 10; ++i) {
            QVERIFY(late.firings[i].firing.late);
            QCOMPARE(late.firings[i].firing.jobs.size(), std::size_t{i == 9 ? 1U : 0U});
        }
    }

    void downtimeThatIsLeftOutProlongsWhatIsAwaited() {
        Timeline timeline(engine::Engine(), 0, kStart);
        Timeline::Output output;
        QVERIFY(timeline.define(metaevent(kSilence), 1, kStart, output).has_value());
        QVERIFY(timeline.define(metaevent(kPatient), 1, kStart, output).has_value());
        timeline.append(record("custom.beat"), kStart + seconds{1}, output);
        output = {};
        timeline.catchUp(kStart + seconds{60}, output, Timeline::Down{kStart + seconds{3}, "killed"});
        QCOMPARE(events(output), QStringLiteral("control.down metaevent.fired"));
        QCOMPARE(QString::fromStdString(toJson(output.records[0].fields)),
                 QStringLiteral(R"({"until":1700000060000000,"down_us":57000000,"reason":"killed"})"));
        QCOMPARE(output.firings[0].firing.metaevent, std::string("silence"));
        QVERIFY(output.firings[0].firing.late);

        // 2 of its 5 seconds were over when nobody watched any more: 3 are left.
        timeline.advance(kStart + seconds{63} - std::chrono::microseconds{1}, output);
        QCOMPARE(output.firings.size(), std::size_t{1});
        timeline.advance(kStart + seconds{63}, output);
        QCOMPARE(output.firings.size(), std::size_t{2});
        QCOMPARE(output.firings[1].firing.metaevent, std::string("patient"));
        QVERIFY(!output.firings[1].firing.late);
    }

    void downtimeDoesNotUndoWhatWasDueBefore() {
        Timeline timeline(engine::Engine(), 0, kStart);
        Timeline::Output output;
        QVERIFY(timeline.define(metaevent(kPatient), 1, kStart, output).has_value());
        output = {};
        timeline.catchUp(kStart + seconds{60}, output, Timeline::Down{kStart + seconds{6}, "stopped"});
        QCOMPARE(events(output), QStringLiteral("metaevent.fired control.down"));
        timeline.append(record("custom.beat"), kStart + seconds{61}, output);
        output = {};
        timeline.advance(kStart + seconds{65}, output);
        QVERIFY(output.records.empty());  // a match begins anew: 5 s, and no more
        timeline.advance(kStart + seconds{66}, output);
        QCOMPARE(events(output), QStringLiteral("metaevent.fired"));
    }

    void replayDerivesWhatWasRecorded() {
        const auto lived = live();
        engine::Engine engine;
        Replay replay(engine);
        for (const Record& each : lived.records) QVERIFY(replay.add(each).has_value());
        replay.finish();
        QVERIFY2(replay.divergences() == 0, replay.firstDivergence().c_str());

        // It goes on exactly as if it had never stopped: nothing that was recorded comes again.
        Timeline timeline(std::move(engine), lived.records.back().seq, lived.records.back().time);
        Timeline::Output output;
        timeline.advance(lived.records.back().time, output);
        QVERIFY(output.records.empty());
        timeline.append(record("custom.noise"), lived.records.back().time + seconds{1}, output);
        QCOMPARE(events(output), QStringLiteral("custom.noise metaevent.fired"));
    }

    void replayNoticesWhatDoesNotAgree() {
        auto lived = live();
        std::erase_if(lived.records, [](const Record& each) { return each.event == "custom.noise"; });
        engine::Engine engine;
        Replay replay(engine);
        for (const Record& each : lived.records) QVERIFY(replay.add(each).has_value());
        replay.finish();
        QVERIFY(replay.divergences() > 0);
    }

 private:
    static QString events(const Timeline::Output& output) {
        QStringList result;
        for (const Record& each : output.records) result.append(QString::fromStdString(each.event));
        return result.join(QLatin1Char(' '));
    }

    /// A history with definitions, records and timer steps, which ends with a firing at a timer step.
    static Timeline::Output live() {
        Timeline timeline(engine::Engine(), 0, kStart);
        Timeline::Output output;
        [&] { QVERIFY(timeline.define(metaevent(kSilence), 1, kStart, output).has_value()); }();
        [&] { QVERIFY(timeline.define(metaevent(kNoise), 1, kStart + seconds{1}, output).has_value()); }();
        timeline.append(record("custom.noise"), kStart + seconds{2}, output);
        timeline.append(record("custom.beat"), kStart + seconds{3}, output);
        timeline.append(record("custom.noise"), kStart + seconds{9}, output);
        timeline.setEnabled("silence", 1, false, kStart + seconds{10}, output);
        timeline.setEnabled("silence", 1, true, kStart + seconds{11}, output);
        timeline.advance(kStart + seconds{30}, output);
        return output;
    }
};

QTEST_GUILESS_MAIN(TestTimeline)
#include "tst_timeline.moc"
