#include "core/cli/run.h"

int main(int argc, char** argv) {
    return dogwatch::cli::runMain(argc, argv);
}
