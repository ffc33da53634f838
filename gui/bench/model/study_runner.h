// StudyRunner: runs studies beside the window. The latest request wins: firings first, then the moment under
// the cursor, then how the conditions stood; what an edit leaves as it was is not computed again.
//
// Thread: the GUI's; one of its own does the work, and ends with it.
#pragma once

#include <QObject>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "gui/bench/model/study.h"
#include "gui/bench/model/test_case.h"

namespace dogwatch::gui::bench {

struct StudyRequest {
    std::int64_t ordinal = 0;  ///< of the edit that it is for; answers bear it
    std::int64_t scopeVersion = 0;
    Scope scope;
    Subject subject;
    std::optional<Metaevent> applied;  ///< what firings are compared with
    std::vector<TestCase> cases;
    engine::TraceOptions trace;
    std::optional<Question> question;
};

struct FiringsAnswer {
    std::int64_t ordinal = 0;
    std::vector<BenchFiring> firings;  ///< those lost included
    std::vector<CaseResult> cases;
    bool isCompared = false;
    double milliseconds = 0;  ///< it took
};

class StudyRunner final : public QObject {
    Q_OBJECT
 public:
    explicit StudyRunner(QObject* parent = nullptr);
    ~StudyRunner() override;

    void ask(StudyRequest request);
    /// Nothing is wanted; what is under way ends.
    void forget();

 Q_SIGNALS:
    void firingsFound(const std::shared_ptr<const dogwatch::gui::bench::FiringsAnswer>& answer);
    void explained(std::int64_t ordinal, const dogwatch::json::object& explanation);
    void traced(std::int64_t ordinal, const std::shared_ptr<const dogwatch::engine::MetaeventTrace>& trace);
    /// Fields are read from the records, which takes a while the first time.
    void reading(double share);
    void failed(const QString& sentence);

 private:
    /// What the answers that were given last were made from.
    struct Done {
        std::string firings;
        std::string applied;
        std::string question;
        std::string trace;
    };
    void work();
    void serve(const StudyRequest& request);
    bool readColumns(const StudyRequest& request);
    bool findFirings(const StudyRequest& request, const std::string& about);
    void explain(const StudyRequest& request, const std::string& about);
    void trace(const StudyRequest& request, const std::string& about);
    /// A later request waits, or the end.
    [[nodiscard]] bool isOvertaken();
    /// The same once this one has had its time: while someone drags, each answer shall still be seen.
    [[nodiscard]] bool isOvertakenLate();
    void fail(const Error& error);
    template <typename Tell>
    void tell(Tell told);

    std::mutex mutex_;
    std::condition_variable wake_;
    std::optional<StudyRequest> next_;
    bool ending_ = false;
    bool forgotten_ = false;

    // Of the worker alone.
    Done done_;
    std::vector<BenchFiring> appliedFirings_;
    std::chrono::steady_clock::time_point begun_;

    std::thread thread_;
};

}  // namespace dogwatch::gui::bench
