import CfgKit
import CfgKitTemplates
import SystemPackage

/// Which schema `init` starts from: what was named, what stands there, what the files tell, what is answered, or `generic`.
struct TemplateChoice {
  /// The names of all templates.
  static var names: [String] { Template.all.map(\.name) }

  private let verb: Init
  private let schemaPath: FilePath
  private let console: Console

  init(_ verb: Init, _ schemaPath: FilePath, _ console: Console) {
    self.verb = verb
    self.schemaPath = schemaPath
    self.console = console
  }

  func source() throws -> Scaffold.Source {
    if let from = verb.from {
      guard verb.template == nil else { throw Failure.usage("TEMPLATE and --from exclude each other") }
      return .file(FilePath(from))
    }
    if let name = verb.template { return Self.source(try Template.named(name)) }
    if !verb.global.force, try ProjectSearch.exists(schemaPath) { return .existing }
    let example = FilePath(".env.example")
    if try ProjectSearch.exists(example) {
      console.note("reading .env.example as the schema; its values stay samples")
      return .file(example)
    }
    if let framework = Framework.detect(in: "."),
      let template = Template.all.first(where: { $0.name == framework.name })
    {
      console.note("found \(framework.name) (\(framework.evidence))")
      return Self.source(template)
    }
    return Self.source(try asked() ?? Template.named("generic"))
  }

  private func asked() throws -> Template? {
    guard console.mayAsk, !verb.yes, StandardStream.error.isTerminal, let prompt = Prompt() else {
      return nil
    }
    let answer = try prompt.choice("Which template? \(Self.names.joined(separator: ", ")) [generic] ")
    return try answer.map { name throws(Failure) in try Template.named(name) }
  }

  private static func source(_ template: Template) -> Scaffold.Source {
    .template(name: template.name, bytes: template.schema)
  }
}
