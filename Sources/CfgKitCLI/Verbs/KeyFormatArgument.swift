import CfgKit
import CfgKitSecrets

/// The kind and size of a key on the command line.
enum KeyFormatArgument {
  /// `hex:32`, or `hex` with a size beside it; base64url of 32 bytes without a kind.
  static func format(_ kind: String?, size: Int?) throws(Failure) -> KeyFormat {
    let text = kind ?? "base64url"
    if size != nil, text.contains(":") {
      throw .usage("the size is given twice: in the kind and with --bytes")
    }
    do {
      return try KeyFormat(parsing: size.map { "\(text):\($0)" } ?? text)
    } catch {
      let meant = NearMiss.candidate(for: text, among: KeyFormat.kinds)
      // The library names what it was given; here that may be anything.
      let isKnown = KeyFormat.kinds.contains { text == $0 || text.hasPrefix("\($0):") }
      throw .usage(
        isKnown
          ? error.message
          : "there is no such kind of key\(meant.map { "; did you mean \($0)?" } ?? ""); the kinds: "
            + KeyFormat.kinds.joined(separator: ", "))
    }
  }
}
