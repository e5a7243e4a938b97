import ArgumentParser
import CfgKit

/// How `rotate-secret` treats the members of a store.
struct FleetOptions: ParsableArguments {
  @Flag(
    help:
      "The whole rotation: wait for every member after each step, and drop the old key if its overlap ends meanwhile."
  )
  var fleet = false

  @Option(
    help: ArgumentHelp(
      "Wait so long for members instead of refusing; without a step, 10m by default.", valueName: "time"))
  var wait: DurationArgument?

  @Option(
    help: ArgumentHelp(
      "Take a silent member off the roster, because it is gone; repeatable.", valueName: "name"))
  var forget: [String] = []

  @Flag(help: "There are no members, and that is meant.")
  var noMembers = false

  func validate() throws {
    guard forget.allSatisfy({ MemberName($0) != nil }) else {
      throw ValidationError("--forget takes the name of a member, as --status shows it")
    }
  }
}

extension FleetOptions {
  /// Whether one of them is given.
  var asksForMembers: Bool { fleet || wait != nil || !forget.isEmpty || noMembers }

  private static let standardPatience = Duration.seconds(600)

  /// How members are waited for; nil for a store that knows none, where nothing asks for it.
  func terms(of rotation: Rotation, isPlan: Bool) throws(RotationRefusal) -> FleetRotation.Terms? {
    guard rotation.store is any MemberStore else {
      guard !asksForMembers else {
        throw .cannotWait(rotation.keys.first ?? "", rotation.shownPath)
      }
      return nil
    }
    let waitsAnyway = fleet || rotation.step == .rotate
    var terms = FleetRotation.Terms(patience: wait?.duration ?? (waitsAnyway ? Self.standardPatience : nil))
    terms.forgotten = forget.compactMap { MemberName($0) }
    terms.allowsNoMembers = noMembers
    terms.waitsForRetirement = fleet
    terms.isPlan = isPlan
    return terms
  }
}
