#include "gui/bench/model/test_case.h"

#include <QCoreApplication>
#include <algorithm>
#include <utility>

#include "gui/models/text.h"

namespace dogwatch::gui::bench {
namespace {

struct CaseWords {
    Q_DECLARE_TR_FUNCTIONS(CaseWords)
};

json::object encoded(const BenchFiring& firing) {
    json::object line{{"time", firing.time}, {"edge", firing.edge}};
    if (!firing.key.empty()) line["key"] = parseJson(firing.key).value_or(nullptr);
    return line;
}

/// What people expect: when, for which key and on which edge. Which record led to it may differ.
bool agree(const BenchFiring& a, const BenchFiring& b) {
    return a.time == b.time && a.edge == b.edge && a.key == b.key;
}

}  // namespace

json::object TestCase::toJson() const {
    json::array list;
    for (const Record& record : records) list.push_back(dogwatch::toJson(record));
    json::array firings;
    for (const BenchFiring& firing : expected) firings.push_back(encoded(firing));
    return {{"name", name},
            {"from", toUs(from)},
            {"until", toUs(until)},
            {"records", std::move(list)},
            {"expected", std::move(firings)}};
}

Result<TestCase> TestCase::fromJson(const json::value& value) {
    if (!value.is_object()) return malformed({}, toUtf8(CaseWords::tr("a test case, which is an object")));
    const json::object& object = value.get_object();
    TestCase one;
    one.name = stringMember(object, "name");
    one.from = timeFromUs(intMember(object, "from"));
    one.until = timeFromUs(intMember(object, "until"));
    const json::value* records = object.if_contains("records");
    const json::value* expected = object.if_contains("expected");
    if (records == nullptr || !records->is_array())
        return malformed("records", toUtf8(CaseWords::tr("a list of records")));
    if (expected == nullptr || !expected->is_array())
        return malformed("expected", toUtf8(CaseWords::tr("a list of firings")));
    for (const json::value& each : records->get_array()) {
        auto record = recordFromJson(each);
        if (!record) return tl::unexpected(record.error());
        one.records.push_back(*std::move(record));
    }
    for (const json::value& each : expected->get_array()) {
        if (!each.is_object()) return malformed("expected", toUtf8(CaseWords::tr("a list of firings")));
        const json::value* key = each.get_object().if_contains("key");
        BenchFiring firing;
        firing.time = intMember(each.get_object(), "time");
        firing.edge = stringMember(each.get_object(), "edge");
        if (key != nullptr && !key->is_null()) firing.key = dogwatch::toJson(*key);
        one.expected.push_back(std::move(firing));
    }
    return one;
}

std::vector<TestCase> casesIn(const json::value* list) {
    std::vector<TestCase> cases;
    if (list == nullptr || !list->is_array()) return cases;
    for (const json::value& each : list->get_array())
        if (auto read = TestCase::fromJson(each)) cases.push_back(*std::move(read));
    return cases;
}

Result<TestCase> caseOf(std::string name, const Scope& scope, Time from, Time until) {
    TestCase one{.name = std::move(name), .from = from, .until = until, .records = {}, .expected = {}};
    const RecordStore& store = *scope.store;
    const std::size_t first = store.placeOf(toUs(from));
    const std::size_t last = store.placeOf(toUs(until) + 1);
    if (last - first + scope.whatIf.added.size() > TestCase::kMostRecords) {
        return failure(
            Error::Kind::Refused,
            toUtf8(CaseWords::tr("A test case holds at most %1 records, and %2 are in view: zoom in.")
                       .arg(TestCase::kMostRecords)
                       .arg(countText(static_cast<std::int64_t>(last - first)))));
    }
    for (std::size_t place = first; place < last; ++place)
        if (!scope.whatIf.removed.contains(store.entries()[place].seq))
            one.records.push_back(store.record(place));
    for (const Record& record : scope.whatIf.added)
        if (record.time >= from && record.time <= until) one.records.push_back(record);
    std::stable_sort(one.records.begin(), one.records.end(),
                     [](const Record& a, const Record& b) { return a.time < b.time; });
    std::int64_t seq = 0;
    for (Record& record : one.records) record.seq = ++seq;  // its own: what was placed by hand has none
    return one;
}

CaseResult runCase(const Subject& subject, const TestCase& one) {
    Scope scope{std::make_shared<RecordStore>(), one.from, one.until, {}};
    for (const Record& record : one.records) scope.store->append(record);
    scope.store->finish();
    scope.store->addColumns(fieldPathsOf(subject.all()), {});
    auto firings = firingsOf(subject, scope, {});
    CaseResult result;
    if (!firings) {
        result.fault = firings.error().text();
        return result;
    }
    result.firings = *std::move(firings);
    result.passed = std::equal(result.firings.begin(), result.firings.end(), one.expected.begin(),
                               one.expected.end(), agree);
    return result;
}

}  // namespace dogwatch::gui::bench
