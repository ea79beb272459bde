// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "base/log.h"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <ostream>
#include <utility>

namespace cutis
{
  namespace
  {
    /** To the start of the line, and clear it: what follows replaces the progress shown there. */
    constexpr const char *rewrite_line = "\r\033[K";

    spdlog::level::level_enum level_of(const Verbosity verbosity)
    {
      switch (verbosity)
      {
        case Verbosity::quiet:
          return spdlog::level::warn;
        case Verbosity::normal:
          return spdlog::level::info;
        case Verbosity::detailed:
          return spdlog::level::debug;
      }
      return spdlog::level::info;
    }

    /** `59 s`, `3:07 min`, `2:05:09 h`. */
    std::string duration_in_words(const Progress::Seconds duration)
    {
      const long seconds = std::lround(duration.count());
      if (seconds < 60)
        return fmt::format("{} s", seconds);
      if (seconds < 3600)
        return fmt::format("{}:{:02} min", seconds / 60, seconds % 60);
      return fmt::format("{}:{:02}:{:02} h", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
  } // namespace


  bool output_is_terminal()
  {
    // The launchers of MPI give the ranks a terminal of their own, whatever becomes of the output.
    const bool launched = std::getenv("OMPI_COMM_WORLD_SIZE") || std::getenv("PMI_SIZE");
    return isatty(STDOUT_FILENO) == 1 && !launched;
  }


  unsigned int terminal_columns()
  {
    winsize size{};
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
  }


  void start_log(const bool speaks, const Verbosity verbosity)
  {
    const auto colour = output_is_terminal() ? spdlog::color_mode::automatic : spdlog::color_mode::never;
    auto logger =
      std::make_shared<spdlog::logger>("cutis", std::make_shared<spdlog::sinks::stdout_color_sink_mt>(colour));
    logger->set_pattern((output_is_terminal() ? rewrite_line : "") + std::string("[%T] %^%l%$: %v"));
    logger->set_level(speaks ? level_of(verbosity) : spdlog::level::off);
    logger->flush_on(spdlog::level::debug); // what was said must be there if the process is killed
    spdlog::set_default_logger(std::move(logger));
  }


  Progress::Progress(std::ostream &out,
                     const bool speaks,
                     const bool terminal,
                     const Seconds interval,
                     std::function<Seconds()> now,
                     std::function<unsigned int()> columns)
    : out_(out)
    , speaks_(speaks)
    , terminal_(terminal)
    , interval_(interval)
    , now_(std::move(now))
    , columns_(columns ? std::move(columns) : terminal_columns)
  {
    if (!now_)
      now_ = [] { return Seconds(std::chrono::steady_clock::now().time_since_epoch()); };
  }


  void Progress::update(const double time, const double end, const unsigned int steps, const double dt)
  {
    if (!speaks_)
      return;
    // A terminal is written to ten times a second at most: short steps must not wait for it.
    const Seconds pause = terminal_ ? std::min(interval_, Seconds(.1)) : interval_;
    const bool first = !latest_;
    latest_ = {time, end, steps, dt};
    latest_is_shown_ = false;
    if (first)
    {
      start_ = last_shown_ = now_();
      first_time_ = time;
    }
    if (first ? terminal_ : now_() - last_shown_ >= pause)
      show();
  }


  void Progress::finish()
  {
    if (!latest_)
      return;
    if (!latest_is_shown_)
      show();
    if (terminal_)
      out_ << std::endl;
    latest_.reset();
  }


  void Progress::show()
  {
    out_ << (terminal_ ? rewrite_line : "") << line() << (terminal_ ? "" : "\n") << std::flush;
    last_shown_ = now_();
    latest_is_shown_ = true;
  }


  /** As much as fits: the cursor behind the last letter would already be on the next line. */
  std::string Progress::line() const
  {
    constexpr int all_details = 4;
    if (!terminal_)
      return line(all_details - 1);
    const std::size_t columns = columns_();
    for (int details = all_details; details > 0; --details)
      if (const std::string text = line(details); text.size() < columns)
        return text;
    return line(0).substr(0, std::max<std::size_t>(columns, 1) - 1);
  }


  /** 0: only how far it is; 1: and for how long; 2: and the steps; 3: and their size; 4: and a bar before all. */
  std::string Progress::line(const int details) const
  {
    constexpr int width = 24;
    const auto &[time, end, steps, dt] = *latest_;
    const double share = end > 0. ? std::clamp(time / end, 0., 1.) : 1.;
    std::string text;
    if (details > 3)
      text = fmt::format("[{:-<{}}] ", std::string(static_cast<int>(share * width), '#'), width);
    text += fmt::format("{:3.0f} %  day {:.4g} of {:.4g}", std::floor(100. * share), time, end);
    if (details > 1)
      text += fmt::format("  step {}", steps);
    if (details > 2)
      text += fmt::format("  dt {:.3g} d", dt);
    if (details == 0)
      return text;
    const Seconds elapsed = now_() - start_;
    text += "  " + duration_in_words(elapsed);
    // The first steps after a session are tiny and would promise days of waiting.
    if (time > first_time_ + .01 * (end - first_time_) && time < end)
      text += ", about " + duration_in_words(elapsed * ((end - time) / (time - first_time_))) + " left";
    return text;
  }
} // namespace cutis
