import CfgKitDotEnv
package import SystemPackage

/// A text file of a project that is no `.env`: a manifest, an ignore file, source text.
package enum ProjectFile {
  /// More than this is no text that people write.
  package static let limit = 1 << 20

  /// The text; nil if it is absent, larger than the limit, or not a regular file: then it says nothing.
  package static func text(at path: FilePath) -> String? {
    let store = FileStore(path, limits: Limits(fileBytes: limit))
    guard let (document, _) = try? store.load() else { return nil }
    return String(decoding: document.bytes, as: UTF8.self)
  }

  /// The lines of a text, without their ends.
  package static func lines(of text: String) -> [Substring] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
  }
}
