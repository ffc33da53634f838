// The control plane's core as it runs, on a journal of its own, while the clock and the disk misbehave.
#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>
#include <memory>
#include <vector>

#include "core/control/sequencer.h"
#include "core/journal/reader.h"

using namespace dogwatch;
using namespace dogwatch::control;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

/// Both clocks of a machine, which the test moves.
class TestClock final : public Clock {
 public:
    Time now() override { return steady_.read(wall, monotonic); }
    bool jumped() override {
        now();
        return steady_.takeJump();
    }
    void continueFrom(Time last) override {
        now();
        steady_.continueFrom(last);
    }
    void pass(Duration time) {
        wall += time;
        monotonic += time;
    }

    Time wall = timeFromUs(1'700'000'000'000'000);
    Duration monotonic{seconds{1000}};

 private:
    SteadyTime steady_;
};

/// Takes everything and says nothing of it.
class SilentBackend final : public dispatch::Backend {
 public:
    void setListener(dispatch::BackendListener* /*listener*/) override {}
    bool offer(const Invocation& invocation) override {
        offered.push_back(invocation.execution);
        return true;
    }
    void cancel(std::string_view /*execution*/) override {}
    std::vector<std::string> offered;
};

Metaevent metaevent(const char* text) {
    return *metaeventFromJson(*parseJson(text));
}

const char* const kSilence =
    R"({"metaevent":"silence","when":{"absent":{"event":"custom.beat"},"for":"10m"},"jobs":[{"run":"page"}],
        "fire":{"repeat":"10m"}})";

/// One life of it.
class Plane : public QObject {
 public:
    Plane(TestClock& clock, const std::string& directory) : clock_(clock) {
        writer_ =
            *journal::Writer::open({directory, "boot", milliseconds{20}}, [this](std::function<void()> work) {
                QMetaObject::invokeMethod(this, std::move(work), Qt::QueuedConnection);
            });
        clock.continueFrom(writer_->opened().lastTime);
        dispatcher_ = std::make_unique<dispatch::Dispatcher>(backend, [this] { return ++random_; });
        sequencer = std::make_unique<Sequencer>(
            clock, *dispatcher_, *writer_,
            Timeline(engine::Engine(), writer_->opened().lastSeq, writer_->opened().lastTime));
        sequencer->start([this](Turn& turn) {
            Function page;
            page.name = "page";
            page.maxAge = hours{1000};
            dispatcher_->setFunction(std::make_shared<const Function>(page), turn.now, turn.changes);
        });
    }
    ~Plane() override {
        sequencer->stop();
        writer_.reset();
    }

    /// Lets the time pass and everything that follows become durable.
    void pass(Duration time) {
        clock_.pass(time);
        settle();
    }
    void settle() {
        bool durable = false;
        sequencer->turn([&](Turn& turn) {
            turn.timeline.advance(turn.now, turn.output);
            turn.whenDurable.emplace_back([&](const Result<void>& /*result*/) { durable = true; });
        });
        QTRY_VERIFY(durable);
    }
    void append(const char* event) {
        sequencer->turn([event](Turn& turn) {
            Record record;
            record.event = event;
            turn.append(std::move(record));
        });
        settle();
    }
    void define(const char* text) {
        sequencer->turn([text](Turn& turn) {
            static_cast<void>(turn.timeline.define(metaevent(text), 1, turn.now, turn.output));
        });
        settle();
    }

    SilentBackend backend;
    std::unique_ptr<Sequencer> sequencer;

 private:
    TestClock& clock_;
    std::unique_ptr<journal::Writer> writer_;
    std::unique_ptr<dispatch::Dispatcher> dispatcher_;
    std::uint64_t random_ = 0;
};

}  // namespace

class TestSequencer : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void init() { folder_ = std::make_unique<QTemporaryDir>(); }

    void setBackByHoursItStillMissesWhatIsMissing() {
        TestClock clock;
        Plane plane(clock, directory());
        plane.define(kSilence);
        plane.append("custom.beat");
        clock.wall -= hours{5};
        plane.pass(minutes{5});
        QCOMPARE(fired().size(), std::size_t{0});
        plane.pass(minutes{7});  // a tenth slower than it should be, no more
        QCOMPARE(fired().size(), std::size_t{1});
        QCOMPARE(plane.backend.offered.size(), std::size_t{1});
        neverGoesBack();
    }

    void setForwardByHoursItsFiringsAreLateAndOnlyTheLastActs() {
        TestClock clock;
        Plane plane(clock, directory());
        plane.define(kSilence);
        plane.append("custom.beat");
        clock.wall += hours{3} + seconds{1};
        plane.settle();
        const auto firings = fired();
        QCOMPARE(firings.size(), std::size_t{18});  // at once, and every ten minutes
        QVERIFY(
            std::all_of(firings.begin(), firings.end(), [](const Firing& firing) { return firing.late; }));
        QCOMPARE(plane.backend.offered.size(), std::size_t{1});
        plane.pass(minutes{10});
        QVERIFY(!fired().front().late);
        QCOMPARE(plane.backend.offered.size(), std::size_t{2});
        neverGoesBack();
    }

    void asleepForAnHourItsFiringsAreLate() {
        TestClock clock;
        Plane plane(clock, directory());
        plane.define(kSilence);
        plane.append("custom.beat");
        clock.wall += hours{1} + seconds{1};  // the monotonic clock stands still while the machine sleeps
        plane.append("custom.beat");
        const auto firings = fired();
        QCOMPARE(firings.size(), std::size_t{6});
        QVERIFY(firings.front().late && firings.back().late);
        QCOMPARE(plane.backend.offered.size(), std::size_t{1});
        neverGoesBack();
    }

    /// Whether a record of it is durable, on its way to the disk, or of the same turn.
    void evidenceIsTheWholeRecord() {
        TestClock clock;
        Plane plane(clock, directory());
        plane.sequencer->setJournal([this](std::int64_t seq) -> std::optional<json::object> {
            const auto page = journal::Reader::open(directory())->records({.afterSeq = seq - 1, .limit = 1});
            return toJson(page->records.front());
        });
        plane.define(
            R"({"metaevent":"five","when":{"count":{"event":"custom.beat"},"within":"1h","is":[">=",5]}})");
        const auto beats = [&plane](std::vector<int> numbers) {
            plane.sequencer->turn([numbers = std::move(numbers)](Turn& turn) {
                for (const int number : numbers) {
                    Record record;
                    record.event = "custom.beat";
                    record.fields["n"] = number;
                    turn.append(std::move(record));
                }
            });
        };
        beats({1});
        plane.sequencer->turn([](Turn& turn) {  // so many that the first is no longer at hand
            for (int i = 0; i < 5000; ++i) {
                Record record;
                record.event = "custom.other";
                turn.append(std::move(record));
            }
        });
        plane.settle();
        beats({0});
        plane.settle();  // durable, and at hand
        beats({2});
        beats({3, 4});
        plane.settle();
        const auto firings = fired();
        QCOMPARE(firings.size(), std::size_t{1});
        std::vector<std::int64_t> numbers;
        for (const auto& record : firings.front().evidence)
            numbers.push_back(intMember(record.as_object(), "n"));
        QCOMPARE(numbers, (std::vector<std::int64_t>{1, 0, 2, 3, 4}));
    }

    void startedWithTheClockSetBackItGoesOn() {
        TestClock clock;
        {
            Plane plane(clock, directory());
            plane.append("custom.beat");
        }
        TestClock later;
        later.wall = clock.wall - hours{8};
        Plane plane(later, directory());
        plane.define(kSilence);
        plane.pass(minutes{12});
        QCOMPARE(fired().size(), std::size_t{1});
        neverGoesBack();
    }

 private:
    [[nodiscard]] std::string directory() const { return folder_->path().toStdString(); }
    [[nodiscard]] std::vector<Firing> fired() const {
        return *journal::Reader::open(directory())->firings({.limit = 1000});
    }
    void neverGoesBack() const {
        const auto page = *journal::Reader::open(directory())->records({.limit = 10'000});
        std::int64_t seq = 0;
        Time time{};
        for (const auto& record : page.records) {
            QCOMPARE(record.seq, ++seq);
            QVERIFY(record.time >= time);
            time = record.time;
        }
    }

    std::unique_ptr<QTemporaryDir> folder_;
};

QTEST_GUILESS_MAIN(TestSequencer)
#include "tst_sequencer.moc"
