// Files that commands read, bounded, with one sentence for what is wrong with them.
#pragma once

#include <cstddef>
#include <fstream>
#include <string>

#include "core/model/json.h"
#include "core/model/result.h"

namespace dogwatch::cli {

/// The bytes of a regular file or a pipe.
Result<std::string> readFile(const std::string& path, std::size_t largest);

/// A file of one JSON value; the error names the file.
Result<json::value> readJsonFile(const std::string& path, std::size_t largest);

/// What is wrong with a text that parseJson() refused: "at line 1, column 2: syntax error".
std::string jsonFault(const Error& error);

bool isUtf8(const std::string& bytes);

/// A file that comes to stand at its path when it is whole: what was there stays until then, and for good
/// where the disk is full or the work is given up.
class NewFile {
 public:
    explicit NewFile(std::string path);
    NewFile(const NewFile&) = delete;
    NewFile& operator=(const NewFile&) = delete;
    ~NewFile();

    [[nodiscard]] std::ostream& stream() { return stream_; }
    /// The error names the file.
    Result<void> finish();

 private:
    std::string path_;
    std::string part_;  ///< where it stands meanwhile; empty: it is finished
    std::ofstream stream_;
};

}  // namespace dogwatch::cli
