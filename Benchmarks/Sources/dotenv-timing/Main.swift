import CMeasurement
import CfgKitDotEnv
import Measurement
import SampleFile

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// One measurement of CfgKitDotEnv in a process of its own, as a line of JSON; `DotEnv/compare` calls it.
@main enum Main {
  static let usage = """
    usage: dotenv-timing sample KEYS              write a sample file to standard output
           dotenv-timing hostile SIZE             read every hostile input, of this size and of twice that
           dotenv-timing WORK FILE [RUNS BATCH]   walk-c, walk, index, read, dictionary

    """

  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    guard let work = arguments.first, arguments.count >= 2 else { return complain() }
    if work == "sample" {
      guard let keys = Int(arguments[2]) else { return complain() }
      return send(SampleFile.bytes(keys: keys), to: STDOUT_FILENO)
    }
    if work == "hostile" {
      guard let size = Int(arguments[2]) else { return complain() }
      return readHostileInputs(size)
    }
    guard let storage = storage(of: arguments[2]) else {
      perror(arguments[2])
      exit(1)
    }
    let numbers = arguments.dropFirst(2).compactMap { Int($0) }
    func measured<Result>(_ work: () -> Result) -> Measurement {
      Measurement(runs: numbers.first ?? 5, batch: numbers.dropFirst().first ?? 1, work)
    }
    let measurement: Measurement? =
      switch work {
      case "walk-c": measured { storage.withBytes { cm_walk($0.baseAddress, $0.count) } }
      case "walk": measured { storage.withBytes(walk) }
      case "index": measured { Document(storage, limits: limits) }
      case "read": measured { Document(storage, limits: limits).read() }
      case "dictionary": measured { Document(storage, limits: limits).read().values }
      default: nil
      }
    guard let measurement else { return complain() }
    print(measurement.json)
  }

  /// For each a line of JSON with the processor seconds of both sizes, the best of five.
  private static func readHostileInputs(_ size: Int) {
    for input in HostileInput.all {
      let seconds = [input.bytes(size), input.bytes(2 * size)].map { bytes in
        (0..<5).map { _ in
          let clock = ProcessClock()
          keep(Document(bytes).read(.strict))
          return clock.seconds
        }.min() ?? 0
      }
      print("{\"name\": \"\(input.name)\", \"seconds\": [\(seconds[0]), \(seconds[1])]}")
    }
  }

  private static let limits = Limits(fileBytes: 1 << 31)

  private static func complain() {
    send(Array(usage.utf8), to: STDERR_FILENO)
    exit(64)
  }

  private static func send(_ bytes: [UInt8], to descriptor: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let sent = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      guard sent > 0 else {
        perror("dotenv-timing")
        exit(1)
      }
      rest = rest.dropFirst(sent)
    }
  }

  /// The file, read straight to where the document keeps it.
  private static func storage(of path: String) -> DocumentStorage? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    fseek(file, 0, SEEK_END)
    let size = ftell(file)
    rewind(file)
    return DocumentStorage(byteCount: size) { span in
      span.withUnsafeMutableBytes { fread($0.baseAddress, 1, size, file) }
    }
  }

  /// How many LFs there are, found with memchr.
  private static func walk(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard var place = bytes.baseAddress else { return 0 }
    let end = place + bytes.count
    var lines = 0
    while place < end, let found = memchr(place, 0x0A, end - place) {
      lines += 1
      place = UnsafeRawPointer(found) + 1
    }
    return lines
  }
}

extension DocumentStorage {
  fileprivate func withBytes<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R {
    Document(self, limits: Limits(fileBytes: 0)).withBytes { span in span.withUnsafeBytes(body) }
  }
}
