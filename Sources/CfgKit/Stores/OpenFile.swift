import SystemPackage

/// A descriptor with an owner, closed when the last reference to it goes.
final class OpenFile {
  /// The descriptor; valid until `close`.
  let descriptor: FileDescriptor
  private var isOpen = true

  /// Opens a file or directory, relative to `directory` or else to the working directory.
  init(
    _ path: FilePath, for purpose: SystemCalls.Purpose, in directory: OpenFile? = nil,
    mode: CInterop.Mode = 0o600
  ) throws(Errno) {
    descriptor = try SystemCalls.open(path, for: purpose, in: directory?.descriptor, mode: mode)
  }

  deinit {
    try? close()
  }

  /// Closes it and says whether the system kept what was written. Only the first call does anything.
  func close() throws(Errno) {
    guard isOpen else { return }
    isOpen = false
    try SystemCalls.close(descriptor)
  }
}
