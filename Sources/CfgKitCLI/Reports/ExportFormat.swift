import CfgKit
import CfgKitDotEnv
import CfgKitSecrets

/// The formats of `export`.
enum ExportFormat: String, CaseIterable {
  case env, shell, json, yaml, docker, k8s

  /// A value on its way out.
  struct Exported {
    let key: String
    let value: LayerValue
    let isSensitive: Bool
  }

  /// The values in this format. `name` is what Kubernetes calls the objects.
  func answer(_ values: [Exported], name: String) throws -> Answer {
    var answer = Answer()
    switch self {
    case .env: try appendDocument(values, to: &answer)
    case .shell:
      for value in values {
        guard Self.isShellName(value.key) else {
          throw Failure(
            .unreadable, "not-exportable", "\(value.key) is no name for a shell; leave it out with --only")
        }
        answer.append("export \(value.key)=")
        answer.append(try ValueSpelling.shell.spelled(value.value, key: value.key))
        answer.append("\n")
      }
    case .docker:
      for value in values {
        guard !value.value.hasLineBreak else {
          throw Failure(
            .unreadable, "not-exportable",
            "\(value.key) has a line break, which docker --env-file cannot hold; use --format json, or choose the others with --only"
          )
        }
        answer.append("\(value.key)=")
        answer.append(try ValueSpelling.raw.spelled(value.value, key: value.key))
        answer.append("\n")
      }
    case .json:
      answer.append("{")
      for (index, value) in values.enumerated() {
        answer.append((index > 0 ? "," : "") + "\n  \(JSON.string(value.key).line): ")
        answer.append(try ValueSpelling.json.spelled(value.value, key: value.key))
      }
      answer.append(values.isEmpty ? "}\n" : "\n}\n")
    case .yaml:
      if values.isEmpty { answer.append("{}\n") }
      try append(values, "", .json, to: &answer)
    case .k8s:
      let open = values.filter { !$0.isSensitive }
      let secret = values.filter(\.isSensitive)
      if !open.isEmpty {
        answer.append("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: \(name)\ndata:\n")
        try append(open, "  ", .json, to: &answer)
      }
      if !open.isEmpty, !secret.isEmpty { answer.append("---\n") }
      if !secret.isEmpty {
        answer.append("apiVersion: v1\nkind: Secret\nmetadata:\n  name: \(name)\ntype: Opaque\ndata:\n")
        try append(secret, "  ", .base64, to: &answer)
      }
    }
    return answer
  }

  private func append(
    _ values: [Exported], _ indent: String, _ spelling: ValueSpelling, to answer: inout Answer
  ) throws {
    for value in values {
      answer.append("\(indent)\(JSON.string(value.key).line): ")
      answer.append(try spelling.spelled(value.value, key: value.key))
      answer.append("\n")
    }
  }

  private func appendDocument(_ values: [Exported], to answer: inout Answer) throws {
    var document = try Document.guarded()
    for value in values { try value.value.withBytes { bytes in _ = try document.set(value.key, to: bytes) } }
    answer.append(try document.withBytes { bytes in try Secret(copying: bytes) })
  }

  private static func isShellName(_ key: String) -> Bool {
    key.utf8.allSatisfy { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "-") }
  }
}

extension LayerValue {
  fileprivate var hasLineBreak: Bool {
    withBytes { bytes in
      (0..<bytes.byteCount).contains { bytes[octet: $0] == 0x0A || bytes[octet: $0] == 0x0D }
    }
  }
}
