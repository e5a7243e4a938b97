/// Every key and its value as text, in the order of the file, up to the first error: a value becomes text right after it was decoded.
///
/// A dictionary takes them from here as they are made. Taking them from anywhere else it would count references, and with many keys each
/// count waits for the memory that the one before was put to.
struct TextPairs: Sequence, IteratorProtocol {
  private let mode: ReadingMode
  private let entries: [Entry]
  private var expansion: Expansion
  private var position = 0
  private var found = EntryFlaws()
  private let outcome = Outcome()

  /// Shared by the copies, of which a sequence's reader goes through one.
  private final class Outcome {
    var isError = false
  }

  /// Those of a document whose structure is without an error.
  init(of document: Document, _ mode: ReadingMode, _ environment: any VariableLookup) {
    self.mode = mode
    entries = document.entries
    expansion = Expansion(document, mode, environment)
  }

  /// Whether they ended at a value in error, once they have ended.
  var endedInError: Bool { outcome.isError }

  var underestimatedCount: Int { entries.count }

  mutating func next() -> (String, String)? {
    guard position < entries.count else { return nil }
    let entry = entries[position]
    position += 1
    let place = expansion.decode(entry, &found)
    if !found.isEmpty {
      outcome.isError = found.error(in: mode) != nil
      found = EntryFlaws()
    }
    guard !outcome.isError else { return nil }
    expansion.values.append(place, of: entry)
    return expansion.values.text(of: entry, at: place)
  }
}
