// subscribe, unsubscribe
#include "core/api/methods.h"

namespace dogwatch::api {
namespace {

constexpr std::int64_t kLargestId = (1LL << 53U) - 1;

void subscribe(const Context& context, Params& params, const Answer& answer) {
    const auto subscription = context.session.subscribe(params);
    if (!subscription) return answer(tl::unexpected(subscription.error()));
    answer(json::value{{"subscription", *subscription},
                       {"last_seq", context.plane.sequencer().lastDurableSeq()}});
}

void unsubscribe(const Context& context, Params& params, const Answer& answer) {
    const auto subscription = params.number("subscription", 0, kLargestId);
    if (const auto fine = params.check(); !fine) return answer(tl::unexpected(fine.error()));
    if (!subscription) return answer(malformed("subscription", "required"));
    if (const auto done = context.session.unsubscribe(*subscription); !done)
        return answer(tl::unexpected(done.error()));
    answer(json::object());
}

}  // namespace

std::vector<Method> watchMethods() {
    return {{"subscribe", {"topics", "after_seq?", "event?", "function?", "execution?", "vm?"}, subscribe},
            {"unsubscribe", {"subscription"}, unsubscribe}};
}

}  // namespace dogwatch::api
