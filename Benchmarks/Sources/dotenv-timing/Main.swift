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
           dotenv-timing pages BYTES              take so much memory from the system, and give it back
           dotenv-timing WORK FILE [RUNS BATCH]   read one file again and again
           dotenv-timing many WORK KEYS           read different files of so many keys, 100,000 keys at least

    WORK is walk-c, walk, index, read or dictionary; or what the standard library alone does for a dictionary: strings,
    insertion.

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
    if work == "pages" {
      guard let size = Int(arguments[2]) else { return complain() }
      return print(Measurement(runs: 10) { cm_touch(size) }.json)
    }
    if work == "many" {
      guard arguments.count >= 3, let keys = Int(arguments[3]), keys > 0 else { return complain() }
      return readMany(arguments[2], keys)
    }
    guard let storage = storage(of: arguments[2]) else {
      perror(arguments[2])
      exit(1)
    }
    let numbers = arguments.dropFirst(2).compactMap { Int($0) }
    let batch = numbers.dropFirst().first ?? 1
    guard let measurement = measure(work, [storage], runs: numbers.first ?? 5, batch: batch) else {
      return complain()
    }
    print(measurement.json)
  }

  /// What a piece of work costs for all of these files together.
  private static func measure(
    _ work: String, _ files: [DocumentStorage], runs: Int, batch: Int
  ) -> Measurement? {
    func measured<Input, Result>(_ inputs: [Input], _ task: (Input) -> Result) -> Measurement {
      guard inputs.count > 1 else { return Measurement(runs: runs, batch: batch) { task(inputs[0]) } }
      return Measurement(runs: runs, batch: batch) { for input in inputs { keep(task(input)) } }
    }
    switch work {
    case "walk-c": return measured(files) { $0.withBytes { cm_walk($0.baseAddress, $0.count) } }
    case "walk": return measured(files) { $0.withBytes(walk) }
    case "index": return measured(files) { Document($0, limits: limits) }
    case "read": return measured(files) { Document($0, limits: limits).read() }
    case "dictionary": return measured(files) { Document($0, limits: limits).values() }
    case "strings":
      let documents = files.map { Document($0, limits: limits) }
      return measured(documents.map { ($0, $0.read()) }, strings)
    case "insertion":
      let documents = files.map { Document($0, limits: limits) }
      return measured(documents.map { strings(of: $0, $0.read()) }, dictionary)
    default: return nil
    }
  }

  /// Different files, so that a small one is no more at hand than a part of a large one: in the caches, and what a processor
  /// remembers of the branches it took. All are in memory before the first is read.
  private static func readMany(_ work: String, _ keys: Int) {
    let files = (0..<max(1, 100_000 / keys)).map { seed in
      DocumentStorage(copying: SampleFile.bytes(keys: keys, seed: UInt64(seed)))
    }
    guard let measurement = measure(work, files, runs: 5, batch: 1) else { return complain() }
    let count = Double(files.count * keys)
    let list = measurement.seconds.map { "\($0 / count * 1e9)" }.joined(separator: ", ")
    print("{\"nanoseconds\": [\(list)], \"page_faults\": \(measurement.pageFaults / count)}")
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

  /// The strings of every key and value, and nothing else.
  private static func strings(of document: Document, _ reading: Reading) -> [(String, String)] {
    document.entries.map { entry in
      let value = reading.withValue(of: entry) { value in
        value.withUnsafeBytes { bytes in
          bytes.withMemoryRebound(to: UInt8.self) { String(decoding: $0, as: UTF8.self) }
        }
      }
      return (document.key(of: entry), value ?? "")
    }
  }

  /// A dictionary of strings that are there already.
  private static func dictionary(of pairs: [(String, String)]) -> [String: String] {
    var values = [String: String](minimumCapacity: pairs.count)
    for (key, value) in pairs { values.updateValue(value, forKey: key) }
    return values
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
