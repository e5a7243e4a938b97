extension CheckedProject {
  /// A key that the schema or a layer knows, or nil: of what neither names a pack says nothing.
  func known(_ key: String) -> Resolution.ResolvedKey? {
    guard let resolved = resolution[key], resolved.declaration != nil || resolved.winner != nil else {
      return nil
    }
    return resolved
  }

  /// A switch that has to have this position, if it is known and the schema does not ask for it itself.
  func switchFinding(
    _ rule: Rule, _ key: String, mustBe wanted: Bool, _ message: String
  ) -> Finding? {
    guard let resolved = known(key), resolved.declaration?.mustBe.isEmpty ?? true, resolved.isOn != wanted
    else {
      return nil
    }
    return Finding(
      rule, key: key, message, at: resolved.winner?.origin.location ?? resolved.declaration?.location,
      fix: .command("cfgkit", "set", key, wanted ? "true" : "false"))
  }
}
