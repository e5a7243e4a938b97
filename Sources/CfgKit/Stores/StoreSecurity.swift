package import CfgKitSecrets

/// Who this is to the servers of a store, and whom it believes.
package struct StoreSecurity: Sendable {
  /// A user of the store and the password.
  package struct SignIn: Sendable {
    /// The name.
    package let user: String
    /// The password.
    package let password: Secret

    /// A name and a password.
    package init(user: String, password: Secret) {
      self.user = user
      self.password = password
    }
  }

  /// The file with the certificates of those who may sign the servers' (PEM); nil for the system's.
  package var authorityFile: String?
  /// The file with the certificate that this client shows (PEM).
  package var certificateFile: String?
  /// The file with its key (PEM).
  package var keyFile: String?
  /// The user to sign in as; nil for none.
  package var signIn: SignIn?
  /// Whether a server on another machine may be spoken to without TLS.
  package var allowsPlaintext: Bool

  /// Whether it says who this is, or whom to believe.
  package var namesSomebody: Bool {
    authorityFile != nil || certificateFile != nil || keyFile != nil || signIn != nil
  }

  /// The system's authorities, nobody's certificate, no user, and TLS to every other machine.
  package init(
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
