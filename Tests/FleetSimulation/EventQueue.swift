/// Things that will happen, the earliest first; of those at one moment, the one that was put in first.
struct EventQueue<Element> {
  private struct Entry {
    let time: Int
    let order: Int
    let element: Element
  }

  private var heap: [Entry] = []
  private var count = 0

  mutating func put(_ element: Element, at time: Int) {
    heap.append(Entry(time: time, order: count, element: element))
    count += 1
    var index = heap.count - 1
    while index > 0, isBefore(index, (index - 1) / 2) {
      heap.swapAt(index, (index - 1) / 2)
      index = (index - 1) / 2
    }
  }

  mutating func next() -> (time: Int, element: Element)? {
    guard let first = heap.first else { return nil }
    let last = heap.removeLast()
    if !heap.isEmpty {
      heap[0] = last
      var index = 0
      while true {
        var least = index
        for child in [2 * index + 1, 2 * index + 2] where child < heap.count && isBefore(child, least) {
          least = child
        }
        if least == index { break }
        heap.swapAt(index, least)
        index = least
      }
    }
    return (first.time, first.element)
  }

  private func isBefore(_ left: Int, _ right: Int) -> Bool {
    (heap[left].time, heap[left].order) < (heap[right].time, heap[right].order)
  }
}
