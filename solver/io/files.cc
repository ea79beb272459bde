// SPDX-License-Identifier: Apache-2.0
// Copyright (C) 2026 the Cutis authors
#include "io/files.h"

#include "base/errors.h"

#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

namespace cutis
{
  namespace fs = std::filesystem;

  namespace
  {
    constexpr std::uint64_t fnv_start = 0xcbf29ce484222325u;
    constexpr std::uint64_t fnv_prime = 0x100000001b3u;

    std::uint64_t fnv(std::uint64_t hash, const char *bytes, const std::size_t n)
    {
      for (std::size_t i = 0; i < n; ++i)
        hash = (hash ^ static_cast<unsigned char>(bytes[i])) * fnv_prime;
      return hash;
    }

    [[noreturn]] void cannot_write(const fs::path &what)
    {
      throw RunFailed("'" + what.string() + "' cannot be written: " + system_reason());
    }

    /** An open file of the operating system, closed at the end of the scope. */
    class Descriptor
    {
    public:
      Descriptor(const fs::path &file, const int flags) : number(open(file.c_str(), flags | O_CLOEXEC, 0666)) {}
      ~Descriptor()
      {
        if (number >= 0)
          close(number);
      }
      Descriptor(const Descriptor &) = delete;
      Descriptor &operator=(const Descriptor &) = delete;

      const int number;
    };

    void write_bytes(const Descriptor &file, const std::string &content, const fs::path &name)
    {
      for (std::size_t written = 0; written < content.size();)
      {
        const ssize_t n = write(file.number, content.data() + written, content.size() - written);
        if (n < 0 && errno != EINTR)
          cannot_write(name);
        written += n > 0 ? n : 0;
      }
    }

    /** For file systems that cannot reserve space: what they say about the space that is left. */
    bool has_space(const fs::path &folder, const std::uint64_t bytes)
    {
      struct statvfs system;
      if (statvfs(folder.c_str(), &system) != 0)
        return false;
      if (static_cast<std::uint64_t>(system.f_bavail) * system.f_frsize >= bytes)
        return true;
      errno = ENOSPC;
      return false;
    }
  } // namespace

  std::string system_reason()
  {
    return std::string(std::strerror(errno)) + ".";
  }

  std::string read_file(const fs::path &file)
  {
    errno = 0;
    std::ifstream in(file, std::ios::binary);
    std::stringstream content;
    if (in.peek() != std::ifstream::traits_type::eof())
      content << in.rdbuf();
    if (!in.is_open() || in.bad() || content.fail())
      throw RunFailed("'" + file.string() + "' cannot be read: " + system_reason());
    return content.str();
  }

  void write_whole_file(const fs::path &file, const std::string &content)
  {
    const fs::path temporary = file.string() + ".part";
    try
    {
      const Descriptor out(temporary, O_WRONLY | O_CREAT | O_TRUNC);
      if (out.number < 0)
        cannot_write(file);
      write_bytes(out, content, file);
      // Some devices and network file systems cannot synchronize, which is no failure of the write.
      if (fsync(out.number) != 0 && errno != EINVAL && errno != ENOTSUP)
        cannot_write(file);
      if (std::rename(temporary.c_str(), file.c_str()) != 0)
        cannot_write(file);
    }
    catch (const RunFailed &)
    {
      std::error_code ignored;
      fs::remove(temporary, ignored);
      throw;
    }
    bring_to_disk(file.has_parent_path() ? file.parent_path() : fs::path("."));
  }

  void bring_to_disk(const fs::path &file_or_folder)
  {
    const Descriptor descriptor(file_or_folder, O_RDONLY);
    if (descriptor.number < 0 || (fsync(descriptor.number) != 0 && errno != EINVAL && errno != ENOTSUP))
      cannot_write(file_or_folder);
  }

  void require_space(const fs::path &folder, const std::uint64_t bytes)
  {
    const fs::path probe = folder / ".space";
    bool enough;
    int error;
    {
      const Descriptor file(probe, O_WRONLY | O_CREAT | O_TRUNC);
      enough = file.number >= 0 && (bytes == 0 || fallocate(file.number, 0, 0, bytes) == 0 ||
                                    (errno == EOPNOTSUPP && has_space(folder, bytes)));
      error = errno;
    }
    std::error_code ignored;
    fs::remove(probe, ignored);
    errno = error;
    if (!enough)
      throw RunFailed("The folder '" + folder.string() + "' cannot take " + std::to_string(bytes / 1000000 + 1) +
                      " MB more: " + system_reason());
  }

  std::uint64_t checksum(const fs::path &file)
  {
    errno = 0;
    std::ifstream in(file, std::ios::binary);
    std::array<char, (1u << 16)> block;
    std::uint64_t hash = fnv_start;
    while (in.read(block.data(), block.size()) || in.gcount() > 0)
      hash = fnv(hash, block.data(), in.gcount());
    if (!in.is_open() || in.bad())
      throw RunFailed("'" + file.string() + "' cannot be read: " + system_reason());
    return hash;
  }

  std::uint64_t checksum_of_text(const std::string &text)
  {
    return fnv(fnv_start, text.data(), text.size());
  }
} // namespace cutis
