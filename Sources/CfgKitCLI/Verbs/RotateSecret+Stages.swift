import CfgKit

/// `rotate-secret --stages`: a key that is a secret of its own, for applications that read it from the store themselves.
extension RotateSecret {
  func rotateStages(_ step: RotationFlags.Step, _ reading: Project.Options, _ console: Console) async throws
    -> ExitStatus
  {
    guard let stored = reading.stored else { throw Failure.noStore(besides: global.files) }
    guard let store = stored.store as? any StagedStore else {
      throw RotationRefusal.noStages(keys.first ?? "", stored.store.name)
    }
    guard !dryRun, !due, !all, !fleet.asksForMembers else {
      throw Failure.usage("--stages is for one KEY, without members and without --dry-run")
    }
    guard grace == nil || retire && grace?.duration == .zero else {
      throw Failure.usage(
        "AWS keeps no dates; --retire takes the oldest previous key, --retire --grace 0 all")
    }
    guard let key = keys.first, keys.count == 1 else { throw RotationRefusal.oneSecretAKey() }
    var options = reading
    // Only the schema is of use: what the address names is no document.
    options.stored = nil
    options.readsFiles = false
    let project = try Project.load(options)
    try project.requireValidSchema(console)
    if project.schemaPath != nil, project.schema[key] == nil {
      throw KeyNames.unknown(key, in: project, status: .notFound)
    }
    switch step {
    case .check: throw Failure.usage("AWS keeps no dates that --check could look at; see --status")
    case .status:
      try answer("has", about: key, try await store.stages.load(), isChanged: false, console)
    case .change(let step):
      let request = try RotationFlags(self).request(step, project, console)
      let rotation = try StagedRotation(request, of: key, by: store.stages, in: project)
      let change = try await rotation.apply()
      if let repetition = change.repetition, !answersJSON { console.note(repetition) }
      try answer(
        step.rawValue, about: key, change.keys, isChanged: change.repetition == nil, console)
    }
    return .ok
  }

  private func answer(
    _ change: String, about key: String, _ ring: StagedKeys, isChanged: Bool, _ console: Console
  ) throws {
    guard !answersJSON else {
      return try console.answer(
        JSON.object([
          ("schemaVersion", .integer(1)), ("key", .string(key)), ("change", .string(change)),
          ("changed", .bool(isChanged)), ("next", .bool(ring.next != nil)),
          ("previous", .integer(ring.previous.count)),
        ]).text)
    }
    let next = ring.next == nil ? "no next key" : "a next key is published"
    try console.answer(
      "\(key): one key signs, \(next), \(counted(ring.previous.count, "previous key")) accepted\n")
  }
}
