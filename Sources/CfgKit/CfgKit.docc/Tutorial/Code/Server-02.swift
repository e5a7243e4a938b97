import CfgKit

enum App {
  static let port = Key("PORT", .port, default: 8080, "Where the server listens.")

  static let schema = Schema { port }
}

@main
struct Server {
  static func main() {
    print("listening on 8080")
  }
}
