#if os(Linux)
  import CfgKitSecrets
  import Glibc
  import Testing

  /// Arenas as the kernel sees them. Those of these tests are larger than a page, so that no other test writes to them.
  @Suite(.serialized) struct ArenaTests {
    /// The size and the flags of the map that an address lies in, from `/proc/self/smaps`.
    private static func map(at address: UInt) -> (pages: Int, flags: [Substring])? {
      var found: (pages: Int, flags: [Substring])?
      var isHere = false
      for line in text(of: "/proc/self/smaps").split(separator: "\n") {
        if line.hasPrefix("VmFlags:") {
          if isHere { found?.flags = line.dropFirst(8).split(separator: " ") }
          continue
        }
        let ends = line.prefix { $0 != " " }.split(separator: "-").compactMap { UInt($0, radix: 16) }
        guard ends.count == 2 else { continue }
        isHere = ends[0]..<ends[1] ~= address
        if isHere { found = (Int(ends[1] - ends[0]) / 4_096, []) }
      }
      return found
    }

    private static func text(of path: String) -> String {
      let file = open(path, O_RDONLY)
      defer { close(file) }
      var bytes: [UInt8] = []
      var piece = [UInt8](repeating: 0, count: 65_536)
      while case let count = read(file, &piece, piece.count), count > 0 { bytes += piece[..<count] }
      return String(decoding: bytes, as: UTF8.self)
    }

    /// The address sanitizer takes mlock's place and does nothing.
    private static let locksAreIgnored = dlsym(nil, "__asan_init") != nil

    private static func address(_ bytes: borrowing RawSpan) -> UInt {
      bytes.withUnsafeBytes { UInt(bitPattern: $0.baseAddress) }
    }

    @Test func anIdleArenaIsLockedReadOnlyAndInNoCoreFile() throws {
      let secret = try Secret(capacity: 5_000) { $0.byteCount }
      #expect(try isReadOnlySoon(secret))
      let map = try #require(Self.map(at: secret.withBytes(Self.address)))
      #expect(map.pages == 2)
      #expect(map.flags.contains("rd"))
      #expect(map.flags.contains("dd"))
      #expect(!map.flags.contains("ex"))
      if SecretMemoryStatus.current.refusedLocks == 0, !Self.locksAreIgnored {
        #expect(map.flags.contains("lo"))
      }
    }

    @Test func anArenaCanBeWrittenToOnlyWhileASecretIsFilled() throws {
      var flags: [Substring] = []
      let secret = try Secret(capacity: 5_000) { (room: inout MutableRawSpan) -> Int in
        let address = room.withUnsafeMutableBytes { UInt(bitPattern: $0.baseAddress) }
        flags = Self.map(at: address)?.flags ?? []
        return room.byteCount
      }
      #expect(flags.contains("wr"))
      #expect(flags.contains("dd"))
      #expect(try isReadOnlySoon(secret))
    }

    /// Where another test loads a configuration meanwhile, memory is sealed when that has ended.
    private func isReadOnlySoon(_ secret: Secret) throws -> Bool {
      for _ in 0..<200 {
        let map = try #require(Self.map(at: secret.withBytes(Self.address)))
        if !map.flags.contains("wr") { return true }
        usleep(5_000)
      }
      return false
    }

    @Test func whatSeveralChangesWriteToIsReadOnlyAtTheirEnd() throws {
      let secrets = try Secret.changingSeveral { () throws -> [Secret] in
        let secrets = try (0..<3).map { _ in try Secret(capacity: 5_000) { $0.byteCount } }
        #expect(Self.map(at: secrets[0].withBytes(Self.address))?.flags.contains("wr") == true)
        return secrets
      }
      #expect(try secrets.map(isReadOnlySoon) == [true, true, true])
    }

    @Test func memoryThatIsUsedAgainHoldsNothingAndEndsWhereReadingStops() throws {
      for capacity in [4_080, 16, 1_000, 4_080, 40] {
        for _ in 0..<6 {
          var wasEmpty = true
          let bytes = try SecretBytes(capacity: capacity) { (room: inout MutableRawSpan) -> Int in
            for offset in 0..<room.byteCount {
              if room.unsafeLoad(fromByteOffset: offset, as: UInt8.self) != 0 { wasEmpty = false }
              room.storeBytes(of: 0xff, toByteOffset: offset, as: UInt8.self)
            }
            return room.byteCount
          }
          #expect(wasEmpty)
          let end = bytes.withBytes { Self.address($0) + UInt($0.byteCount) }
          // Sizes are multiples of 16 bytes; the next page cannot be read.
          #expect(((end + 15) & ~15).isMultiple(of: 4_096))
        }
      }
    }

    @Test func guardedBytesAreReadOnlyOnceTheyAreFilled() throws {
      let bytes = try SecretBytes(capacity: 70_000) { $0.byteCount }
      let map = try #require(Self.map(at: bytes.withBytes(Self.address)))
      #expect(map.flags.contains("dd"))
      #expect(!map.flags.contains("wr"))
    }
  }
#endif
