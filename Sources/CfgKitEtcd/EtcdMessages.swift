import FoundationEssentials

// The part of etcd's JSON gateway that is used here, as version 3.4 speaks it: bytes are padded base64, numbers of 64 bits are texts,
// and what is false, zero or empty is absent.

/// Reads one key, or all that begin with it, or all from it up to another.
struct RangeRequest: Encodable {
  let key: Data
  /// The first key that is not read any more.
  var rangeEnd: Data?
  /// Whether the values stay where they are.
  var keysOnly: Bool?
  /// As it was at a revision of the store; nil for now.
  var revision: String?
  /// Only what was changed at this revision or later.
  var minModRevision: String?

  /// All keys that begin with this text.
  static func all(beginningWith text: String) -> RangeRequest {
    let key = Data(text.utf8)
    var end = key
    // What it begins with ends in a slash, which is not the last byte.
    end[end.count - 1] += 1
    return RangeRequest(key: key, rangeEnd: end)
  }
}

/// Compares, then writes or reads, in one step.
struct TransactionRequest: Encodable {
  /// A condition on when a key was last changed; 0 for never.
  struct Comparison: Encodable {
    let key: Data
    let modRevision: String
    let target = "MOD"
    let result = "EQUAL"

    init(_ key: Data, changedAt revision: Int64) {
      self.key = key
      modRevision = String(revision)
    }
  }

  /// What a transaction does here.
  enum Step: Encodable {
    case put(key: Data, value: Data, lease: Int64?)
    case range(RangeRequest)
    case remove(key: Data)

    static func range(key: Data) -> Step { .range(RangeRequest(key: key)) }

    private struct Put: Encodable {
      let key: Data
      let value: Data
      let lease: String?
    }

    private enum Keys: String, CodingKey {
      case put = "requestPut"
      case range = "requestRange"
      case remove = "requestDeleteRange"
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Keys.self)
      switch self {
      case .put(let key, let value, let lease):
        try container.encode(Put(key: key, value: value, lease: lease.map { String($0) }), forKey: .put)
      case .range(let request): try container.encode(request, forKey: .range)
      case .remove(let key): try container.encode(RangeRequest(key: key), forKey: .remove)
      }
    }
  }

  let compare: [Comparison]
  let success: [Step]
  let failure: [Step]
}

/// Asks for time after which keys go by themselves.
struct LeaseRequest: Encodable {
  /// Seconds.
  let TTL: String
  let ID: String
}

/// Says that the holder of a lease is alive, or gives it back.
struct LeaseNumber: Encodable {
  let ID: String

  init(_ lease: Int64) { ID = String(lease) }
}

/// Signs in.
struct SignInRequest: Encodable {
  let name: String
  let password: String
}

/// Begins a watch.
struct WatchRequest: Encodable {
  struct Creation: Encodable {
    let key: Data
    let startRevision: String
  }

  let createRequest: Creation
}

/// What every answer begins with.
struct AnswerHeader: Decodable {
  let revision: String?

  /// The revision of the whole store.
  var number: Int64? { revision.flatMap { Int64($0) } }
}

/// A key with its value.
struct KeyValue: Decodable {
  let key: Data?
  let value: Data?
  let modRevision: String?
  /// How often the key was written since it was made.
  let version: String?
  let lease: String?

  var revision: Int64? { modRevision.flatMap { Int64($0) } }
}

/// The keys that were found.
struct RangeAnswer: Decodable {
  let header: AnswerHeader?
  let kvs: [KeyValue]?
}

/// What became of a transaction.
struct TransactionAnswer: Decodable {
  struct Step: Decodable {
    let responseRange: RangeAnswer?
  }

  let header: AnswerHeader?
  let succeeded: Bool?
  let responses: [Step]?
}

/// What became of a renewal.
struct RenewalAnswer: Decodable {
  struct Result: Decodable {
    let TTL: String?
  }

  let result: Result?
}

/// What carries nothing but its header.
struct PlainAnswer: Decodable {
  let header: AnswerHeader?
}

/// The token of a sign-in.
struct SignInAnswer: Decodable {
  let token: String
}

/// One line of a watch.
struct WatchAnswer: Decodable {
  struct Event: Decodable {
    let type: String?
    let kv: KeyValue?
  }

  struct Result: Decodable {
    let header: AnswerHeader?
    let created: Bool?
    let canceled: Bool?
    let compactRevision: String?
    let events: [Event]?
  }

  let result: Result?
}

/// What etcd says of a request that it does not do. Its words are compared and never shown.
struct Refusal: Decodable {
  let error: String?
  let code: Int?
}

/// The gateway's spelling of names and bytes.
enum GatewayJSON {
  static func encode(_ request: some Encodable) -> Data? {
    // Protocol Buffers read names in either case.
    try? JSONEncoder().encode(request)
  }

  static func decode<Answer: Decodable>(_ type: Answer.Type, from data: Data) -> Answer? {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try? decoder.decode(type, from: data)
  }
}
