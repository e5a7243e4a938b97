import CSodium

/// Memory that an estimate works in: on the stack for texts of up to 256 bytes, and always wiped.
enum Scratch {
  /// Lends `byteCount` bytes of zeros, aligned for every number.
  static func lend<R>(_ byteCount: Int, _ body: (inout ScratchRoom) -> R) -> R {
    if byteCount <= MemoryLayout<SmallBlock>.size { return lendSmall(byteCount, body) }
    if byteCount <= MemoryLayout<MediumBlock>.size { return lendMedium(byteCount, body) }
    if byteCount <= MemoryLayout<LargeBlock>.size { return lendLarge(byteCount, body) }
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: byteCount, alignment: 16)
    unsafe room.initializeMemory(as: UInt8.self, repeating: 0)
    defer { unsafe room.deallocate() }
    return unsafe lend(room, byteCount, body)
  }

  // `withUnsafeTemporaryAllocation` goes to the heap from 1 KiB on; a variable does not. Each block has a function of its own, so
  // that no caller's frame holds those that are not lent.

  @inline(never)
  private static func lendSmall<R>(_ byteCount: Int, _ body: (inout ScratchRoom) -> R) -> R {
    var block = SmallBlock.zeros
    return unsafe withUnsafeMutableBytes(of: &block) { unsafe lend($0, byteCount, body) }
  }

  @inline(never)
  private static func lendMedium<R>(_ byteCount: Int, _ body: (inout ScratchRoom) -> R) -> R {
    var block = MediumBlock.zeros
    return unsafe withUnsafeMutableBytes(of: &block) { unsafe lend($0, byteCount, body) }
  }

  @inline(never)
  private static func lendLarge<R>(_ byteCount: Int, _ body: (inout ScratchRoom) -> R) -> R {
    var block = LargeBlock.zeros
    return unsafe withUnsafeMutableBytes(of: &block) { unsafe lend($0, byteCount, body) }
  }

  private static func lend<R>(
    _ room: UnsafeMutableRawBufferPointer, _ byteCount: Int, _ body: (inout ScratchRoom) -> R
  ) -> R {
    defer { if let base = room.baseAddress { unsafe sodium_memzero(base, byteCount) } }
    var free = unsafe ScratchRoom(room)
    return body(&free)
  }

  private typealias Vector = SIMD64<UInt64>

  /// 2 KiB.
  private struct SmallBlock {
    private var bytes: (Vector, Vector, Vector, Vector)
    static var zeros: SmallBlock {
      let none = Vector()
      return SmallBlock(bytes: (none, none, none, none))
    }
  }

  /// 6 KiB.
  private struct MediumBlock {
    private var blocks: (SmallBlock, SmallBlock, SmallBlock)
    static var zeros: MediumBlock {
      let none = SmallBlock.zeros
      return MediumBlock(blocks: (none, none, none))
    }
  }

  /// 18 KiB.
  private struct LargeBlock {
    private var blocks: (MediumBlock, MediumBlock, MediumBlock)
    static var zeros: LargeBlock {
      let none = MediumBlock.zeros
      return LargeBlock(blocks: (none, none, none))
    }
  }
}

/// What is left of lent memory.
@safe struct ScratchRoom {
  private var free: UnsafeMutableRawBufferPointer

  init(_ room: UnsafeMutableRawBufferPointer) { unsafe free = room }

  /// Bytes that a row takes.
  static func byteCount<Element: BitwiseCopyable>(_ type: Element.Type, _ count: Int) -> Int {
    (count * MemoryLayout<Element>.stride + 15) & ~15
  }

  /// Takes a row of zeros.
  mutating func row<Element: BitwiseCopyable>(_ type: Element.Type, _ count: Int) -> Row<Element> {
    let byteCount = Self.byteCount(type, count)
    precondition(unsafe byteCount <= free.count, "scratch memory is too small")
    let part = unsafe UnsafeMutableRawBufferPointer(rebasing: free[..<byteCount])
    unsafe free = UnsafeMutableRawBufferPointer(rebasing: free[byteCount...])
    return unsafe Row(part.bindMemory(to: type), count: count)
  }

  /// Takes room for one value.
  mutating func cell<Value: BitwiseCopyable>(_ value: Value) -> Cell<Value> {
    let row = row(Value.self, 1)
    row[0] = value
    return row.first
  }
}

/// One value in memory that someone else owns.
@safe struct Cell<Value: BitwiseCopyable> {
  private let base: UnsafeMutablePointer<Value>

  fileprivate init(_ base: UnsafeMutablePointer<Value>) { unsafe self.base = base }

  var value: Value {
    @inline(__always) get { unsafe base.pointee }
    @inline(__always) nonmutating _modify { yield unsafe &base.pointee }
  }
}

/// A row of numbers in memory that someone else owns, checked at each access.
@safe struct Row<Element: BitwiseCopyable> {
  private let base: UnsafeMutableBufferPointer<Element>
  let count: Int

  fileprivate init(_ base: UnsafeMutableBufferPointer<Element>, count: Int) {
    unsafe self.base = base
    self.count = count
  }

  subscript(_ index: Int) -> Element {
    get {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count))
      return unsafe base[index]
    }
    nonmutating set {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count))
      unsafe base[index] = newValue
    }
  }
}

extension Row {
  /// The first element, which has to be there.
  fileprivate var first: Cell<Element> {
    guard count > 0, let base = unsafe base.baseAddress else { preconditionFailure("the row is empty") }
    return unsafe Cell(base)
  }
}

extension Row where Element == UInt8 {
  /// Four elements, the first in the lowest byte.
  @inline(__always)
  func four(_ index: Int) -> UInt32 {
    precondition(index >= 0 && index <= count - 4)
    return unsafe UInt32(
      littleEndian: UnsafeRawBufferPointer(base).loadUnaligned(fromByteOffset: index, as: UInt32.self))
  }

  /// The first bytes of the row, for what takes bytes.
  func bytes(_ count: Int) -> UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(base).prefix(count))
  }
}

/// The bytes of a table that is a literal of the program, checked at each access.
@safe struct TableText {
  private let base: UnsafePointer<UInt8>
  let count: Int

  init(_ text: StaticString) {
    unsafe base = text.utf8Start
    count = text.utf8CodeUnitCount
  }

  subscript(_ index: Int) -> UInt8 {
    precondition(UInt(bitPattern: index) < UInt(bitPattern: count))
    return unsafe base[index]
  }

  /// The number that two characters of six bits each make.
  @inline(__always)
  func twelveBits(_ index: Int) -> Int {
    precondition(index >= 0 && index <= count - 2)
    let first = unsafe Int(base[index]) - 0x30
    let second = unsafe Int(base[index + 1]) - 0x30
    return first << 6 | second
  }

  /// The number that three characters of six bits each make.
  @inline(__always)
  func eighteenBits(_ index: Int) -> Int {
    precondition(index >= 0 && index <= count - 3)
    let third = unsafe Int(base[index + 2]) - 0x30
    return twelveBits(index) << 6 | third
  }

  /// Eight characters, the first in the highest byte, so that numbers stand in the order of the text.
  func entry(_ index: Int) -> UInt64 {
    precondition(index >= 0 && index <= count - 8)
    return unsafe UInt64(bigEndian: UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self))
  }

  /// A bit, of four a character from the lowest on.
  @inline(__always)
  func bit(_ index: Int) -> Bool { self[index >> 2] >> UInt8(truncatingIfNeeded: index & 3) & 1 != 0 }
}

// @unchecked: a literal of the program is never written to, and never goes.
extension TableText: @unchecked Sendable {}
