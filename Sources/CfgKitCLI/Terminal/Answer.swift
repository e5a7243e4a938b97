import CfgKit
import CfgKitDotEnv
import CfgKitSecrets
import SystemPackage

/// What a verb answers, in pieces; secrets among them stay in guarded memory until they are written.
struct Answer {
  private enum Piece {
    case text(String)
    case secret(Secret)
    case document(Document)
  }

  private var pieces: [Piece] = []

  init() {}

  /// Adds text that is no secret.
  mutating func append(_ text: String) { pieces.append(.text(text)) }

  /// Adds a secret's bytes as they are.
  mutating func append(_ secret: Secret) { pieces.append(.secret(secret)) }

  /// Adds a document's bytes as they are.
  mutating func append(_ document: Document) { pieces.append(.document(document)) }

  /// Writes all pieces to a stream.
  func write(to stream: StandardStream) throws {
    for piece in pieces {
      switch piece {
      case .text(let text): try stream.write(text)
      case .secret(let secret): try secret.withBytes { bytes in try stream.write(bytes) }
      case .document(let document): try document.withBytes { bytes in try stream.write(bytes) }
      }
    }
  }

  /// All pieces as one document, in guarded memory.
  func document() throws -> Document {
    let count = pieces.reduce(0) { sum, piece in
      switch piece {
      case .text(let text): sum + text.utf8.count
      case .secret(let secret): sum + secret.byteCount
      case .document(let document): sum + document.byteCount
      }
    }
    return Document(
      try DocumentStorage(guarding: count) { span in
        var offset = 0
        for piece in pieces {
          switch piece {
          case .text(let text):
            for byte in text.utf8 {
              span.storeBytes(of: byte, toByteOffset: offset, as: UInt8.self)
              offset += 1
            }
          case .secret(let secret): secret.withBytes { bytes in span.append(bytes, at: &offset) }
          case .document(let document): document.withBytes { bytes in span.append(bytes, at: &offset) }
          }
        }
        return offset
      })
  }
}

extension MutableRawSpan {
  /// Copies bytes in at an offset, and moves the offset behind them.
  mutating func append(_ bytes: borrowing RawSpan, at offset: inout Int) {
    for index in 0..<bytes.byteCount {
      storeBytes(of: bytes[octet: index], toByteOffset: offset, as: UInt8.self)
      offset += 1
    }
  }

  /// Stores bytes of fixed text, and moves the offset behind them.
  mutating func append(_ text: StaticString, at offset: inout Int) {
    for byte in "\(text)".utf8 {
      storeBytes(of: byte, toByteOffset: offset, as: UInt8.self)
      offset += 1
    }
  }

  /// Stores one byte, and moves the offset behind it.
  mutating func append(_ byte: UInt8, at offset: inout Int) {
    storeBytes(of: byte, toByteOffset: offset, as: UInt8.self)
    offset += 1
  }
}
