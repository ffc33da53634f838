#include "core/http/metrics.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>

namespace dogwatch::http {
namespace {

constexpr double kUsPerSecond = 1e6;

/// A label's value, in quotes.
std::string labelValue(std::string_view text) {
    std::string result = "\"";
    for (const char c : text) {
        if (c == '\\' || c == '"') result += '\\';
        if (c == '\n') {
            result += "\\n";
        } else {
            result += c;
        }
    }
    return result + '"';
}

void head(std::string& out, const char* name, const char* type, const char* help) {
    fmt::format_to(std::back_inserter(out), "# HELP {0} {2}\n# TYPE {0} {1}\n", name, type, help);
}

template <typename Number>
void gauge(std::string& out, const char* name, const char* help, Number value) {
    head(out, name, "gauge", help);
    fmt::format_to(std::back_inserter(out), "{} {}\n", name, value);
}

void counters(std::string& out, const char* name, const char* help, const char* second,
              const std::map<std::pair<std::string, std::string>, std::uint64_t>& counts) {
    head(out, name, "counter", help);
    for (const auto& [labels, count] : counts) {
        fmt::format_to(std::back_inserter(out), "{}{{function={},{}={}}} {}\n", name,
                       labelValue(labels.first), second, labelValue(labels.second), count);
    }
}

void counters(std::string& out, const char* name, const char* help, const char* label,
              const std::map<std::string, std::uint64_t>& counts) {
    head(out, name, "counter", help);
    for (const auto& [value, count] : counts) {
        fmt::format_to(std::back_inserter(out), "{}{{{}={}}} {}\n", name, label, labelValue(value), count);
    }
}

Duration us(const Record& record, const char* field) {
    return Duration{intMember(record.fields, field)};
}

}  // namespace

void Histogram::observe(Duration value) {
    const auto seconds = static_cast<double>(value.count()) / kUsPerSecond;
    const auto bucket = std::lower_bound(kBounds.begin(), kBounds.end(), seconds) - kBounds.begin();
    ++counts_[static_cast<std::size_t>(bucket)];
    sum_ += value;
}

void Histogram::render(std::string& out, const std::string& name, const std::string& labels) const {
    const auto to = std::back_inserter(out);
    const std::string before = labels.empty() ? "" : labels + ",";
    const std::string alone = labels.empty() ? "" : "{" + labels + "}";
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < kBounds.size(); ++i) {
        sum += counts_[i];
        fmt::format_to(to, "{}_bucket{{{}le=\"{}\"}} {}\n", name, before, kBounds[i], sum);
    }
    sum += counts_.back();
    fmt::format_to(to, "{}_bucket{{{}le=\"+Inf\"}} {}\n", name, before, sum);
    fmt::format_to(to, "{}_sum{} {}\n", name, alone, static_cast<double>(sum_.count()) / kUsPerSecond);
    fmt::format_to(to, "{}_count{} {}\n", name, alone, sum);
}

void Metrics::count(const Record& record) {
    ++records_;
    const std::string_view event = record.event;
    const std::string function{record.function()};
    if (event == "execution.succeeded" || event == "execution.failed") {
        ++executions_[{function, event == "execution.failed" ? "failed" : "succeeded"}];
        functions_[function].duration.observe(us(record, "duration_us"));
    } else if (event == "execution.dropped") {
        ++executions_[{function, "dropped"}];
    } else if (event == "execution.started") {
        functions_[function].queue.observe(us(record, "queue_us"));
        functions_[function].init.observe(us(record, "init_us"));
    } else if (event == "execution.throttled") {
        ++throttles_[{function, std::string{stringMember(record.fields, "reason")}}];
    } else if (event == "metaevent.fired") {
        ++firings_[std::string{stringMember(record.fields, "metaevent")}];
    } else if (event == "vm.lost") {
        ++lostVms_[std::string{stringMember(record.fields, "reason")}];
    } else if (event == "function.deleted") {
        forget(function);
    } else if (event == "metaevent.removed") {
        firings_.erase(std::string{stringMember(record.fields, "metaevent")});
    }
}

/// Names come and go; series of those that are gone would only pile up.
void Metrics::forget(const std::string& function) {
    functions_.erase(function);
    const auto isOfIt = [&](const auto& entry) { return entry.first.first == function; };
    std::erase_if(executions_, isOfIt);
    std::erase_if(throttles_, isOfIt);
}

void Metrics::renderHistograms(std::string& out) const {
    const auto each = [&](const char* name, const char* help, Histogram PerFunction::*member) {
        head(out, name, "histogram", help);
        for (const auto& [function, histograms] : functions_) {
            (histograms.*member).render(out, name, "function=" + labelValue(function));
        }
    };
    each("dogwatch_execution_duration_seconds", "Wall time of the user's code, each attempt.",
         &PerFunction::duration);
    each("dogwatch_execution_queue_seconds", "From being ready to run until the code began.",
         &PerFunction::queue);
    each("dogwatch_execution_init_seconds", "Preparing the VM and the code.", &PerFunction::init);
}

std::string Metrics::render(const Gauges& gauges) const {
    std::string out;
    head(out, "dogwatch_build_info", "gauge", "Which Dogwatch this is and how it runs VMs; always 1.");
    out += fmt::format("dogwatch_build_info{{version={},accelerator={}}} 1\n", labelValue(gauges.version),
                       labelValue(gauges.accelerator));
    gauge(out, "dogwatch_start_time_seconds", "When the control plane began, since the epoch.",
          static_cast<double>(toUs(gauges.startedAt)) / kUsPerSecond);
    gauge(out, "dogwatch_accepting", "Whether requests are accepted: 1, or 0 while stopping or out of disk.",
          gauges.accepting ? 1 : 0);
    counters(out, "dogwatch_executions_total", "Attempts that ended, and executions that were dropped.",
             "outcome", executions_);
    renderHistograms(out);
    counters(out, "dogwatch_throttled_total", "Requests refused or held back by a limit.", "reason",
             throttles_);
    gauge(out, "dogwatch_queue_depth", "Executions that wait.", gauges.queued);
    gauge(out, "dogwatch_executions_running", "Executions that run.", gauges.running);
    head(out, "dogwatch_vms", "gauge", "Virtual machines by state.");
    for (const auto& [state, count] : gauges.vms) {
        out += fmt::format("dogwatch_vms{{state={}}} {}\n", labelValue(state), count);
    }
    gauge(out, "dogwatch_vms_limit", "Virtual machines there may be at once.", gauges.mostVms);
    counters(out, "dogwatch_vms_lost_total", "Virtual machines that died unasked.", "reason", lostVms_);
    counters(out, "dogwatch_firings_total", "Firings of metaevents.", "metaevent", firings_);
    head(out, "dogwatch_records_total", "counter", "Records that became durable.");
    out += fmt::format("dogwatch_records_total {}\n", records_);
    gauge(out, "dogwatch_journal_last_seq", "The newest durable record.", gauges.lastSeq);
    gauge(out, "dogwatch_journal_size_bytes", "Bytes of the journal on disk.", gauges.journalBytes);
    head(out, "dogwatch_journal_commit_seconds", "histogram",
         "From a decision until the journal would survive "
         "a power cut with it.");
    commits_.render(out, "dogwatch_journal_commit_seconds", "");
    return out;
}

}  // namespace dogwatch::http
