package import SystemPackage

/// What lies in a folder, by name.
package enum FolderListing {
  /// The names without `.` and `..`, in alphabetical order; none if there is no such folder or it may not be read.
  package static func names(in folder: FilePath) -> [String] {
    guard let directory = try? FileDescriptor.open(folder, .readOnly, options: [.directory, .closeOnExec])
    else {
      return []
    }
    defer { try? directory.close() }
    return ((try? SystemCalls.names(in: directory)) ?? []).sorted()
  }
}
