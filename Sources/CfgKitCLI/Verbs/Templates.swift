import ArgumentParser
import CfgKit
import CfgKitTemplates

/// `cfgkit templates`: the frameworks that `init` knows.
struct Templates: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "templates", abstract: "List the templates of init, or show one.",
    subcommands: [ListTemplates.self, ShowTemplate.self], defaultSubcommand: ListTemplates.self)
}

/// `cfgkit templates list`
struct ListTemplates: PlainVerb {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "Name every template.")

  @OptionGroup(title: "Options of every verb")
  var global: GlobalOptions

  func perform(_ console: Console) throws -> ExitStatus {
    let names = Template.all.map(\.name)
    try console.answer(
      answersJSON
        ? JSON.object([("schemaVersion", .integer(1)), ("templates", .array(names.map { .string($0) }))]).text
        : names.map { $0 + "\n" }.joined())
    return .ok
  }
}

/// `cfgkit templates show`
struct ShowTemplate: PlainVerb {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print a template's .env.schema.")

  @Argument(help: "The template.", completion: .list(Template.all.map(\.name)))
  var name: String

  @OptionGroup(title: "Options of every verb")
  var global: GlobalOptions

  func perform(_ console: Console) throws -> ExitStatus {
    let template = try Template.named(name)
    try console.answer(String(decoding: template.schema, as: UTF8.self))
    return .ok
  }
}
