// Makes the rows of the table of kinds (node_kinds.h), and the fields that several of them have.
#pragma once

#include "gui/canvas/model/node_kinds.h"

namespace dogwatch::gui::canvas {

std::vector<NodeKind> makeKinds();

namespace table {

Field duration(std::string_view key, std::string_view title, std::string_view help, std::string_view initial);
Field optionalDuration(std::string_view key, std::string_view title, std::string_view help,
                       std::string_view unset);
Field comparison(std::string_view initial, std::string_view help);
Field within(std::string_view initial);
Field samples(std::string_view of);
Field since();
Field schedule(std::string_view key, std::string_view title, std::string_view initial);
Field timeZone();
Socket records(std::string_view key, std::string_view title, std::string_view initial);
Socket truth(std::string_view key, bool many, std::string_view title);

void addAbsences(std::vector<NodeKind>& kinds);
void addOccurrences(std::vector<NodeKind>& kinds);
void addFrequencies(std::vector<NodeKind>& kinds);
void addSequenceAndMeasure(std::vector<NodeKind>& kinds);

}  // namespace table
}  // namespace dogwatch::gui::canvas
