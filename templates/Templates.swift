/// A framework's `.env.schema`, embedded in the binary.
public struct Template: Sendable {
  /// The name that `cfgkit init NAME` takes.
  public let name: String
  /// The bytes of the `.env.schema`, UTF-8.
  public let schema: [UInt8]

  /// Every template, in alphabetical order.
  public static let all: [Template] = [
    Template(name: "django", schema: PackageResources.django_env_schema),
    Template(name: "flask", schema: PackageResources.flask_env_schema),
    Template(name: "generic", schema: PackageResources.generic_env_schema),
  ]
}
