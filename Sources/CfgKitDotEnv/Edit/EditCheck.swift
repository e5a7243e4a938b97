/// The second reading of an edited document, before anybody sees it.
struct EditCheck {
  let before: Document
  let after: Document
  /// For every entry of `after`, the entry of `before` that it is; nil for a new one.
  let origins: [Int?]
  /// Whether also the decoded values of the other entries must be the same.
  var valuesStay = false

  /// - Parameter exempt: the entry of `after` that was meant to change.
  /// - Throws: `changesOthers`, unless every other entry is byte-identical and reports nothing new.
  func run(exempt: Int? = nil) throws(EditError) {
    guard after.fileError == nil else {
      throw EditError(
        .badValue,
        "the edited file would not be readable; nothing was changed")
    }
    guard after.index.entries.count == origins.count,
      after.index.problems.count <= before.index.problems.count
    else { throw refusal(at: nil) }
    let old = before.read()
    let new = after.read()
    for (place, origin) in origins.enumerated() where place != exempt {
      guard let origin else {
        let isDuplicate = new.content.reported[place] & 1 << UInt32(Diagnostic.ID.duplicateKey.row) != 0
        if new.content.values[place] == nil || isDuplicate { throw refusal(at: place) }
        continue
      }
      let left = before.index.entries[origin]
      let right = after.index.entries[place]
      guard before.view.equal(left.keyRange, to: right.keyRange, in: after.view),
        before.view.equal(left.valueRange, to: right.valueRange, in: after.view)
      else { throw refusal(at: place) }
      try checkReports(old: old, origin: origin, new: new, place: place)
      if valuesStay {
        guard Self.equal(old.content.values[origin], new.content.values[place]) else {
          throw refusal(at: place)
        }
      }
    }
  }

  /// An entry that was sound must report nothing new. One in error, or that referred to one, may: then it was hidden.
  private func checkReports(old: Reading, origin: Int, new: Reading, place: Int) throws(EditError) {
    guard old.content.values[origin] != nil else { return }
    let added = new.content.reported[place] & ~old.content.reported[origin]
    if added != 0 { throw refusal(at: place) }
  }

  private static func equal(_ left: ByteView?, _ right: ByteView?) -> Bool {
    guard let left, let right else { return left == nil && right == nil }
    return left.equal(0..<left.count, to: 0..<right.count, in: right)
  }

  private func refusal(at place: Int?) -> EditError {
    guard let place, place < after.index.entries.count else {
      return EditError(.notAsMeant, "the edit would change how other lines read; nothing was changed")
    }
    let key = after.view.string(after.index.entries[place].keyRange)
    // The place in the document as it stands, which is the one that people see.
    let origin = place < origins.count ? origins[place] : nil
    let position = origin.map {
      before.position(at: before.index.entries[$0].keyRange.lowerBound)
    }
    return EditError(
      .notAsMeant, "the edit would change how \(key) reads, which may refer to it; change \(key) first",
      at: position)
  }
}
