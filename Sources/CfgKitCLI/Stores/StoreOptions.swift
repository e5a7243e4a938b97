import ArgumentParser
import CfgKit
import CfgKitDotEnv
import CfgKitSecrets
import SystemPackage

/// Which store takes the place of the `.env` files, and how to get into it. Each option has a variable of its own.
struct StoreOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A store in the place of .env, as etcd://host:2379,host:2379/prefix (also CFGKIT_STORE).",
      valueName: "url"))
  var store: String?

  @Option(
    name: .customLong("store-ca"),
    help: ArgumentHelp("Who may sign the certificates of its servers, PEM.", valueName: "file"),
    completion: .file())
  var authorityFile: String?

  @Option(
    name: .customLong("store-cert"),
    help: ArgumentHelp("The certificate to show it, PEM.", valueName: "file"), completion: .file())
  var certificateFile: String?

  @Option(
    name: .customLong("store-key"),
    help: ArgumentHelp("The key of that certificate, PEM.", valueName: "file"),
    completion: .file())
  var keyFile: String?

  @Option(name: .customLong("store-user"), help: ArgumentHelp("The user to sign in as.", valueName: "name"))
  var user: String?

  @Option(
    name: .customLong("store-password-file"),
    help: ArgumentHelp(
      "The file with the password (also CFGKIT_STORE_PASSWORD, the password itself).", valueName: "file"),
    completion: .file())
  var passwordFile: String?

  @Flag(
    name: .customLong("store-plaintext"), help: "Without TLS, to servers on other machines too.")
  var plaintext = false

  /// The options that take the next word as their value.
  static let valued = [
    "--store", "--store-ca", "--store-cert", "--store-key", "--store-user", "--store-password-file",
  ]
}

extension StoreOptions {
  /// The address of the store; nil if there is none. A file on the command line is nearer than a store in the environment.
  func address(besides files: [String], needsFiles: Bool) throws -> String? {
    if let store {
      guard files.isEmpty else { throw Failure.usage("--store and --file exclude each other") }
      guard !needsFiles else { throw Failure.usage("this is about files; leave out --store") }
      return try StoreError.withoutSecret(store)
    }
    guard files.isEmpty, !needsFiles else { return nil }
    return try Self.variable("STORE").map(StoreError.withoutSecret)
  }

  /// The options beside the address, as they were given, for a command that is to find the same store.
  var access: [String] {
    let named = [
      ("--store-ca", authorityFile), ("--store-cert", certificateFile), ("--store-key", keyFile),
      ("--store-user", user), ("--store-password-file", passwordFile),
    ]
    let pairs = named.flatMap { name, value in value.map { [name, $0] } ?? [] }
    return pairs + (plaintext ? ["--store-plaintext"] : [])
  }

  /// Who this is to the store, and whom it believes.
  func security() throws -> StoreSecurity {
    var security = StoreSecurity(
      authorityFile: authorityFile ?? Self.variable("STORE_CA"),
      certificateFile: certificateFile ?? Self.variable("STORE_CERT"),
      keyFile: keyFile ?? Self.variable("STORE_KEY"),
      allowsPlaintext: try plaintext || Self.switchedOn("STORE_PLAINTEXT"))
    if let user = user ?? Self.variable("STORE_USER") {
      guard let password = try password() else {
        throw Failure.usage(
          "--store-user needs a password: name its file with --store-password-file, or set CFGKIT_STORE_PASSWORD"
        )
      }
      security.signIn = StoreSecurity.SignIn(user: user, password: password)
    }
    return security
  }

  private func password() throws -> Secret? {
    if let file = passwordFile ?? Self.variable("STORE_PASSWORD_FILE") {
      let document: Document
      do throws(StoreError) {
        document = try FileStore(FilePath(file)).load().0
      } catch {
        guard error.code == .notAFile else { throw error }
        throw StoreError(
          .notAFile, place: file,
          "\(file), of --store-password-file, is no regular file; name one, or set CFGKIT_STORE_PASSWORD")
      }
      return try ValueSource.withoutLineEnd(document)
    }
    var password: Result<Secret, any Error>?
    EnvironmentBlock.process.withVariable("CFGKIT_STORE_PASSWORD") { bytes in
      password = Result { try Secret(copying: bytes) }
    }
    return try password?.get()
  }

  /// Whether `CFGKIT_NAME` says yes; what says neither yes nor no is refused.
  private static func switchedOn(_ name: String) throws(Failure) -> Bool {
    switch variable(name) {
    case "1", "true": true
    case nil, "0", "false": false
    default: throw .usage("CFGKIT_\(name) has to be 1 or true, or 0 or false; or say --store-plaintext")
    }
  }

  /// The text of `CFGKIT_NAME`; an empty one is none.
  private static func variable(_ name: String) -> String? {
    Console.variable("CFGKIT_\(name)").flatMap { $0.isEmpty ? nil : $0 }
  }
}
