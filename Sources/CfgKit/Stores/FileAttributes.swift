import SystemPackage

/// What belongs to a file beside bytes, owner and mode: its access control list and its extended attributes.
enum FileAttributes {
  #if os(Linux)
    private static let accessList = "system.posix_acl_access"

    /// Gives `new` what `old` has, and takes away an access control list that `new` inherited and `old` does not have.
    static func copy(from old: FileDescriptor, to new: FileDescriptor) throws(Errno) {
      let names = try attributeNames(of: old)
      for name in names {
        do {
          try SystemCalls.setAttribute(name, to: SystemCalls.attribute(name, of: old), of: new)
        } catch {
          if error == .notSupported || error == .noData { continue }
          // The system's own: a label of a security module, which it sets by its own rules.
          if name != accessList, !name.hasPrefix("user.") { continue }
          throw error
        }
      }
      if !names.contains(accessList), try attributeNames(of: new).contains(accessList) {
        try SystemCalls.removeAttribute(accessList, of: new)
      }
    }

    private static func attributeNames(of file: FileDescriptor) throws(Errno) -> [String] {
      do {
        return try SystemCalls.attributeNames(of: file)
      } catch {
        if error == .notSupported { return [] }
        throw error
      }
    }
  #elseif canImport(Darwin)
    /// Gives `new` what `old` has.
    static func copy(from old: FileDescriptor, to new: FileDescriptor) throws(Errno) {
      do { try SystemCalls.copyAttributes(from: old, to: new) } catch {
        if error != .notSupported { throw error }
      }
    }
  #endif
}
