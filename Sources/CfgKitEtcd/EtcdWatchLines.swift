import FoundationEssentials

/// The answers of a watch, which come as one JSON object a line in parts of any size.
struct EtcdWatchLines {
  /// An answer that is none of etcd's, or says that it gives up.
  struct NoAnswer: Error {}

  /// A line longer than two documents in base64 is none of etcd's.
  private static let longest = 8 << 20

  private var rest = Data()

  /// The answers that a further part completes.
  mutating func add(_ part: some Collection<UInt8>) throws(NoAnswer) -> [WatchAnswer.Result] {
    rest.append(contentsOf: part)
    var answers: [WatchAnswer.Result] = []
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      let line = Data(rest[rest.startIndex..<end])
      rest = Data(rest[rest.index(after: end)...])
      if line.isEmpty { continue }
      guard let answer = GatewayJSON.decode(WatchAnswer.self, from: line)?.result else { throw NoAnswer() }
      answers.append(answer)
    }
    guard rest.count <= Self.longest else { throw NoAnswer() }
    return answers
  }
}
