/// Which cfgkit this is.
package enum Release {
  /// Its version, by semver.org.
  package static let version = "0.1.0"
}
