import CfgKitDotEnv

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What tests in other languages need of the library: values as its writer spells them, inputs that are read once, and readings.
@main enum Probe {
  static let usage = """
    usage: dotenv-probe values SEED COUNT FOLDER   files of portable values, and what each value is
           dotenv-probe work SIZE                  read every hostile input, of this size and of twice that
           dotenv-probe read FILE...               what both readings and the dialects make of each, a line of JSON a file

    """

  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    switch (arguments.first, arguments.count) {
    case ("read", 2...):
      for path in arguments.dropFirst() {
        guard let readings = Readings(path: path) else {
          perror(path)
          exit(1)
        }
        print(readings.json)
      }
    case ("values", 4):
      guard let seed = UInt64(arguments[1]), let count = Int(arguments[2]) else { return complain() }
      var values = PortableValues(seed: seed)
      values.write(count, to: arguments[3])
    case ("work", 2):
      guard let size = Int(arguments[1]) else { return complain() }
      // Once for nothing, so that what a process does only once counts for none of them.
      _ = countedWork(Array("A=\"1\"\n?\nB=${A}\n".utf8))
      for input in HostileInput.all {
        for bytes in [input.bytes(size), input.bytes(2 * size)] { _ = countedWork(bytes) }
        print(input.name)
      }
    default: complain()
    }
  }

  private static func complain() {
    print(usage)
    exit(64)
  }
}

/// Reads the bytes in both modes, and gives how many diagnostics there are. Who counts instructions counts from one end of this to the next.
@inline(never) func countedWork(_ bytes: [UInt8]) -> Int {
  let document = Document(bytes)
  return document.read(.strict).diagnostics.count + document.read(.compatible).diagnostics.count
}
