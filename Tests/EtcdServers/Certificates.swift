import Foundation

/// An authority, a server and a client that it signed, and an authority that signed nothing; made by openssl.
package final class Certificates {
  private let folder: URL

  package init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "cfgkit-tls-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let script = """
      set -e
      for ca in ca other; do
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout $ca.key -out $ca.pem -days 2 -subj /CN=$ca
      done
      for who in server client; do
        openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout $who.key -out $who.csr -subj /CN=$who
        printf 'subjectAltName=IP:127.0.0.1\\n' >$who.ext
        openssl x509 -req -in $who.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out $who.pem -days 2 -extfile $who.ext
      done
      """
    let process = try EtcdCluster.run("sh", ["-c", "cd '\(folder.path)'; \(script)"])
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw NotStarted() }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  package subscript(name: String) -> String { folder.appendingPathComponent(name).path }
}
