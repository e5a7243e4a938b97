import CfgKit
import CfgKitTemplates
import SystemPackage

/// What the flags of `init` ask for.
enum ScaffoldRequest {
  static func make(_ verb: Init, _ console: Console) throws -> Scaffold.Request {
    guard verb.global.files.count <= 1 else {
      throw Failure.usage("init writes one file; name it with one --file")
    }
    guard verb.global.storage.store == nil else {
      throw Failure.usage("init writes files; put one into a store with: cfgkit push --store URL")
    }
    let directory = FilePath(".")
    let schemaPath = verb.global.schema.map { FilePath($0) } ?? ".env.schema"
    var request = Scaffold.Request(
      directory: directory, environmentPath: verb.global.files.first.map { FilePath($0) } ?? ".env",
      schemaPath: schemaPath, source: try TemplateChoice(verb, schemaPath, console).source(),
      today: RotationTime.now.date)
    request.replacesSchema = verb.global.force
    request.mergesSchema = verb.merge
    request.values = try values(verb.set)
    request.generates = !verb.noGenerate
    request.breaksHardLinks = verb.global.breakLink
    request.ignores = !verb.noGitignore
    return request
  }

  private static func values(_ arguments: [String]) throws(Failure) -> [String: String] {
    var values: [String: String] = [:]
    for argument in arguments {
      guard let equals = argument.firstIndex(of: "="), equals > argument.startIndex else {
        throw .usage("--set takes KEY=VALUE")
      }
      values[String(argument[..<equals])] = String(argument[argument.index(after: equals)...])
    }
    return values
  }
}
