// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include <mpi.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

namespace cutis
{
  /** Last, largest and smallest value of a column, with the times of the extremes; NaN before the first row. */
  struct ColumnExtremes
  {
    double last, largest, time_of_largest, smallest, time_of_smallest;
  };

  /**
   * The file `timeseries.csv`: a header `name [unit],...` and one row per output time, the first column being the time
   * [d]. Numbers are the shortest that read back exactly, so equal runs give equal bytes. The first rank writes, and
   * every row reaches the file before the run goes on. All functions are collective unless they say otherwise.
   */
  class TimeSeries
  {
  public:
    /**
     * Begin a file, or continue one: rows later than `last_row` [d] and a row that was cut off are removed.
     * RunFailed if it cannot be written; BadInput if a file to be continued is missing or has other columns.
     */
    TimeSeries(std::filesystem::path file,
               std::vector<std::string> headers,
               MPI_Comm communicator,
               std::optional<double> last_row = {});

    /** Append a row. RunFailed, with the name of the file, if it does not get there; the rows above stay. */
    void append(const std::vector<double> &row);

    const std::vector<std::string> &headers() const { return headers_; }
    /** One per column, over all rows of the file; on the first rank only. */
    const std::vector<ColumnExtremes> &extremes() const { return extremes_; }

  private:
    std::string kept_rows(double last_row);
    void note(const std::vector<double> &row);
    void open(std::ios::openmode mode);

    const std::filesystem::path file_;
    const std::vector<std::string> headers_;
    const MPI_Comm communicator_;
    std::vector<ColumnExtremes> extremes_;
    std::ofstream out_;
  };
} // namespace cutis
