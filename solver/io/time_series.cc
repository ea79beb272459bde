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
                         const OutputLedger *resumed)
    : file_(std::move(file))
    , headers_(std::move(headers))
    , communicator_(communicator)
    , extremes_(headers_.size(), {nan, nan, nan, nan, nan})
  {
    on_first_rank(communicator_,
                  [&]
                  {
                    if (resumed)
                      write_whole_file(file_, kept_rows(*resumed));
                    open(resumed ? std::ios::app : std::ios::trunc);
                    if (!resumed && !(out_ << join(headers_, ",") << '\n' << std::flush))
                      throw RunFailed("'" + file_.string() + "' cannot be written: " + system_reason());
                    size_ = std::filesystem::file_size(file_);
                  });
  }

  void TimeSeries::open(const std::ios::openmode mode)
  {
    errno = 0;
    out_.open(file_, std::ios::binary | std::ios::out | mode);
    if (!out_)
      throw RunFailed("'" + file_.string() + "' cannot be written: " + system_reason());
  }

  /** The file that a resumed run goes on with. */
  std::string TimeSeries::content_to_continue() const
  {
    const std::string name = "The time series '" + file_.string() + "'";
    if (!std::filesystem::is_regular_file(file_))
      throw BadInput(name + " is missing, so it cannot be continued; put it back, or begin the run anew with "
                            "--overwrite.");
    const std::string content = read_file(file_);
    if (content.find('\r') != std::string::npos || content.find(';') != std::string::npos ||
        content.find('"') != std::string::npos)
      throw BadInput(name +
                     " was saved again by another program, with other ends of lines, separators or quotes, so it "
                     "cannot be continued; put the original back, or begin the run anew with --overwrite.");
    const std::string header = join(headers_, ",") + '\n';
    if (content.compare(0, header.size(), header) != 0)
      throw BadInput(name +
                     " has other columns than this run, so it cannot be continued; use the parameters of the run "
                     "that wrote it.");
    return content;
  }

  /** Header and the rows that the ledger knows of; they also count for the extremes. */
  std::string TimeSeries::kept_rows(const OutputLedger &ledger)
  {
    const std::string content = content_to_continue();
    std::size_t begin = content.find('\n') + 1;
    unsigned int rows = 0;
    for (std::size_t end; rows < ledger.rows && (end = content.find('\n', begin)) != std::string::npos; begin = end + 1)
    {
      const std::vector<double> row = numbers_of(content.substr(begin, end - begin));
      if (row.size() != headers_.size())
        break;
      note(row);
      ++rows;
    }
    if (rows < ledger.rows || (rows > 0 && std::abs(extremes_.front().last - ledger.last_row) > Clock::resolution))
      throw BadInput("The time series '" + file_.string() + "' is not as the run left it: of " +
                     std::to_string(ledger.rows) + " rows up to day " + format_number(ledger.last_row) + ' ' +
                     std::to_string(rows) +
                     " are there. Put the original back, or begin the run anew with --overwrite.");
    return content.substr(0, begin);
  }

  void TimeSeries::note(const std::vector<double> &row)
  {
    for (std::size_t c = 0; c < row.size(); ++c)
    {
      ColumnExtremes &e = extremes_[c];
      e.last = row[c];
      e.all_finite = e.all_finite && std::isfinite(row[c]);
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
                    std::error_code gone;
                    if (std::filesystem::file_size(file_, gone) != size_)
                      throw RunFailed("'" + file_.string() + "' was removed or changed during the run.");
                    const std::string line = line_of(row);
                    if (!(out_ << line << std::flush))
                      throw RunFailed("A row of '" + file_.string() + "' cannot be written: " + system_reason());
                    size_ += line.size();
                    note(row);
                  });
  }
} // namespace cutis
