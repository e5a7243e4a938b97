/// A framework's `.env.schema`, embedded in the binary.
public struct Template: Sendable {
  /// The name that `cfgkit init NAME` takes.
  public let name: String
  /// The bytes of the `.env.schema`, UTF-8.
  public let schema: [UInt8]

  /// Every template, in alphabetical order.
  public static let all: [Template] = [
    Template(name: "django", schema: PackageResources.django_env_schema),
    Template(name: "docker-compose", schema: PackageResources.docker_compose_env_schema),
    Template(name: "express", schema: PackageResources.express_env_schema),
    Template(name: "fastapi", schema: PackageResources.fastapi_env_schema),
    Template(name: "flask", schema: PackageResources.flask_env_schema),
    Template(name: "generic", schema: PackageResources.generic_env_schema),
    Template(name: "laravel", schema: PackageResources.laravel_env_schema),
    Template(name: "nextjs", schema: PackageResources.nextjs_env_schema),
    Template(name: "rails", schema: PackageResources.rails_env_schema),
    Template(name: "swift-server", schema: PackageResources.swift_server_env_schema),
  ]
}
