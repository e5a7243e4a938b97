public import CfgKitDotEnv
package import CfgKitSecrets

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The process environment, or a made one for tests. Values are lent where they stand and not copied.
public struct EnvironmentBlock: Sendable {
  private enum Source: Sendable {
    case process
    case made([String: String])
    case captured([String: Secret])
  }

  private let source: Source

  private init(source: Source) { self.source = source }

  /// The environment of this process, read at each call.
  public static let process = EnvironmentBlock(source: .process)

  /// These variables and no others.
  public static func made(_ variables: [String: String]) -> EnvironmentBlock {
    EnvironmentBlock(source: .made(variables))
  }

  /// The same variables as they are now, in guarded memory: what the process does to its environment later does not show.
  ///
  /// - Throws: `SecretError` when guarded memory is not to be had.
  package func captured() throws(SecretError) -> EnvironmentBlock {
    guard case .process = source else { return self }
    var variables: [String: Secret] = [:]
    for name in names {
      var copied: Result<Secret, SecretError>?
      withVariable(name) { bytes in
        do throws(SecretError) { copied = .success(try Secret(copying: bytes)) } catch {
          copied = .failure(error)
        }
      }
      variables[name] = try copied?.get()
    }
    return EnvironmentBlock(source: .captured(variables))
  }

  /// The names of all variables, in no order.
  public var names: [String] {
    switch source {
    case .made(let variables): return Array(variables.keys)
    case .captured(let variables): return Array(variables.keys)
    case .process:
      var names: [String] = []
      // The block is read while nobody changes it: cfgkit calls neither setenv nor putenv.
      unsafe forEachProcessVariable { name, _ in names.append(name) }
      return names
    }
  }

  /// The text of a variable that is no secret, or nil if it is unset.
  package func text(_ name: String) -> String? {
    var text: String?
    withVariable(name) { bytes in text = bytes.text }
    return text
  }

  /// Lends a variable's bytes; false, without a call, if it is unset.
  @discardableResult
  public func withVariable(_ name: String, _ body: (borrowing RawSpan) -> Void) -> Bool {
    switch source {
    case .made(let variables):
      guard let value = variables[name] else { return false }
      LayerValue.text(value).withBytes(body)
      return true
    case .captured(let variables):
      guard let value = variables[name] else { return false }
      value.withBytes(body)
      return true
    case .process:
      guard let pointer = unsafe getenv(name) else { return false }
      body(unsafe RawSpan(_unsafeStart: pointer, byteCount: unsafe strlen(pointer)))
      return true
    }
  }

  /// Wipes the values of these variables where the system put them when the process began, which is what `/proc/PID/environ`
  /// and a core dump show, and unsets them. Nothing else may read the environment meanwhile. A made environment stays.
  func scrub(_ names: Set<String>) {
    guard case .process = source else { return }
    unsafe forEachProcessVariable { name, value in
      guard names.contains(name) else { return }
      // The block is the process's own, writable memory; a secret may stand in it more than once.
      let bytes = unsafe UnsafeMutableRawBufferPointer(
        start: UnsafeMutablePointer(mutating: value), count: strlen(value))
      unsafe bytes.initializeMemory(as: UInt8.self, repeating: 0)
    }
    for name in names { unsafe unsetenv(name) }
  }

  private func forEachProcessVariable(_ body: (String, UnsafePointer<CChar>) -> Void) {
    // After clearenv(3) there is no block at all.
    guard var entry = unsafe UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?(environ) else { return }
    while let variable = unsafe entry.pointee {
      defer { unsafe entry += 1 }
      guard let equals = unsafe strchr(variable, Int32(UInt8(ascii: "="))) else { continue }
      let length = unsafe UnsafePointer(equals) - UnsafePointer(variable)
      let name = unsafe UnsafeRawBufferPointer(start: variable, count: length)
      unsafe body(String(decoding: name, as: UTF8.self), UnsafePointer(equals + 1))
    }
  }
}

extension EnvironmentBlock: VariableLookup {}

extension EnvironmentBlock: CustomStringConvertible, CustomReflectable {
  /// Whether it is the process's or a made one; no name and no value.
  public var description: String {
    if case .made = source { "a made environment" } else { "the process environment" }
  }
  /// Without children, so that `dump` and mirrors find nothing.
  public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
