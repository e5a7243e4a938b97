/// Keys with which Rails starts and then fails, or signs with a key that everyone can make.
struct RailsCheck: Check {
  let rules: [Rule] = [.railsDummyKey, .railsMasterKey]

  func findings(in project: CheckedProject) -> [Finding] {
    [dummy(project), masterKey(project)].compactMap(\.self)
  }

  private func dummy(_ project: CheckedProject) -> Finding? {
    guard project.phase == .run, let dummy = project.known("SECRET_KEY_BASE_DUMMY"), !dummy.isMissing else {
      return nil
    }
    return Finding(
      .railsDummyKey, key: dummy.key,
      "SECRET_KEY_BASE_DUMMY is set: Rails makes a key of its own, other in each container",
      at: dummy.winner?.origin.location, fix: .command("cfgkit", "unset", dummy.key))
  }

  private func masterKey(_ project: CheckedProject) -> Finding? {
    guard let key = project.known("RAILS_MASTER_KEY"), !key.isMissing, let winner = key.winner,
      !winner.value.withBytes({ $0.byteCount == 32 && TextForms.isHex($0) })
    else { return nil }
    return Finding(
      .railsMasterKey, key: key.key,
      "RAILS_MASTER_KEY is not 32 hexadecimal digits, so that no credentials open",
      at: winner.origin.location, fix: .manual("take it from config/master.key: cfgkit set RAILS_MASTER_KEY"))
  }
}

extension Rule {
  static let railsDummyKey = Rule(
    "rails/dummy-key", 706, "the key of an image build at run time",
    why:
      "SECRET_KEY_BASE_DUMMY is for assets:precompile; at run time each container signs with a key of its own, and sessions end with it.",
    example: "SECRET_KEY_BASE_DUMMY=1", fix: "cfgkit unset SECRET_KEY_BASE_DUMMY, and set SECRET_KEY_BASE.",
    source: "guides.rubyonrails.org/configuring.html#config-secret-key-base")
  static let railsMasterKey = Rule(
    "rails/master-key", 707, "a master key of another length",
    why: "ActiveSupport::MessageEncryptor::InvalidMessage at start: the credentials cannot be opened.",
    example: "RAILS_MASTER_KEY=0123abcd", fix: "Take the 32 digits of config/master.key.",
    source: "guides.rubyonrails.org/security.html#custom-credentials")
}
