extension Document {
  /// Sets `key` to the bytes of `value`, literally: a `$` never becomes an expansion.
  ///
  /// Replaces the bytes of the value alone, of the last entry if there are several; a new key gets a line at `placement`.
  /// The value is written in the first spelling of the table that fits.
  ///
  /// - Throws: ``EditError``; then nothing has changed.
  @discardableResult
  public mutating func set(
    _ key: String, to value: borrowing RawSpan, at placement: Placement = .end
  ) throws(EditError) -> EditResult {
    var result: Result<EditResult, EditError>?
    unsafe value.withUnsafeBytes { bytes in
      let view = unsafe ByteView(bytes)
      do throws(EditError) {
        result = .success(try set(key, toBytesOf: view, at: placement))
      } catch {
        result = .failure(error)
      }
    }
    guard let result else { preconditionFailure("withUnsafeBytes calls its closure") }
    return try result.get()
  }

  /// Sets `key` to `value`; see ``set(_:to:at:)-(_,RawSpan,_)``.
  @discardableResult
  public mutating func set(
    _ key: String, to value: String, at placement: Placement = .end
  ) throws(EditError) -> EditResult {
    var value = value
    var result: Result<EditResult, EditError>?
    value.withUTF8 { bytes in
      let view = unsafe ByteView(UnsafeRawBufferPointer(bytes))
      do throws(EditError) {
        result = .success(try set(key, toBytesOf: view, at: placement))
      } catch {
        result = .failure(error)
      }
    }
    guard let result else { preconditionFailure("withUTF8 calls its closure") }
    return try result.get()
  }

  /// Removes every entry of `key` with its line; comments stay.
  ///
  /// - Returns: how many entries there were; 0 if none.
  /// - Throws: ``EditError``; then nothing has changed.
  @discardableResult
  public mutating func remove(_ key: String) throws(EditError) -> Int {
    try checkEditable(key)
    let removed = entries(for: key).map(\.index)
    guard !removed.isEmpty else { return 0 }
    let splices = removed.map { Splice(removing: fullRange(ofLine: Int(index.entries[$0].line))) }
    let edited = applying(splices)
    let gone = Set(removed)
    let origins = index.entries.indices.filter { !gone.contains($0) }
    try EditCheck(before: self, after: edited, origins: origins).run()
    self = edited
    return removed.count
  }

  private mutating func set(
    _ key: String, toBytesOf value: ByteView, at placement: Placement
  ) throws(EditError) -> EditResult {
    try checkEditable(key)
    let isNew = lastEntryIndex(for: key) == nil
    let (edited, place) =
      try isNew
      ? inserting(key, value, at: placement) : replacing(key, value)
    var origins: [Int?] = Array(index.entries.indices)
    if isNew { origins.insert(nil, at: min(place, origins.count)) }
    let check = EditCheck(before: self, after: edited, origins: origins)
    try check.run(exempt: place)
    let reading = edited.read()
    guard let written = reading.content.values[place],
      written.equal(0..<written.count, to: 0..<value.count, in: value)
    else {
      throw EditError(.notAsMeant, "\(key) would not read back as it was set; nothing was changed")
    }
    self = edited
    let start = edited.index.entries[place].keyRange.lowerBound
    return EditResult(
      isNew: isNew, duplicates: edited.entries(for: key).count - 1,
      isPortable: ValueWriter(value).isPortable, position: edited.position(at: start))
  }

  private func replacing(
    _ key: String, _ value: ByteView
  ) throws(EditError) -> (Document, Int) {
    guard let place = lastEntryIndex(for: key) else {
      throw EditError(.badPlace, "\(key) is not in the file")
    }
    try checkText(value, of: key)
    let entry = index.entries[place]
    let end = Int(index.lines[Int(entry.line)].end)
    let after = Int(entry.valueEnd)
    let hasComment = view.skippingBlanks(from: after, to: end) < end
    let writer = ValueWriter(value, emptyNeedsQuotes: hasComment)
    let isGlued = after < end && view[after] == Byte.hash
    let splice = Splice(entry.valueRange) { text in
      writer.write(to: &text)
      // Without the blank, the comment would be a part of the value.
      if writer.form == .bare && isGlued { text.append(Byte.space) }
    }
    return (applying([splice]), place)
  }

  private func inserting(
    _ key: String, _ value: ByteView, at placement: Placement
  ) throws(EditError) -> (Document, Int) {
    try checkText(value, of: key)
    let writer = ValueWriter(value)
    let offset = offset(of: placement)
    let place = index.entries.firstIndex { Int($0.keyStart) >= offset } ?? index.entries.count
    let edited = insertingLine(at: offset) { text in
      text.append(key)
      text.append(Byte.equals)
      writer.write(to: &text)
    }
    return (edited, place)
  }

  /// NUL and broken UTF-8 would make the whole file unreadable.
  private func checkText(_ value: ByteView, of key: String) throws(EditError) {
    guard Encoding.isText(value) else {
      throw EditError(
        .badValue, "the value of \(key) has a NUL byte or is not UTF-8; encode it, as base64 say")
    }
  }
}
