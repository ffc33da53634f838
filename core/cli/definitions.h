// Definitions: metaevents read from files, checked here before anything is asked of the control plane.
#pragma once

#include <string>
#include <vector>

#include "core/model/json.h"
#include "core/model/metaevent.h"
#include "core/model/result.h"

namespace dogwatch::cli {

struct Definitions {
    json::array all;                    ///< as they were written, those of all files in a row
    std::vector<Metaevent> metaevents;  ///< the same, read

    /// Each file holds one definition or a list of them. A fault's path is that in its file; with several
    /// files, the file's name comes before it.
    static Result<Definitions> read(const std::vector<std::string>& files);

    /// The same error with the path that it has in its file.
    [[nodiscard]] Error inFile(Error error) const;

 private:
    struct Place {
        std::string file;  ///< empty: there is but one
        std::string path;  ///< position in the file's list; empty: the file is one definition
    };
    std::vector<Place> places_;
};

}  // namespace dogwatch::cli
