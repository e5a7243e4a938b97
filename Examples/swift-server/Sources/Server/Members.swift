import CfgKit
import Configuration
import Hummingbird

/// A members' page: sign in with a name, read, sign out.
struct Members {
  /// What is set at present; newer when the files are.
  let watcher: ConfigWatcher
  /// The same, as libraries that know nothing of cfgkit read it.
  let reader: ConfigReader

  private static let cookie = "session"

  var router: Router<BasicRequestContext> {
    let router = Router()
    router.get("/health") { _, _ in "ok\n" }
    router.get("/") { request, _ in try page(request) }
    router.post("/login") { request, context -> Response in
      let form = try await URLEncodedFormDecoder().decode(Login.self, from: request, context: context)
      // An application of yours checks a password here.
      return try signedIn(form.name, answer: Response(status: .seeOther, headers: [.location: "/"]))
    }
    router.post("/logout") { _, _ -> Response in
      var response = Response(status: .seeOther, headers: [.location: "/"])
      response.setCookie(Cookie(name: Self.cookie, value: "", maxAge: 0))
      return response
    }
    return router
  }

  private struct Login: Decodable { let name: String }

  private func page(_ request: Request) throws -> Response {
    guard let cookie = request.cookies[Self.cookie], let name = session.name(in: cookie.value) else {
      throw HTTPError(.unauthorized, message: "Sign in: POST /login with name=…")
    }
    let greeting = reader.string(forKey: "greeting", default: "Hello")
    let body = ResponseBody(byteBuffer: ByteBuffer(string: "\(greeting), \(name)\n"))
    // Signed again on each visit: whoever comes by during the grace of a rotation leaves with a cookie of the new key.
    return try signedIn(name, answer: Response(status: .ok, body: body))
  }

  private func signedIn(_ name: String, answer: Response) throws -> Response {
    var response = answer
    response.setCookie(
      Cookie(
        name: Self.cookie, value: session.cookie(for: name), maxAge: 31 * 86_400,
        secure: watcher.current[App.secureCookie], httpOnly: true, sameSite: .lax))
    return response
  }

  private var session: SignedSession { SignedSession(ring: watcher.current.keyRing(App.sessionKey)) }
}
