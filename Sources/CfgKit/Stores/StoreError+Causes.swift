import CfgKitSecrets
import SystemPackage

/// One place for every sentence that the file store can say.
extension StoreError {
  static func notFound(_ path: FilePath) -> StoreError {
    // What a project begins with can be made; any other path is one that somebody wrote.
    let cure = path.lastComponent == ".env" ? "create it with: cfgkit init" : "check the path"
    return StoreError(.notFound, path, "\(ShownPath.of(path)) does not exist; \(cure)")
  }

  static func folderNotFound(_ path: FilePath) -> StoreError {
    StoreError(.notFound, path, "the folder of \(ShownPath.of(path)) does not exist; create it first")
  }

  static func unreadable(_ path: FilePath) -> StoreError {
    StoreError(
      .permission, path,
      "\(ShownPath.of(path)) may not be read by this user; run as its owner, or: chmod u+r it")
  }

  static func folderUnwritable(_ path: FilePath, _ errno: Errno) -> StoreError {
    let cure =
      errno == .readOnlyFileSystem
      ? "remount it writable" : "make the folder writable for this user (mode, owner, chattr -i)"
    return StoreError(
      .permission, path,
      "the folder of \(ShownPath.of(path)) cannot be written (\(errno)), and nothing was changed; \(cure)")
  }

  static func unreplaceable(_ path: FilePath, _ errno: Errno) -> StoreError {
    StoreError(
      .permission, path,
      "\(ShownPath.of(path)) cannot be replaced (\(errno)), and nothing was changed; "
        + "look for chattr +i or +a and for a sticky folder, or run as its owner")
  }

  static func foreignOwner(_ path: FilePath) -> StoreError {
    StoreError(
      .foreignOwner, path,
      "\(ShownPath.of(path)) belongs to another user or group, and a new file could not be given to them; "
        + "run as its owner")
  }

  static func notAFile(_ path: FilePath, _ type: FileType) -> StoreError {
    let kind: String
    var cure = "name a regular file"
    switch type {
    case .directory:
      kind = "a directory"
      cure = "name the file in it"
    case .fifo:
      kind = "a FIFO"
      cure = "pipe it in instead: --file - < \(ShownPath.of(path))"
    case .socket: kind = "a socket"
    case .characterSpecial, .blockSpecial: kind = "a device"
    default: kind = "no regular file"
    }
    return StoreError(.notAFile, path, "\(ShownPath.of(path)) is \(kind), not a file; \(cure)")
  }

  static func tooLarge(_ path: FilePath, limit: Int) -> StoreError {
    StoreError(
      .tooLarge, path,
      "\(ShownPath.of(path)) is larger than \(limit) bytes and was not read; "
        + "this is hardly a .env: check the path, or move what is no configuration out of it")
  }

  static func hardLink(_ path: FilePath, _ count: Int) -> StoreError {
    StoreError(
      .hardLink, path,
      "\(ShownPath.of(path)) has \(count) names (hard links), and replacing it would change only this one; "
        + "if the others may keep the old bytes, say --break-link")
  }

  static func dangling(_ path: FilePath) -> StoreError {
    StoreError(
      .brokenLink, path,
      "\(ShownPath.of(path)) is a symbolic link to a file that does not exist; create its target or remove the link"
    )
  }

  static func linkLoop(_ path: FilePath) -> StoreError {
    StoreError(.brokenLink, path, "\(ShownPath.of(path)) is a symbolic link in a circle; remove the link")
  }

  static func foreignLink(_ path: FilePath) -> StoreError {
    StoreError(
      .foreignLink, path,
      "\(ShownPath.of(path)) is a symbolic link to a file of another owner and is not followed for writing; "
        + "name the file itself")
  }

  static func kubernetesVolume(_ path: FilePath) -> StoreError {
    StoreError(
      .kubernetesVolume, path,
      "\(ShownPath.of(path)) is in a Kubernetes volume (..data), which is rewritten from its source; "
        + "change the Secret or ConfigMap instead")
  }

  static func mountPoint(_ path: FilePath) -> StoreError {
    StoreError(
      .mountPoint, path,
      "\(ShownPath.of(path)) is a mount of its own and cannot be replaced, and nothing was changed; mount its folder instead"
    )
  }

  static func locked(_ path: FilePath, after: Duration) -> StoreError {
    StoreError(
      .locked, path,
      "another cfgkit has held the folder of \(ShownPath.of(path)) for \(after.components.seconds) s; wait and try again"
    )
  }

  static func changed(_ path: FilePath) -> StoreError { changed(at: ShownPath.of(path)) }

  static func inputOutput(_ path: FilePath, _ errno: Errno, _ what: String) -> StoreError {
    let cure =
      switch errno {
      case .noSpace: "free some space and try again"
      case .diskQuotaExceeded: "free some of your quota and try again"
      case .fileTooLarge: "raise the limit of file sizes (ulimit -f) and try again"
      case .tooManyOpenFiles, .tooManyOpenFilesInSystem:
        "raise the limit of open files (ulimit -n) and try again"
      case .fileNameTooLong: "give it a shorter name"
      default: "check the disk"
      }
    return StoreError(
      .inputOutput, path,
      "\(ShownPath.of(path)) could not be \(what) (\(errno)), and nothing was changed; \(cure)")
  }

  static func unconfirmed(_ path: FilePath, _ why: String) -> StoreError {
    StoreError(
      .unconfirmed, path,
      "\(ShownPath.of(path)) is written, but \(why); check the disk, and that the file holds what you meant")
  }

  static func interrupted(_ path: FilePath, by signal: Int32) -> StoreError {
    StoreError(
      .interrupted, path,
      "stopped by signal \(signal) before \(ShownPath.of(path)) was changed; run it again",
      exitCode: 128 + signal)
  }

  static func memory(_ path: FilePath, _ error: SecretError) -> StoreError {
    StoreError(.memory, path, "\(ShownPath.of(path)): \(error.message)")
  }
}

extension StoreError {
  /// What failing to look at or open a file means.
  init(opening path: FilePath, _ errno: Errno) {
    switch errno {
    case .noSuchFileOrDirectory, .notDirectory: self = .notFound(path)
    case .permissionDenied, .notPermitted: self = .unreadable(path)
    case .tooManySymbolicLinkLevels: self = .linkLoop(path)
    default: self = .inputOutput(path, errno, "opened")
    }
  }

  /// What failing to make a file beside it means.
  init(creatingBeside path: FilePath, _ errno: Errno) {
    switch errno {
    case .permissionDenied, .notPermitted, .readOnlyFileSystem: self = .folderUnwritable(path, errno)
    case .noSuchFileOrDirectory: self = .folderNotFound(path)
    default: self = .inputOutput(path, errno, "written")
    }
  }

  /// What failing to put the new file in its place means.
  init(replacing path: FilePath, _ errno: Errno) {
    switch errno {
    case .permissionDenied, .notPermitted, .readOnlyFileSystem: self = .unreplaceable(path, errno)
    case .resourceBusy: self = .mountPoint(path)
    default: self = .inputOutput(path, errno, "replaced")
    }
  }
}

/// What stores say that are no files.
extension StoreError {
  static func unresolved(_ store: String) -> StoreError {
    StoreError(
      .unconfirmed, place: store,
      "\(store) did not say whether the change is in place; look at it, and do it again if it is not; a rotation goes on with: cfgkit rotate-secret KEY --resume"
    )
  }

  /// The store is there, and holds nothing.
  package static func noDocument(at store: String) -> StoreError {
    StoreError(
      .notFound, place: store,
      "there is no document at \(store); check the address, or put one there first with cfgkit push")
  }

  /// The document is larger than the store takes.
  package static func documentTooLarge(for store: String, limit: Int) -> StoreError {
    StoreError(
      .tooLarge, place: store,
      "the document is larger than \(limit) bytes, which is too much for \(store), and nothing was changed; "
        + "move what is no configuration out of it")
  }

  static func busy(_ store: String) -> StoreError {
    StoreError(
      .changed, place: store,
      "others kept changing \(store) meanwhile, and nothing was changed; wait and try again")
  }

  /// An address without a user and a password in it, as it was given; what was given is not repeated in the error.
  ///
  /// - Throws: `StoreError` of the code `.address`.
  package static func withoutSecret(_ address: String) throws(StoreError) -> String {
    let authority = address.split(separator: "/", omittingEmptySubsequences: false).prefix(3)
    guard !authority.contains(where: { $0.contains("@") }) else {
      let way =
        address.hasPrefix("aws-sm:")
        ? "AWS takes the access key from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or from ~/.aws/credentials"
        : "use --store-user and --store-password-file"
      throw StoreError(
        .address, place: "--store",
        "no user, no password and no key in the address of a store: a process listing shows it; \(way)")
    }
    return address
  }

  static func changed(at store: String) -> StoreError {
    StoreError(
      .changed, place: store,
      "\(store) was changed by somebody else meanwhile, and nothing was written; look at it and try again")
  }

  static func memory(at store: String, _ error: SecretError) -> StoreError {
    StoreError(.memory, place: store, "\(store) could not be held in guarded memory: \(error.message)")
  }
}
