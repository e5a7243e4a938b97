import CfgKit

extension FindingText {
  /// The same text, in the colours of a stream.
  init(style: Style, files: [SourceFile] = []) {
    self.init(files: files) { role, text in style(role, text) }
  }
}
