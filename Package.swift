// swift-tools-version: 6.2
import PackageDescription

/// Upcoming features of the language, each with its proposal at
/// https://github.com/swiftlang/swift-evolution/tree/main/proposals
let upcomingFeatures = [
  "ExistentialAny",  // SE-0335
  "InternalImportsByDefault",  // SE-0409
  "MemberImportVisibility",  // SE-0444
  "NonisolatedNonsendingByDefault",  // SE-0461
]

let strict: [SwiftSetting] =
  upcomingFeatures.map { .enableUpcomingFeature($0) } + [
    .treatAllWarnings(as: .error),
    .strictMemorySafety(),
  ]

/// Tests poke at memory on purpose, so they leave out strict memory safety.
let tested: [SwiftSetting] =
  upcomingFeatures.map { .enableUpcomingFeature($0) } + [.treatAllWarnings(as: .error)]

let package = Package(
  name: "cfgkit",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "CfgKit", targets: ["CfgKit"]),
    .library(name: "CfgKitConfiguration", targets: ["CfgKitConfiguration"]),
    .library(name: "CfgKitDotEnv", targets: ["CfgKitDotEnv"]),
    .library(name: "CfgKitEtcd", targets: ["CfgKitEtcd"]),
    .library(name: "CfgKitSecrets", targets: ["CfgKitSecrets"]),
    .library(name: "CfgKitTesting", targets: ["CfgKitTesting"]),
    .executable(name: "cfgkit", targets: ["CfgKitTool"]),
    .executable(name: "cfgkit-fleet", targets: ["CfgKitFleetTool"]),
  ],
  traits: [
    .trait(
      name: "SwiftConfiguration",
      description: "CfgKitConfiguration: a checked Config as a provider of apple/swift-configuration."),
    .trait(
      name: "Etcd",
      description: "CfgKitEtcd: documents in etcd and in AWS Secrets Manager. The only HTTP client."),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    // Fetched only where the trait SwiftConfiguration is on.
    .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: []),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    // Fetched only where the trait Etcd is on.
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CSodium",
      pkgConfig: "libsodium",
      providers: [.apt(["libsodium-dev"]), .brew(["libsodium"])]
    ),
    .systemLibrary(name: "CPrctl"),
    .systemLibrary(name: "CXattr"),
    .target(name: "CfgKitDotEnv", swiftSettings: strict),
    .target(name: "CfgKitSecrets", dependencies: ["CPrctl", "CSodium"], swiftSettings: strict),
    .target(
      name: "CfgKit",
      dependencies: [
        "CPrctl",
        "CXattr",
        "CfgKitDotEnv",
        "CfgKitSecrets",
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict
    ),
    .target(
      name: "CfgKitConfiguration",
      dependencies: [
        "CfgKit",
        .product(
          name: "Configuration", package: "swift-configuration",
          condition: .when(traits: ["SwiftConfiguration"])),
        .product(
          name: "ServiceLifecycle", package: "swift-service-lifecycle",
          condition: .when(traits: ["SwiftConfiguration"])),
      ],
      swiftSettings: strict
    ),
    .target(
      name: "CfgKitEtcd",
      dependencies: [
        "CfgKit", "CfgKitDotEnv", "CfgKitSecrets",
        .product(name: "SystemPackage", package: "swift-system"),
        .product(
          name: "AsyncHTTPClient", package: "async-http-client", condition: .when(traits: ["Etcd"])),
        .product(name: "NIOCore", package: "swift-nio", condition: .when(traits: ["Etcd"])),
        .product(name: "NIOHTTP1", package: "swift-nio", condition: .when(traits: ["Etcd"])),
        .product(name: "NIOPosix", package: "swift-nio", condition: .when(traits: ["Etcd"])),
        .product(name: "NIOSSL", package: "swift-nio-ssl", condition: .when(traits: ["Etcd"])),
      ],
      swiftSettings: strict
    ),
    .target(
      name: "CfgKitTesting",
      dependencies: ["CfgKit", .product(name: "SystemPackage", package: "swift-system")],
      swiftSettings: strict
    ),
    .target(
      name: "CfgKitTemplates",
      path: "templates",
      resources: [
        .embedInCode("django.env.schema"),
        .embedInCode("docker-compose.env.schema"),
        .embedInCode("express.env.schema"),
        .embedInCode("fastapi.env.schema"),
        .embedInCode("flask.env.schema"),
        .embedInCode("generic.env.schema"),
        .embedInCode("laravel.env.schema"),
        .embedInCode("nextjs.env.schema"),
        .embedInCode("rails.env.schema"),
        .embedInCode("swift-server.env.schema"),
      ],
      swiftSettings: strict
    ),
    .target(
      name: "CfgKitCLI",
      dependencies: [
        "CfgKit",
        "CfgKitTemplates",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict
    ),
    // One program without any code for a network store, and one with it where the trait Etcd is on.
    .executableTarget(name: "CfgKitTool", dependencies: ["CfgKitCLI"], swiftSettings: strict),
    .executableTarget(
      name: "CfgKitFleetTool", dependencies: ["CfgKit", "CfgKitCLI", "CfgKitEtcd"], swiftSettings: strict),
    // Run by tests in other languages, and no product.
    .executableTarget(
      name: "dotenv-probe", dependencies: ["CfgKitDotEnv"], path: "Tests/Probe", swiftSettings: tested),
    .testTarget(
      name: "CfgKitDotEnvTests", dependencies: ["CfgKitDotEnv"], resources: [.copy("Data")],
      swiftSettings: tested),
    .testTarget(
      name: "CfgKitSecretsTests", dependencies: ["CfgKitSecrets", "CSodium"], resources: [.copy("Data")],
      swiftSettings: tested),
    // A program for tests of memory to run; no product.
    .executableTarget(
      name: "MemoryProbe",
      dependencies: [
        "CfgKit", "CfgKitDotEnv", "CfgKitSecrets",
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      path: "Tests/MemoryProbe", swiftSettings: tested),
    // What every document store promises, for the tests of each.
    .target(
      name: "StoreContract", dependencies: ["CfgKit", "CfgKitDotEnv", "CfgKitSecrets"],
      path: "Tests/StoreContract", swiftSettings: tested),
    // Real servers of etcd, for the tests of all that speaks to one.
    .target(
      name: "EtcdServers", path: "Tests/EtcdServers", resources: [.copy("Data")], swiftSettings: tested),
    // A fleet with a clock of its own, for tests and benchmarks.
    .target(
      name: "FleetSimulation", dependencies: ["CfgKit", "CfgKitSecrets"], path: "Tests/FleetSimulation",
      swiftSettings: tested),
    // Members and coordinators of a fleet as programs, for tests and benchmarks to run and kill; no product.
    .executableTarget(
      name: "FleetProbe",
      dependencies: [
        "CfgKit", "CfgKitDotEnv", "CfgKitEtcd", "CfgKitSecrets", "FleetSimulation",
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      path: "Tests/FleetProbe", swiftSettings: tested),
    .testTarget(
      name: "CfgKitTests",
      dependencies: [
        "CfgKit", "CfgKitDotEnv", "CfgKitSecrets", "CfgKitTemplates", "FleetSimulation", "MemoryProbe",
        "StoreContract",
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: tested
    ),
    .testTarget(
      name: "CfgKitConfigurationTests",
      dependencies: [
        "CfgKit", "CfgKitConfiguration", "CfgKitTesting",
        .product(
          name: "ConfigurationTesting", package: "swift-configuration",
          condition: .when(traits: ["SwiftConfiguration"])),
        .product(name: "Logging", package: "swift-log", condition: .when(traits: ["SwiftConfiguration"])),
        .product(
          name: "ServiceLifecycle", package: "swift-service-lifecycle",
          condition: .when(traits: ["SwiftConfiguration"])),
      ],
      swiftSettings: tested
    ),
    .testTarget(
      name: "CfgKitTestingTests", dependencies: ["CfgKit", "CfgKitTesting"], swiftSettings: tested),
    .testTarget(
      name: "CfgKitEtcdTests",
      dependencies: [
        "CfgKit", "CfgKitDotEnv", "CfgKitEtcd", "CfgKitSecrets", "EtcdServers", "FleetProbe", "StoreContract",
        .product(name: "AsyncHTTPClient", package: "async-http-client", condition: .when(traits: ["Etcd"])),
        .product(name: "NIOCore", package: "swift-nio", condition: .when(traits: ["Etcd"])),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      resources: [.copy("Data")], swiftSettings: tested),
    .testTarget(
      name: "CLITests", dependencies: ["CfgKitFleetTool", "CfgKitTool", "EtcdServers", "MemoryProbe"],
      resources: [.copy("Golden")],
      swiftSettings: tested),
  ],
  swiftLanguageModes: [.v6]
)
