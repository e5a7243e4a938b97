/// Memory for decoded values: chunks that never move, wiped when the reading goes.
@safe final class ValueArena {
  private var chunks = unsafe [UnsafeMutableRawBufferPointer]()
  private var used = 0

  deinit {
    for place in unsafe chunks.indices {
      unsafe WipedMemory.release(chunks[place], used: chunks[place].count)
    }
  }

  /// Copies the bytes of `scratch`, and lends the copy for as long as the arena is.
  func store(_ scratch: ScratchBuffer) -> ByteView {
    let count = scratch.count
    if unsafe chunks.isEmpty || chunks[chunks.count - 1].count - used < count {
      // Doubled, so that small files stay small and the number of chunks logarithmic.
      let size = unsafe max(count, min(1 << 20, 512 << min(chunks.count, 11)))
      unsafe chunks.append(WipedMemory.allocate(size))
      used = 0
    }
    let chunk = unsafe chunks[chunks.count - 1]
    let place = unsafe UnsafeMutableRawBufferPointer(rebasing: chunk[used..<used + count])
    unsafe scratch.copy(to: place)
    used += count
    return unsafe ByteView(UnsafeRawBufferPointer(place))
  }
}

/// The value that is being decoded: memory that grows, and is wiped whenever it moves or goes.
@safe final class ScratchBuffer {
  private var memory = unsafe WipedMemory.allocate(256)
  private(set) var count = 0

  deinit { unsafe WipedMemory.release(memory, used: memory.count) }

  func removeAll() { count = 0 }

  func append(_ byte: UInt8) {
    reserve(1)
    unsafe memory[count] = byte
    count += 1
  }

  func append(_ range: Range<Int>, of view: ByteView) {
    unsafe append(view.buffer(range))
  }

  func append(_ span: borrowing RawSpan) {
    unsafe span.withUnsafeBytes { unsafe append($0) }
  }

  func copy(to target: UnsafeMutableRawBufferPointer) {
    unsafe target.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[..<count]))
  }

  private func append(_ bytes: UnsafeRawBufferPointer) {
    guard unsafe !bytes.isEmpty else { return }
    reserve(bytes.count)
    unsafe UnsafeMutableRawBufferPointer(rebasing: memory[count..<count + bytes.count]).copyMemory(
      from: bytes)
    count += bytes.count
  }

  private func reserve(_ more: Int) {
    guard unsafe count + more > memory.count else { return }
    let larger = unsafe WipedMemory.allocate(max(memory.count * 2, count + more))
    unsafe larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[..<count]))
    unsafe WipedMemory.release(memory, used: count)
    unsafe memory = unsafe larger
  }
}
