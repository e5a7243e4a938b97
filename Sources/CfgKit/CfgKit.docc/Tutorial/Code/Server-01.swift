@main
struct Server {
  static func main() {
    print("listening on 8080")
  }
}
