import CfgKitSecrets
import SystemPackage

/// Why a document could not be read or replaced.
///
/// Unless the code is `.unconfirmed`, the old document is intact. Equal by code and place, so that tests stay readable. The
/// message names the place, what is wrong with it and the way out; it never holds a byte of the document.
public struct StoreError: Error, Sendable {
  /// The kinds. New ones may come.
  @nonexhaustive
  public enum Code: String, Sendable, Hashable, CaseIterable {
    /// There is no such file or folder.
    case notFound = "not-found"
    /// It may not be read or written.
    case permission
    /// It belongs to somebody else, and only root could give the new file to them.
    case foreignOwner = "foreign-owner"
    /// A directory, a FIFO, a device or a socket.
    case notAFile = "not-a-file"
    /// What the store holds is one value, and no lines of `KEY=value`.
    case notADocument = "not-a-document"
    /// More bytes than the limit.
    case tooLarge = "too-large"
    /// It has more than one name, and only one of them would be replaced.
    case hardLink = "hard-link"
    /// A symbolic link that leads nowhere or in a circle.
    case brokenLink = "broken-link"
    /// A symbolic link to a file of another owner.
    case foreignLink = "foreign-link"
    /// It belongs to a Kubernetes volume, which the kubelet rewrites.
    case kubernetesVolume = "kubernetes-volume"
    /// It is mounted on its own, so it cannot be replaced.
    case mountPoint = "mount-point"
    /// Another writer held the lock for too long.
    case locked
    /// Somebody changed it meanwhile.
    case changed
    /// The system failed to write: disk full, quota, I/O.
    case inputOutput = "input-output"
    /// The new document is visible, but the disk did not confirm it.
    case unconfirmed
    /// A signal came before the new document was in place.
    case interrupted
    /// No guarded memory.
    case memory
    /// What names a store is no address of one, or may not be used as it stands.
    case address
    /// The store cannot be reached, does not answer in time, or answers what is no answer.
    case unreachable
    /// The store gave an older document than one that was seen before.
    case outdated
  }

  /// What went wrong.
  public let code: Code
  /// The file or the store, as the caller named it; no address of a store that holds a secret is ever kept.
  public let place: String
  /// One sentence for people, the way out last.
  public let message: String
  /// The exit code of a program that ends with it: see <doc:ExitCodes>.
  public let exitCode: Int32

  init(_ code: Code, _ path: FilePath, _ message: String, exitCode: Int32? = nil) {
    self.init(code, place: path.string, message, exitCode: exitCode)
  }

  /// An error of a store that is no file.
  package init(_ code: Code, place: String, _ message: String, exitCode: Int32? = nil) {
    self.code = code
    self.place = place
    self.message = message
    self.exitCode = exitCode ?? code.exitCode
  }
}

extension StoreError: Equatable {
  /// Equal by code and place.
  public static func == (left: StoreError, right: StoreError) -> Bool {
    left.code == right.code && left.place == right.place
  }
}

extension StoreError: CustomStringConvertible {
  /// The message.
  public var description: String { message }
}

extension StoreError.Code {
  /// A fixed word for programs: `not-found`, `permission`.
  public var word: String { rawValue }

  /// Whether the same question may be answered a while later, though nobody changes anything.
  package var mayPass: Bool {
    switch self {
    case .unreachable, .inputOutput, .locked, .changed, .outdated: true
    default: false
    }
  }

  fileprivate var exitCode: Int32 {
    switch self {
    case .notFound: 66
    case .permission, .foreignOwner: 77
    case .notAFile, .hardLink, .brokenLink, .foreignLink, .kubernetesVolume, .mountPoint: 73
    case .tooLarge, .notADocument: 65
    case .locked, .changed, .outdated: 75
    case .inputOutput: 74
    case .unconfirmed: 76
    case .interrupted: 130
    case .memory: 70
    case .address: 64
    case .unreachable: 69
    }
  }
}
