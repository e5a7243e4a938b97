import Testing

@testable import CfgKit

@Suite struct NearMissTests {
  @Test(arguments: [
    ("SECRECT_KEY", "SECRET_KEY"), ("secret_key", "SECRET_KEY"), ("SERCET_KEY", "SECRET_KEY"),
    ("DATABSE_ULR", "DATABASE_URL"), ("PROT", "PORT"),
  ])
  func misspellingsAreNear(name: String, meant: String) {
    #expect(NearMiss.candidate(for: name, among: ["DATABASE_URL", "PORT", "SECRET_KEY"]) == meant)
  }

  @Test(arguments: ["AUTH_SECRET_2", "AUTH_SECRET_12", "HOST", "REDIS_URL"])
  func otherNamesAreNot(name: String) {
    #expect(NearMiss.candidate(for: name, among: ["AUTH_SECRET_1", "PORT", "SECRET_KEY"]) == nil)
  }

  @Test func aNameIsNotNearItself() {
    #expect(NearMiss.candidate(for: "PORT", among: ["PORT"]) == nil)
  }
}
