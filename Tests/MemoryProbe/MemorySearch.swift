import Glibc

/// Searches all memory of a process, as `/proc/PID/mem` shows it.
struct MemorySearch {
  /// How often something was found, by where it was.
  struct Hits: CustomStringConvertible {
    /// In memory that is kept out of core dumps: the arenas.
    var guarded = 0
    /// In the environment block, as the system laid it out.
    var environment = 0
    /// In all the rest, with the names of the maps.
    var elsewhere: [String] = []

    var description: String {
      "guarded=\(guarded) environment=\(environment) elsewhere=\(elsewhere.count)"
        + (elsewhere.isEmpty ? "" : " \(Set(elsewhere).sorted().joined(separator: ","))")
    }
  }

  private struct Map {
    var range: Range<UInt>
    var isReadable: Bool
    var name: String
    var flags: [Substring] = []
  }

  private static let roomSize = 1 << 20
  /// Where memory is read to: a map of its own, which is not searched.
  private let room: UnsafeMutableRawPointer
  private let memory: Int32
  private let process: String

  /// - Parameter process: the number of another process; else this one is searched.
  init(process: String = "self") {
    self.process = process
    room = mmap(
      nil, MemorySearch.roomSize, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    memory = open("/proc/\(process)/mem", O_RDONLY)
    precondition(memory >= 0, "/proc/\(process)/mem cannot be opened")
  }

  /// Every place where a form of a needle stands.
  func hits(of needles: [Needle]) -> Hits {
    let patterns = needles.flatMap(\.patterns)
    let longest = patterns.map(\.count).max() ?? 1
    let environment = environmentRange
    var hits = Hits()
    for map in Self.maps(of: process) where map.isReadable {
      for range in apart(from: map.range) {
        search(range, longest, patterns) { address in
          if environment.contains(address) {
            hits.environment += 1
          } else if map.flags.contains("dd") {
            hits.guarded += 1
          } else {
            hits.elsewhere.append(map.name.isEmpty ? "anonymous" : map.name)
          }
        }
      }
    }
    return hits
  }

  /// A range without the room, which may have become part of a larger map.
  private func apart(from range: Range<UInt>) -> [Range<UInt>] {
    let own = UInt(bitPattern: room)..<UInt(bitPattern: room) + UInt(Self.roomSize)
    guard process == "self", own.overlaps(range) else { return [range] }
    return [
      range.lowerBound..<max(own.lowerBound, range.lowerBound),
      min(own.upperBound, range.upperBound)..<range.upperBound,
    ]
  }

  private func search(
    _ range: Range<UInt>, _ longest: Int, _ patterns: [[UInt8]], _ found: (UInt) -> Void
  ) {
    var start = range.lowerBound
    while start < range.upperBound {
      let wanted = min(Self.roomSize, Int(range.upperBound - start))
      let count = pread(memory, room, wanted, off_t(start))
      if count <= 0 { return }
      // The mask goes over the memory instead of off the needle.
      let words = room.assumingMemoryBound(to: UInt64.self)
      let mask = UInt64(Needle.mask) &* 0x0101_0101_0101_0101
      for index in 0..<(count + 7) / 8 { words[index] ^= mask }
      for pattern in patterns {
        var from = room
        let last = room + count - pattern.count
        while from <= last, let place = memchr(from, Int32(pattern[0]), last - from + 1) {
          if memcmp(place, pattern, pattern.count) == 0 { found(start + UInt(place - room)) }
          from = place + 1
        }
      }
      memset(room, 0, Self.roomSize)
      if count < wanted || UInt(count) == range.upperBound - start { return }
      // What straddles two pieces is whole in the second.
      start += UInt(count - longest + 1)
    }
  }

  // MARK: What the system says

  /// How many pages that can be read are kept out of core dumps, the kernel's own apart.
  static var guardedPages: Int {
    maps(of: "self").filter { $0.isReadable && $0.name.isEmpty && $0.flags.contains("dd") }
      .reduce(0) { $0 + $1.range.count / 4_096 }
  }

  private static func maps(of process: String) -> [Map] {
    var maps: [Map] = []
    for line in text(of: "/proc/\(process)/smaps").split(separator: "\n") {
      if line.hasPrefix("VmFlags:") {
        maps[maps.count - 1].flags = line.dropFirst(8).split(separator: " ")
        continue
      }
      let words = line.split(separator: " ", maxSplits: 5, omittingEmptySubsequences: true)
      let ends = words[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
      guard words.count >= 5, ends.count == 2 else { continue }
      maps.append(
        Map(
          range: ends[0]..<ends[1], isReadable: words[1].hasPrefix("r"),
          name: words.count > 5 ? String(words[5]) : ""))
    }
    return maps
  }

  /// Fields 50 and 51 of proc_pid_stat(5).
  private var environmentRange: Range<UInt> {
    let stat = Self.text(of: "/proc/\(process)/stat")
    let fields = stat[stat.lastIndex(of: ")")!...].dropFirst().split(separator: " ")
    return UInt(fields[47])!..<UInt(fields[48])!
  }

  private static func text(of path: String) -> String {
    let file = open(path, O_RDONLY)
    defer { close(file) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(file, &piece, piece.count)
      if count <= 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += piece[..<count]
    }
  }
}
