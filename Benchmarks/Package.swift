// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody who depends on cfgkit ever downloads what only the benchmarks need.

/// Measured code by ordo-one/benchmark: `swift package benchmark --target DotEnvBenchmarks`.
func benchmark(_ name: String, _ folder: String, _ products: String...) -> Target {
  .executableTarget(
    name: name,
    dependencies: products.map { .product(name: $0, package: "cfgkit") } + [
      .product(name: "Benchmark", package: "benchmark"),
      "SampleFile",
    ],
    path: "Benchmarks/\(folder)",
    plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")])
}

/// Measured once in its own process, for the side-by-side scripts.
func timing(_ name: String, _ dependencies: Target.Dependency...) -> Target {
  .executableTarget(name: name, dependencies: dependencies + ["Measurement"])
}

let package = Package(
  name: "cfgkit-benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "cfgkit", path: ".."),
    // Without its allocator hooks, which need packages of C; allocations are counted by the side-by-side scripts.
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
    .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: []),
  ],
  targets: [
    .target(name: "CMeasurement"),
    .target(name: "Measurement", dependencies: ["CMeasurement"]),
    .target(name: "SampleFile"),
    benchmark("DotEnvBenchmarks", "DotEnv", "CfgKitDotEnv"),
    timing(
      "dotenv-timing", "CMeasurement", "SampleFile",
      .product(name: "CfgKitDotEnv", package: "cfgkit")),
    timing(
      "library-timing", "CMeasurement", .product(name: "CfgKit", package: "cfgkit"),
      .product(name: "Configuration", package: "swift-configuration")),
    timing("strength-timing", .product(name: "CfgKitSecrets", package: "cfgkit")),
    timing(
      "swift-configuration-timing", .product(name: "Configuration", package: "swift-configuration")),
  ],
  swiftLanguageModes: [.v6]
)
