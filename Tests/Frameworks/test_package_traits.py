"""A Swift package that depends on this one fetches only what it asks for."""

import json
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from project import ROOT

MANIFEST = """// swift-tools-version: 6.2
import PackageDescription
let package = Package(
  name: "user",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "cfgkit", path: "%s"%s)],
  targets: [.target(name: "User", dependencies: [.product(name: "%s", package: "cfgkit")])]
)
"""


class PackageTraits(unittest.TestCase):
    def fetched(self, traits, product="CfgKit"):
        """The identities of the packages that a user of a product, with these traits, resolves."""
        folder = Path(tempfile.mkdtemp(prefix="cfgkit-user-"))
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        (folder / "Sources" / "User").mkdir(parents=True)
        (folder / "Sources" / "User" / "User.swift").write_text(f"import {product}\n")
        (folder / "Package.swift").write_text(MANIFEST % (ROOT, traits, product))
        done = subprocess.run(
            ["swift", "package", "resolve"], cwd=folder, capture_output=True, text=True, timeout=300
        )
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        resolved = folder / "Package.resolved"
        return {pin["identity"] for pin in json.loads(resolved.read_text())["pins"]}

    def test_without_the_trait_nobody_fetches_swift_configuration(self):
        self.assertEqual(self.fetched(""), {"swift-argument-parser", "swift-system"})

    def test_with_the_trait_it_is_fetched(self):
        fetched = self.fetched(', traits: ["SwiftConfiguration"]')
        self.assertLessEqual({"swift-configuration", "swift-service-lifecycle"}, fetched)

    def test_without_the_trait_nobody_fetches_a_network_not_even_for_the_product_that_has_one(self):
        for product in ("CfgKit", "CfgKitEtcd"):
            self.assertEqual(self.fetched("", product), {"swift-argument-parser", "swift-system"})

    def test_with_the_trait_of_etcd_the_network_is_fetched(self):
        fetched = self.fetched(', traits: ["Etcd"]', "CfgKitEtcd")
        self.assertLessEqual({"async-http-client", "swift-nio", "swift-nio-ssl"}, fetched)
