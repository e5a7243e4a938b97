/// The symbols that kinds of text keys are drawn from.
enum Symbols {
  static let digits: StaticString = "0123456789"
  static let alphanumeric: StaticString = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
  /// The unreserved characters of RFC 3986 §2.3.
  static let unreserved: StaticString = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-._~"
  /// Those of django.core.management.utils.get_random_secret_key less `#` and `$`.
  static let django: StaticString = "abcdefghijklmnopqrstuvwxyz0123456789!@%^&*(-_=+)"
  /// Those of wp_generate_password with special and extra special characters.
  static let wordpress: StaticString =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!@#$%^&*()-_ []{}<>~`+=,.;:/?|"
  /// RFC 4648 §6.
  static let base32: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
  /// BIP 173, in upper case as age writes it.
  static let bech32: StaticString = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"
}

extension StaticString {
  /// Lends the bytes, which live as long as the program.
  var octets: UnsafeBufferPointer<UInt8> {
    unsafe UnsafeBufferPointer(start: utf8Start, count: utf8CodeUnitCount)
  }
}
