/// A wide value that copies share until one of them changes.
@propertyWrapper struct CopyOnWrite<Value: Sendable & Hashable>: Hashable {
  private var box: Box

  init(_ value: Value) { box = Box(value) }

  var wrappedValue: Value {
    _read { yield box.value }
    _modify {
      if !isKnownUniquelyReferenced(&box) { box = Box(box.value) }
      yield &box.value
    }
  }

  static func == (one: Self, other: Self) -> Bool {
    one.box === other.box || one.box.value == other.box.value
  }

  func hash(into hasher: inout Hasher) { hasher.combine(box.value) }

  private final class Box {
    var value: Value

    init(_ value: Value) { self.value = value }
  }
}

/// What two hold is not changed, so that tasks may share it.
extension CopyOnWrite: @unchecked Sendable {}
