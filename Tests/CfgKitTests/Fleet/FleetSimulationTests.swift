import CfgKitSecrets
import FleetSimulation
import Testing

@testable import CfgKit

/// Supervisors, coordinator and ring together, in fleets of up to five: members are killed, paused, cut off and stopped at random, and hear
/// of changes late. No live process refuses what another signs or signed within the grace.
@Suite struct FleetSimulationTests {
  private static let keys = Result {
    let salt = try Salt()
    let generator = try SecretGenerator()
    return try (0..<400).map { _ in RingKey(try generator.generate(), name: "KEY", salt: salt, policy: .key) }
  }

  private func run(_ change: (inout FleetSimulation.Options) -> Void) throws -> FleetSimulation.Figures {
    var options = FleetSimulation.Options()
    change(&options)
    var simulation = FleetSimulation(options, keys: try Self.keys.get())
    let figures = try simulation.run()
    // A run that has lost enough ends at once.
    #expect(figures.notServing == 0 || !figures.lost.isEmpty, "\(options)\n\(figures)\n\(simulation.state)")
    return figures
  }

  private static let seeds = Array(1...16 as ClosedRange<UInt64>)

  @Test(arguments: seeds) func `nobody is refused while members die, sleep, are cut off and stop`(
    seed: UInt64
  ) throws {
    let figures = try run { options in
      options.seed = seed
      options.members = Int(seed % 5) + 1
      options.kills = 0.02
      options.pauses = 0.02
      options.partitions = 0.02
      options.stops = 0.01
      options.coordinatorKills = 0.05
      options.aborts = 0.2
      options.keepsStandingNext = seed % 2 == 0
    }
    #expect(figures.lost == [], "seed \(seed): \(figures)")
    #expect(figures.changes > 0)
  }

  @Test(arguments: seeds) func `nobody is refused where an old process serves until the new one does`(
    seed: UInt64
  ) throws {
    let figures = try run { options in
      options.seed = seed
      options.members = Int(seed % 5) + 1
      options.overlaps = true
      options.fence = seed % 2 == 0 ? .seconds(25) : nil
      options.kills = 0.02
      options.pauses = 0.02
      options.partitions = 0.02
      options.stops = 0.01
      options.coordinatorKills = 0.05
    }
    #expect(figures.lost == [], "seed \(seed): \(figures)")
    #expect(figures.changes > 0)
  }

  @Test(arguments: seeds)
  func `nobody is refused while others go on without silent members that fence themselves`(
    seed: UInt64
  ) throws {
    let figures = try run { options in
      options.seed = seed
      options.members = Int(seed % 5) + 1
      options.fence = .seconds(25)
      options.kills = 0.02
      options.pauses = 0.03
      options.partitions = 0.03
      options.stops = 0.01
      options.coordinatorKills = 0.05
    }
    #expect(figures.lost == [], "seed \(seed): \(figures)")
  }

  @Test func `a fleet that is left alone rotates again and again`() throws {
    let figures = try run { $0.members = 5 }
    #expect(figures.lost == [])
    #expect(figures.rotations >= 2)
    #expect(figures.starts >= 5 + figures.rotations * 10)
  }

  @Test func `the check sees a coordinator that asks nobody`() throws {
    let figures = try run { options in
      options.members = 3
      options.isNaive = true
    }
    #expect(!figures.lost.isEmpty)
  }
}
