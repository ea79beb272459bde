// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#pragma once

#include "numerics/state/state.h"

#include <mpi.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace cutis
{
  /** Last, largest and smallest value of a column, with the times of the extremes; NaN before the first row. */
  struct ColumnExtremes
  {
    double last, largest, time_of_largest, smallest, time_of_smallest;
    bool all_finite = true;
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
     * Begin a file, or continue one as the ledger of the state that is resumed says: rows that it does not know of, and
     * a row that was cut off, are removed. RunFailed if it cannot be written; BadInput if a file to be continued is
     * missing, has other columns or was changed.
     */
    TimeSeries(std::filesystem::path file,
               std::vector<std::string> headers,
               MPI_Comm communicator,
               const OutputLedger *resumed = nullptr);

    /** Append a row. RunFailed, with the name of the file, if it does not get there, or if the file was removed or
     * changed in the meantime; the rows above stay. */
    void append(const std::vector<double> &row);

    const std::vector<std::string> &headers() const { return headers_; }
    /** One per column, over all rows of the file; on the first rank only. */
    const std::vector<ColumnExtremes> &extremes() const { return extremes_; }

  private:
    std::string kept_rows(const OutputLedger &ledger);
    std::string content_to_continue() const;
    void note(const std::vector<double> &row);
    void open(std::ios::openmode mode);

    const std::filesystem::path file_;
    const std::vector<std::string> headers_;
    const MPI_Comm communicator_;
    std::vector<ColumnExtremes> extremes_;
    std::ofstream out_;
    std::uintmax_t size_ = 0; ///< bytes that are in the file
  };
} // namespace cutis
