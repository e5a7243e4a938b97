// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody who depends on cfgkit downloads what only this test needs.

let package = Package(
  name: "cfgkit-custom-dump",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "cfgkit", path: "../.."),
    .package(url: "https://github.com/pointfreeco/swift-custom-dump", from: "1.7.3"),
  ],
  targets: [
    .testTarget(
      name: "CustomDumpTests",
      dependencies: [
        .product(name: "CfgKit", package: "cfgkit"),
        .product(name: "CustomDump", package: "swift-custom-dump"),
      ])
  ],
  swiftLanguageModes: [.v6]
)
