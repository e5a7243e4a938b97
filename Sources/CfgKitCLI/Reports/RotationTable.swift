import CfgKit

/// The tables of `rotate-secret --status`: roles and dates, no keys; and on a store that knows its members, who has what.
struct RotationTable {
  private let rows: [RotationOverview.Row]
  private let roster: Roster?

  init(_ overview: RotationOverview, _ roster: Roster? = nil) {
    rows = overview.rows
    self.roster = roster
  }

  /// Columns that line up.
  var text: String {
    if rows.isEmpty { return "" }
    return keyText + memberText
  }

  private var keyText: String {
    let cells = rows.map { row in
      [
        row.key, row.phase.rawValue, row.rotated?.date ?? "unknown", row.published?.date ?? "-",
        row.accepted.isEmpty
          ? "-" : row.accepted.map { $0?.date ?? "after the restart" }.joined(separator: ", "),
        row.maximumAge.map { "\($0.components.seconds / 86_400) days\(row.isDue ? ", due" : "")" } ?? "-",
        Self.text(row.nextStep),
      ]
    }
    return Table.text(
      [["KEY", "PHASE", "SIGNS SINCE", "NEXT SINCE", "PREVIOUS UNTIL", "REPLACE AFTER", "NEXT STEP"]] + cells)
  }

  private var memberText: String {
    guard let members = roster?.members else { return "" }
    if members.isEmpty { return "\nno members\n" }
    let cells = members.map { member in
      [
        member.name.description, Self.state(of: member),
        member.acknowledgement?.revision.map { "\($0)" } ?? "-",
        member.acknowledgement?.time.description ?? "-",
      ] + rows.map { $0.standing(of: member).text }
    }
    return "\n" + Table.text([["MEMBER", "STATE", "REVISION", "SAID AT"] + rows.map(\.key)] + cells)
  }

  private static func state(of member: RosterMember) -> String {
    guard let acknowledgement = member.acknowledgement else { return "silent" }
    if member.hasSlot { return "restarting" }
    return acknowledgement.revision == nil ? "starting" : "serving"
  }

  private static func text(_ next: (step: Rotation.Step, from: RotationTime?)?) -> String {
    guard let next else { return "-" }
    return word(next.step) + (next.from.map { " from \($0.date)" } ?? "")
  }

  /// The flag of a step; a rotation in one step has none.
  private static func word(_ step: Rotation.Step) -> String {
    step == .rotate ? "rotate-secret" : "--\(step.rawValue)"
  }

  /// The same for programs.
  var json: JSON {
    .object([
      ("schemaVersion", .integer(1)),
      (
        "keys",
        .array(
          rows.map { row in
            .object([
              ("key", .string(row.key)), ("phase", .string(row.phase.rawValue)),
              ("rotated", row.rotated.map { .string($0.description) } ?? .null),
              ("next", row.published.map { .string($0.description) } ?? .null),
              ("previousUntil", .array(row.accepted.map { $0.map { .string($0.description) } ?? .null })),
              ("due", .bool(row.isDue)), ("drifted", .bool(row.hasDrifted)),
              ("nextStep", row.nextStep.map { .string($0.step.rawValue) } ?? .null),
              ("nextStepFrom", row.nextStep?.from.map { .string($0.description) } ?? .null),
            ])
          })
      ),
      ("members", roster.map { .array($0.members.map(json)) } ?? .null),
    ])
  }

  private func json(_ member: RosterMember) -> JSON {
    .object([
      ("name", .string(member.name.description)), ("state", .string(Self.state(of: member))),
      ("revision", member.acknowledgement?.revision.map { .integer(Int($0)) } ?? .null),
      ("saidAt", member.acknowledgement.map { .string($0.time.description) } ?? .null),
      (
        "keys",
        .object(
          rows.map { row in
            let standing = row.standing(of: member)
            return (
              row.key,
              .object([
                ("current", .bool(standing.standing == .current)), ("state", .string(standing.text)),
              ])
            )
          })
      ),
    ])
  }
}
