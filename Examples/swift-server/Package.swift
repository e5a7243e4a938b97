// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "swift-server",
  platforms: [.macOS(.v15)],
  dependencies: [
    // In a project of yours: .package(url: "https://github.com/…/cfgkit", from: "…", traits: ["SwiftConfiguration"])
    .package(name: "cfgkit", path: "../..", traits: ["SwiftConfiguration"]),
    .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: []),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    .executableTarget(
      name: "Server",
      dependencies: [
        .product(name: "CfgKit", package: "cfgkit"),
        .product(name: "CfgKitConfiguration", package: "cfgkit"),
        .product(name: "Configuration", package: "swift-configuration"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ]
    )
  ],
  swiftLanguageModes: [.v6]
)
