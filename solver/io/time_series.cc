// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/time_series.h"

#include "base/errors.h"
#include "base/text.h"
#include "io/files.h"
#include "io/first_rank.h"

#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace cutis
{
  namespace
  {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();

    std::string line_of(const std::vector<double> &row)
    {
      std::vector<std::string> numbers;
      for (const double value : row)
        numbers.push_back(format_number(value));
      return join(numbers, ",") + '\n';
    }

    /** The numbers of a line; empty if one is not a number. */
    std::vector<double> numbers_of(const std::string &line)
    {
      std::vector<double> numbers;
      for (const std::string &piece : split(line, ','))
      {
        char *end = nullptr;
        const double number = std::strtod(piece.c_str(), &end);
        if (piece.empty() || *end != '\0')
          return {};
        numbers.push_back(number);
      }
      return numbers;
    }
  } // namespace

  TimeSeries::TimeSeries(std::filesystem::path file,
                         std::vector<std::string> headers,
                         MPI_Comm communicator,
                         const std::optional<double> last_row)
    : file_(std::move(file))
    , headers_(std::move(headers))
    , communicator_(communicator)
    , extremes_(headers_.size(), {nan, nan, nan, nan, nan})
  {
    on_first_rank(communicator_,
                  [&]
                  {
                    if (last_row)
                      write_whole_file(file_, kept_rows(*last_row));
                    open(last_row ? std::ios::app : std::ios::trunc);
                    if (!last_row && !(out_ << join(headers_, ",") << '\n' << std::flush))
                      throw RunFailed("'" + file_.string() + "' cannot be written: " + system_reason());
                  });
  }

  void TimeSeries::open(const std::ios::openmode mode)
  {
    errno = 0;
    out_.open(file_, std::ios::binary | std::ios::out | mode);
    if (!out_)
      throw RunFailed("'" + file_.string() + "' cannot be written: " + system_reason());
  }

  /** Header and complete rows up to a time; they also count for the extremes. */
  std::string TimeSeries::kept_rows(const double last_row)
  {
    const std::string content = read_file(file_);
    const std::string header = join(headers_, ",") + '\n';
    const double last_time = last_row + 1e-9 * std::max(1., std::abs(last_row));
    if (content.compare(0, header.size(), header) != 0)
      throw BadInput("The time series '" + file_.string() +
                     "' has other columns than this run, so it cannot be continued; use the parameters of the run that "
                     "wrote it.");
    std::string kept = header;
    for (std::size_t begin = header.size(), end; (end = content.find('\n', begin)) != std::string::npos;
         begin = end + 1)
    {
      const std::string line = content.substr(begin, end - begin);
      const std::vector<double> row = numbers_of(line);
      if (row.size() != headers_.size() || row.front() > last_time)
        break;
      note(row);
      kept += line + '\n';
    }
    return kept;
  }

  void TimeSeries::note(const std::vector<double> &row)
  {
    for (std::size_t c = 0; c < row.size(); ++c)
    {
      ColumnExtremes &e = extremes_[c];
      e.last = row[c];
      // Written so that the first number replaces the initial NaN.
      if (!(row[c] <= e.largest))
      {
        e.largest = row[c];
        e.time_of_largest = row.front();
      }
      if (!(row[c] >= e.smallest))
      {
        e.smallest = row[c];
        e.time_of_smallest = row.front();
      }
    }
  }

  void TimeSeries::append(const std::vector<double> &row)
  {
    on_first_rank(communicator_,
                  [&]
                  {
                    errno = 0;
                    if (!(out_ << line_of(row) << std::flush))
                      throw RunFailed("A row of '" + file_.string() + "' cannot be written: " + system_reason());
                    note(row);
                  });
  }
} // namespace cutis
