public import CfgKitSecrets

/// Who this is to the servers of a store, and whom it believes. Each part is an option of the command line too, which messages name.
public struct StoreSecurity: Sendable {
  /// A user of the store and the password.
  public struct SignIn: Sendable {
    /// The name (`--store-user`).
    public let user: String
    /// The password (`--store-password-file`).
    public let password: Secret

    /// A name and a password.
    public init(user: String, password: Secret) {
      self.user = user
      self.password = password
    }
  }

  /// The file with the certificates of those who may sign the servers' (PEM, `--store-ca`); nil for the system's.
  public var authorityFile: String?
  /// The file with the certificate that this client shows (PEM, `--store-cert`).
  public var certificateFile: String?
  /// The file with its key (PEM, `--store-key`).
  public var keyFile: String?
  /// The user to sign in as; nil for none.
  public var signIn: SignIn?
  /// Whether a server on another machine may be spoken to without TLS (`--store-plaintext`).
  public var allowsPlaintext: Bool

  /// Whether it says who this is, or whom to believe.
  package var namesSomebody: Bool {
    authorityFile != nil || certificateFile != nil || keyFile != nil || signIn != nil
  }

  /// By default the system's authorities, nobody's certificate, no user, and TLS to every other machine.
  ///
  /// - Parameters:
  ///   - authorityFile: the certificates of those who may sign the servers' (PEM); nil for the system's.
  ///   - certificateFile: the certificate to show (PEM); it goes with `keyFile`.
  ///   - keyFile: the certificate's key (PEM).
  ///   - signIn: the user to sign in as.
  ///   - allowsPlaintext: whether a server on another machine may be spoken to without TLS.
  public init(
    authorityFile: String? = nil, certificateFile: String? = nil, keyFile: String? = nil,
    signIn: SignIn? = nil,
    allowsPlaintext: Bool = false
  ) {
    self.authorityFile = authorityFile
    self.certificateFile = certificateFile
    self.keyFile = keyFile
    self.signIn = signIn
    self.allowsPlaintext = allowsPlaintext
  }
}
