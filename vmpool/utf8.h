// UTF-8 from untrusted bytes.
#pragma once

#include <QStringConverter>
#include <string>
#include <string_view>

namespace dogwatch::vmpool {

/// Whether the bytes are valid UTF-8.
bool isUtf8(std::string_view bytes);

/// The last bytes of some output as text: a character cut off at the front is dropped, what is invalid
/// becomes U+FFFD, and the text is at most `most` bytes.
std::string tailAsUtf8(std::string_view bytes, std::size_t most);

/// Makes text of chunks that may be cut anywhere; what is invalid becomes U+FFFD.
class Utf8Stream {
 public:
    /// The text that is complete by now.
    std::string add(std::string_view bytes);

 private:
    QStringDecoder decoder_{QStringDecoder::Utf8};
};

}  // namespace dogwatch::vmpool
