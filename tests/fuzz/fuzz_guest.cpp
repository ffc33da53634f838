// Any bytes from a guest: cut into frames, decoded, judged by the state of the link. Never more is buffered
// than arrived, and what is accepted keeps to the bounds of the protocol.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/model/execution.h"
#include "vmpool/guest_protocol.h"
#include "vmpool/guest_session.h"
#include "vmpool/utf8.h"

using namespace dogwatch;
using namespace dogwatch::vmpool;

namespace {

constexpr std::size_t kLargestText = 4U << 10U;

void require(bool holds) {
    if (!holds) std::abort();
}

void checkBounds(const GuestMessage& message) {
    if (const auto* output = std::get_if<Output>(&message)) {
        require(!output->data.empty() && output->data.size() <= 16U << 10U);
    } else if (const auto* emitted = std::get_if<Emitted>(&message)) {
        require(emitted->data.size() <= 64U << 10U && isUtf8(emitted->data));
    } else if (const auto* result = std::get_if<RunResult>(&message)) {
        require(result->outcome.output.size() <= kOutputKept);
        require(result->outcome.message.size() <= kLargestText && isUtf8(result->outcome.message));
        require(result->outcome.durationUs >= 0 && result->outcome.cpuUs >= 0);
    }
}

/// The state that the first byte asks for, so that all of them are met.
GuestSession sessionFor(std::uint8_t choice) {
    auto session = choice % 4 == 0 ? GuestSession{} : GuestSession::restored({"python3", "sh"});
    if (choice % 4 == 0) return session;
    session.sentConfigure();
    session.sentRehearse();
    session.sentPing(1);
    if (choice % 4 >= 2) session.sentLoad();
    if (choice % 4 == 3) {
        require(session.accept(Loaded{1}).has_value());
        session.sentRun("e-1", 1000);
    }
    return session;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    GuestSession session = sessionFor(data[0]);
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    (void)decodeGuestMessage(bytes);  // as the body of one frame, too
    FrameReader reader;
    for (std::size_t at = 0; at < bytes.size(); at += 64) {
        reader.append(bytes.substr(at, 64));
        require(reader.buffered() <= bytes.size());
        for (;;) {
            const auto body = reader.next();
            if (!body) return 0;
            if (!*body) break;
            const auto message = decodeGuestMessage(**body);
            if (!message) return 0;
            checkBounds(*message);
            if (!session.accept(*message)) return 0;
        }
    }
    return 0;
}
