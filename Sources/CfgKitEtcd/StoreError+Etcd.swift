import CfgKit
import SystemPackage

/// One place for every sentence about etcd.
extension StoreError {
  static func unreachable(_ address: EtcdAddress, _ why: String) -> StoreError {
    StoreError(
      .unreachable, place: address.description,
      "\(address) cannot be used now: \(why); check its address and that it runs, then try again")
  }

  static func notAdmitted(_ address: EtcdAddress) -> StoreError {
    StoreError(
      .permission, place: address.description,
      "\(address) does not know this user, or wants one; see --store-user and --store-password-file")
  }

  static func notAllowed(_ address: EtcdAddress) -> StoreError {
    StoreError(
      .permission, place: address.description,
      "this user may not do this at \(address); ask its operator for the role, or name another with --store-user"
    )
  }

  static func outdated(_ address: EtcdAddress) -> StoreError {
    StoreError(
      .outdated, place: address.description,
      "\(address) gave an older document than one it gave before; its data were restored or a server is behind: ask its operator"
    )
  }

  static func notPEM(_ flag: String, _ file: String) -> StoreError {
    if (try? ProjectSearch.exists(FilePath(file))) == false {
      return StoreError(
        .notFound, place: file, "\(file), the file of \(flag), does not exist; check the path")
    }
    return StoreError(
      .address, place: file,
      "\(file), the file of \(flag), cannot be read, or is no PEM; check its path, mode and form")
  }
}

/// What etcd takes.
package enum EtcdLimits {
  /// A value above 1,572,864 bytes is refused by etcd; a document stays well below.
  package static let documentBytes = 1 << 20
}
