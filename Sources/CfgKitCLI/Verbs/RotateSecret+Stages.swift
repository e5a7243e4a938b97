import CfgKit

/// `rotate-secret --stages`: a key that is a secret of its own, for applications that read it from the store themselves.
extension RotateSecret {
  func rotateStages(_ step: RotationFlags.Step, _ reading: Project.Options, _ console: Console) async throws
    -> ExitStatus
  {
    guard let stored = reading.stored else { throw Failure.noStore }
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
    switch step {
    case .check: throw Failure.usage("AWS keeps no dates that --check could look at; see --status")
    case .status:
      try answer("has", try await store.stages.load(), console)
    case .change(let step):
      var options = reading
      // Only the schema is of use: what the address names is no document.
      options.stored = nil
      options.readsFiles = false
      let project = try Project.load(options)
      let request = try RotationFlags(self).request(step, project, console)
      let rotation = try StagedRotation(request, of: store.stages, in: project)
      try answer(step.rawValue, try await rotation.apply(), console)
    }
    return .ok
  }

  private func answer(_ change: String, _ ring: StagedKeys, _ console: Console) throws {
    let key = keys.first ?? ""
    guard !answersJSON else {
      return try console.answer(
        JSON.object([
          ("schemaVersion", .integer(1)), ("key", .string(key)), ("change", .string(change)),
          ("next", .bool(ring.next != nil)), ("previous", .integer(ring.previous.count)),
        ]).text)
    }
    let next = ring.next == nil ? "no next key" : "a next key is published"
    try console.answer(
      "\(key): one key signs, \(next), \(counted(ring.previous.count, "previous key")) accepted\n")
  }
}
