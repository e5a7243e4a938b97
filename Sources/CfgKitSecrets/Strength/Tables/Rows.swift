/// Letters and digits in an order that fingers or people follow, as rings: made at first use.
struct Rows: Sendable {
  static let shared = Rows()

  /// Orders that are counted in, and those of keyboards.
  private static let counted: StaticString =
    "abcdefghijklmnopqrstuvwxyz 0123456789 1234567890 0123456789abcdef"
  private static let keyed: StaticString = """
    qwertyuiop asdfghjkl zxcvbnm qwertzuiop yxcvbnm azertyuiop qsdfghjklm wxcvbn qwertyuiop[] asdfghjkl;' zxcvbnm,./ \
    `1234567890-= ~!@#$%^&*()_+ 1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/ qazwsxedcrfvtgbyhnujmikolp \
    zaq12wsxcde34rfvbgt56yhnmju78ik,lo90p;/ 1q2w3e4r5t6y7u8i9o0p q1w2e3r4t5y6u7i8o9p0 a1s2d3f4g5h6j7k8l9 \
    1a2b3c4d5e6f7g8h9i a1b2c3d4e5f6g7h8i9j0 qawsedrftgyhujikolp 147258369 789456123 159357 741852963 \
    aqwzsxedcrfv asdfqwerzxcv qweasdzxc 1234qwerasdfzxcv poiuytrewqasdfghjklmnbvcxz \
    abcdefghijklmnopqrstuvwxyz0123456789 0123456789abcdefghijklmnopqrstuvwxyz 123abc456def789ghi abc123def456ghi789 \
    !qaz@wsx#edc$rfv%tgb^yhn&ujm*ik<(ol>)p:? zaq1xsw2cde3vfr4bgt5nhy6mju7,ki8.lo9/;p0 zaq!xsw@cde#vfr$bgt%nhy^mju& \
    aoeuidhtns pyfgcrl qjkxbmwvz qwfpgjluy arstdhneio \
    йцукенгшщзхъ фывапролджэ ячсмитьбю йфяцычувскам абвгдеёжзийклмнопрстуфхцчшщъыьэюя
    """

  let units: Row<UInt16>
  private let starts: Row<UInt16>
  private let ends: Row<UInt16>
  private let heads: Row<UInt16>
  private let links: Row<UInt16>
  /// Whether three units may follow one another at some place and step, by a hash of 15 bits.
  private let triples: Row<Bool>
  /// Places before this are in an order that is counted in.
  private(set) var countedEnd = 0
  private(set) var count = 0

  private init() {
    let size = Self.counted.utf8CodeUnitCount + Self.keyed.utf8CodeUnitCount + 2
    units = .lasting(size, 0)
    starts = .lasting(size, 0)
    ends = .lasting(size, 0)
    heads = .lasting(256, 0)
    links = .lasting(size + 1, 0)
    for part in [Self.counted, Self.keyed] {
      let octets = unsafe UnsafeRawBufferPointer(part.octets)
      var start = count
      var index = 0
      while index <= octets.count {
        if unsafe index == octets.count || octets[index] <= 0x20 {
          for place in start..<count {
            starts[place] = UInt16(start)
            ends[place] = UInt16(count)
          }
          start = count
          index += 1
          continue
        }
        let (scalar, length): (UInt32?, Int) =
          unsafe octets[index] < 0x80
          ? (UInt32(octets[index]), 1) : TextUnits.scalar(octets, at: index)
        units[count] = UInt16(truncatingIfNeeded: scalar ?? 0)
        count += 1
        index += length
      }
      if countedEnd == 0 { countedEnd = count }
    }
    triples = .lasting(1 << 15, false)
    for place in 0..<count {
      for step in -2...2 where step != 0 {
        let second = self.place(place, step)
        triples[Self.key(units[place], units[second], units[self.place(second, step)])] = true
      }
    }
    for place in stride(from: count - 1, through: 0, by: -1) {
      let key = Int(units[place] & 0xFF)
      links[place + 1] = heads[key]
      heads[key] = UInt16(place + 1)
    }
  }

  /// Whether a run may start with three units; false for nearly all with which none does.
  func mayStart(_ first: UInt16, _ second: UInt16, _ third: UInt16) -> Bool {
    triples[Self.key(first, second, third)]
  }

  private static func key(_ first: UInt16, _ second: UInt16, _ third: UInt16) -> Int {
    let mixed = UInt32(first) &* 0x9E37_79B1 ^ UInt32(second) &* 0x85EB_CA6B ^ UInt32(third) &* 0xC2B2_AE35
    return Int(mixed >> 17)
  }

  /// The first place that may hold a unit, or -1.
  func first(_ unit: UInt16) -> Int { Int(heads[Int(unit & 0xFF)]) - 1 }
  /// The place after one that may hold the same unit, or -1.
  func next(_ place: Int) -> Int { Int(links[place + 1]) - 1 }

  /// The place that is `distance` further on in the ring.
  func place(_ place: Int, _ distance: Int) -> Int {
    let start = Int(starts[place])
    let end = Int(ends[place])
    var moved = place + distance
    while moved >= end { moved -= end - start }
    while moved < start { moved += end - start }
    return moved
  }

  /// -log2 of the share of a place to start from: half of it for those that are counted in.
  func cost(_ place: Int) -> Int32 {
    Cost.bits(1) + Cost.log2Up(place < countedEnd ? countedEnd : count)
  }
}
