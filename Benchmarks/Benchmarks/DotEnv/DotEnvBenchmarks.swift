import Benchmark
import CfgKitDotEnv
import SampleFile

/// The work of one start: index a file, read it, and take its values.
let benchmarks: @Sendable () -> Void = {
  // Not the processor's time, which it counts in steps of 10 ms.
  Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock, .throughput, .peakMemoryResident], maxDuration: .seconds(2))

  for keys in [20, 1_000, 100_000] {
    let bytes = SampleFile.bytes(keys: keys)
    let storage = DocumentStorage(copying: bytes)
    let document = Document(storage)

    Benchmark("Index \(keys) keys") { benchmark in
      for _ in benchmark.scaledIterations { blackHole(Document(storage)) }
    }
    Benchmark("Read \(keys) keys") { benchmark in
      for _ in benchmark.scaledIterations { blackHole(document.read()) }
    }
    Benchmark("Index, read and decode \(keys) keys") { benchmark in
      for _ in benchmark.scaledIterations { blackHole(Document(storage).read().values) }
    }
    Benchmark("Set one of \(keys) keys") { benchmark in
      for _ in benchmark.scaledIterations {
        var edited = document
        blackHole(try? edited.set("APP_SETTING_NEW", to: "value"))
      }
    }
  }
}
