package import SystemPackage

/// What lies in a folder, by name.
package enum FolderListing {
  /// Something in a folder.
  package struct Entry: Sendable {
    /// Its name.
    package let name: String
    /// Whether it is a folder itself, and no link to one.
    package let isFolder: Bool
  }

  /// The names without `.` and `..`, in alphabetical order; none if there is no such folder or it may not be read.
  package static func names(in folder: FilePath) -> [String] {
    ((try? entries(in: folder)) ?? []).map(\.name)
  }

  /// All that lies there, by name.
  package static func entries(in folder: FilePath) throws(Errno) -> [Entry] {
    let directory = try SystemCalls.open(folder, for: .directory)
    defer { try? directory.close() }
    return try SystemCalls.entries(in: directory).map { name, type in
      let isFolder =
        switch type {
        case .folder: true
        case .other: false
        case .unknown:
          (try? folder.appending(name).stat(followTargetSymlink: false))?.type == .directory
        }
      return Entry(name: name, isFolder: isFolder)
    }.sorted { $0.name < $1.name }
  }
}
