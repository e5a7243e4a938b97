import CfgKit

extension FleetSimulation {
  /// What goes wrong in a tenth of a second.
  mutating func fault() {
    guard now < options.duration else { return }
    queue.put(.fault, at: now + 100)
    func happens(_ chance: Double) -> Bool { random.unit() < chance / 10 }
    let index = Int(random.next() % UInt64(members.count))
    if happens(options.kills), members[index].isUp {
      figures.kills += 1
      for child in members[index].live.keys { exit(child, of: index) }
      members[index].isUp = false
      members[index].life += 1
      queue.put(.boot(index), at: now + random.within(100...40_000))
    }
    if happens(options.pauses), members[index].isUp, !members[index].isPaused {
      figures.pauses += 1
      for revision in members[index].live.values {
        if let signing = store.rings[revision]?.current.fingerprint { signed[signing] = now }
      }
      (members[index].isPaused, members[index].isFrozen) = (true, true)
      count(index)
      queue.put(.resume(index, life: members[index].life), at: now + random.within(500...45_000))
    }
    if happens(options.partitions) {
      figures.partitions += 1
      members[index].unreachableUntil = now + random.within(500...45_000)
    }
    if happens(options.stops), members[index].isUp, !members[index].isPaused {
      figures.stops += 1
      give(.stop(signal: 15), to: index)
      for time in [30_000, 60_000, 90_000] { queue.put(.boot(index), at: now + time) }
    }
    if happens(options.coordinatorKills) { plan = nil }
  }
}
