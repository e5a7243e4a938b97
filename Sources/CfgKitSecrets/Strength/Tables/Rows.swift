/// Letters and digits in an order that fingers or people follow, as rings, which Scripts/strength-tables lays
/// out place by place.
struct Rows: Sendable {
  /// Orders that are counted in, and those of keyboards.
  static let counted: StaticString =
    "abcdefghijklmnopqrstuvwxyz 0123456789 1234567890 0123456789abcdef"
  static let keyed: StaticString = """
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

  private let places = TableText(Self.places)
  private let heads = TableText(Self.heads)
  private let hashes = TableText(Self.hashes)
  private let starts = TableText(Self.starts)
  private let runs = TableText(Self.runs)
  /// Places before this are in an order that is counted in.
  let countedEnd = TableText(Self.end).twelveBits(0)

  private static let size = 9

  var count: Int { places.count / Self.size }

  /// A hash of three units.
  @inline(__always)
  static func hash(_ first: UInt16, _ second: UInt16, _ third: UInt16) -> Int {
    let mixed = UInt32(first) &* 0x9E37_79B1 ^ UInt32(second) &* 0x85EB_CA6B ^ UInt32(third) &* 0xC2B2_AE35
    return Int(mixed >> 17)
  }

  /// Whether runs may be listed that start with three units of that hash.
  @inline(__always)
  func mayHold(_ hash: Int) -> Bool { hashes.bit(hash) }

  /// Where they are listed.
  func candidates(_ hash: Int) -> Range<Int> {
    starts.twelveBits(2 * (hash >> 4))..<starts.twelveBits(2 * (hash >> 4) + 2)
  }

  /// The place and the step of one of the candidates; the step is 0 if it has another hash.
  func run(_ candidate: Int, _ hash: Int) -> (place: Int, step: Int) {
    let run = runs.eighteenBits(3 * candidate)
    guard run & 15 == hash & 15 else { return (0, 0) }
    let step = run >> 5 & 1 == 0 ? 1 : 2
    return (run >> 6, run >> 4 & 1 == 0 ? step : -step)
  }

  func unit(_ place: Int) -> UInt16 { UInt16(truncatingIfNeeded: places.eighteenBits(Self.size * place)) }
  /// The first place that may hold a unit, or -1.
  func first(_ unit: UInt16) -> Int { heads.twelveBits(2 * Int(unit & 0xFF)) - 1 }
  /// The place after one that may hold the same unit, or -1.
  func next(_ place: Int) -> Int { places.twelveBits(Self.size * place + 7) - 1 }

  /// The place that is one or two steps further on in the ring, or back.
  func place(_ place: Int, _ step: Int) -> Int {
    let field = step > 0 ? 3 : 5
    let once = places.twelveBits(Self.size * place + field)
    return abs(step) == 1 ? once : places.twelveBits(Self.size * once + field)
  }

  /// -log2 of the share of a place to start from: half of it for those that are counted in.
  func cost(_ place: Int) -> Int32 {
    Cost.bits(1) + Cost.log2Up(place < countedEnd ? countedEnd : count)
  }
}
