/// Rows in columns that line up, two spaces apart; nothing behind the last cell.
package enum Table {
  /// The rows as lines, each with an end. Widths count code points, which is right for keys, types and places.
  package static func text(_ rows: [[String]]) -> String {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { $0.indices.contains(column) ? $0[column].unicodeScalars.count : 0 }.max() ?? 0
    }
    return rows.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        line += cell
        if row[(column + 1)...].contains(where: { !$0.isEmpty }) {
          line += String(repeating: " ", count: widths[column] + 2 - cell.unicodeScalars.count)
        }
      }
      return line + "\n"
    }.joined()
  }
}
