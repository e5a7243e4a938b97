import FleetSimulation
import Testing

@testable import CfgKit

/// The versions that lock files name, each format as its tool writes it.
@Suite struct LockFileTests {
  struct Example: CustomTestStringConvertible, Sendable {
    let file: String
    let ecosystem: LockedPackages.Ecosystem
    let text: String
    let versions: [String: String]
    var testDescription: String { "\(file) \(versions.keys.sorted())" }
  }

  static let examples = [
    Example(
      file: "uv.lock", ecosystem: .python,
      text: """
        version = 1
        requires-python = ">=3.9"

        [[package]]
        name = "Flask_Session"
        version = "0.8.0"
        source = { registry = "https://pypi.org/simple" }
        dependencies = [
            { name = "flask" },
        ]

        [package.metadata]
        name = "none"
        """, versions: ["flask-session": "0.8.0"]),
    Example(
      file: "Gemfile.lock", ecosystem: .ruby,
      text: """
        GEM
          remote: https://rubygems.org/
          specs:
            actionpack (7.1.3)
              rack (>= 2.2.4)
            nokogiri (1.16.0-x86_64-linux)
            rails (7.1.3)

        PLATFORMS
          x86_64-linux

        DEPENDENCIES
          rails (~> 7.1)
        """, versions: ["actionpack": "7.1.3", "nokogiri": "1.16.0", "rails": "7.1.3"]),
    Example(
      file: "composer.lock", ecosystem: .php,
      text: """
        {
            "content-hash": "x",
            "packages": [
                {"name": "a/b", "version": "1.2.0", "source": {"type": "git", "version": "9"}, "tags": ["x", "y"]},
                {"name": "laravel/framework", "version": "v11.0.3", "require": {"php": "^8.2"}}
            ],
            "packages-dev": [{"name": "c/d", "version": "2.0.0"}]
        }
        """, versions: ["a/b": "1.2.0", "laravel/framework": "11.0.3"]),
    Example(
      file: "package-lock.json", ecosystem: .node,
      text: """
        {"name": "app", "version": "1.0.0", "lockfileVersion": 3, "packages": {
          "": {"name": "app", "version": "1.0.0", "dependencies": {"express": "^4.18.2"}},
          "node_modules/express": {"version": "4.18.2", "dependencies": {"qs": "6.11.0"}},
          "node_modules/@auth/core": {"version": "0.34.2"},
          "node_modules/express/node_modules/qs": {"version": "6.11.0"}
        }}
        """, versions: ["express": "4.18.2", "@auth/core": "0.34.2"]),
    Example(
      file: "package-lock.json", ecosystem: .node,
      text:
        #"{"lockfileVersion": 1, "dependencies": {"express": {"version": "4.17.1", "requires": {"qs": "6"}}}}"#,
      versions: ["express": "4.17.1"]),
    Example(
      file: "yarn.lock", ecosystem: .node,
      text: """
        # yarn lockfile v1

        "@auth/core@^0.34.0", "@auth/core@0.34.2":
          version "0.34.2"
          resolved "https://registry.yarnpkg.com/x"

        express@^4.18.2:
          version "4.18.2"
          dependencies:
            qs "6.11.0"

        ms@2.0.0:
          version "2.0.0"

        ms@2.1.3:
          version "2.1.3"
        """, versions: ["@auth/core": "0.34.2", "express": "4.18.2"]),
    Example(
      file: "yarn.lock", ecosystem: .node,
      text: """
        __metadata:
          version: 8

        "express@npm:^4.18.2":
          version: 4.18.2
          resolution: "express@npm:4.18.2"
        """, versions: ["express": "4.18.2"]),
    Example(
      file: "pnpm-lock.yaml", ecosystem: .node,
      text: """
        lockfileVersion: '9.0'

        importers:
          .:
            dependencies:
              express:
                specifier: ^4.18.2
                version: 4.18.2

        packages:

          '@auth/core@0.34.2':
            resolution: {integrity: x}

          express@4.18.2:
            resolution: {integrity: x}

        snapshots:

          next@14.2.3(react@18.3.1): {}
        """, versions: ["@auth/core": "0.34.2", "express": "4.18.2"]),
    Example(
      file: "pnpm-lock.yaml", ecosystem: .node,
      text:
        "packages:\n\n  /express/4.18.2:\n    dev: false\n\n  /next/14.2.3_react@18.3.1:\n    dev: false\n",
      versions: ["express": "4.18.2", "next": "14.2.3"]),
    Example(
      file: "pnpm-lock.yaml", ecosystem: .node,
      text:
        "packages:\n\n  /@auth/core@0.34.2:\n    dev: false\n\n  /next@14.2.3(react@18.3.1):\n    dev: false\n",
      versions: ["@auth/core": "0.34.2", "next": "14.2.3"]),
    Example(
      file: "Package.resolved", ecosystem: .swift,
      text: """
        {"originHash": "x", "pins": [
          {"identity": "vapor", "kind": "remoteSourceControl", "location": "https://example.org/vapor",
           "state": {"revision": "abc", "version": "4.92.1"}},
          {"identity": "branchy", "state": {"branch": "main", "revision": "abc"}}
        ], "version": 3}
        """, versions: ["vapor": "4.92.1"]),
    Example(
      file: "Package.resolved", ecosystem: .swift,
      text:
        #"{"object": {"pins": [{"package": "Vapor", "state": {"branch": null, "version": "4.0.0"}}]}, "version": 1}"#,
      versions: ["vapor": "4.0.0"]),
  ]

  @Test(arguments: examples) func theVersionsOfAFormatAreRead(example: Example) throws {
    let folder = try TemporaryProject([example.file: example.text])
    let versions = LockedPackages(in: folder.root).versions(of: example.ecosystem)
    #expect(versions == example.versions.mapValues { PackageVersion($0) })
  }

  @Test func anyBytesAreReadWithoutATrap() throws {
    var generator = SeededGenerator(seed: 7)
    for example in Self.examples {
      let text = Array(example.text.utf8)
      for _ in 0..<40 {
        var bytes = text
        for _ in 0..<3 {
          let place = Int.random(in: 0..<bytes.count, using: &generator)
          bytes[place] = "{}[]\",:@/\\ x".utf8.randomElement(using: &generator)!
        }
        bytes.removeLast(Int.random(in: 0..<bytes.count, using: &generator))
        let folder = try TemporaryProject([example.file: String(decoding: bytes, as: UTF8.self)])
        _ = LockedPackages(in: folder.root)
      }
    }
  }

  @Test func depthCostsNoStack() {
    let deep = Array(repeating: UInt8(ascii: "["), count: 1_000_000)
    var count = 0
    JSONStrings.forEach(in: deep + Array("\"x\"".utf8)) { _, _ in count += 1 }
    #expect(count == 1)
  }
}
