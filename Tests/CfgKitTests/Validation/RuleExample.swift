import Testing

/// A project, and what one rule says of it.
struct RuleExample: CustomTestStringConvertible, Sendable {
  let rule: String
  var schema = ""
  var file = ""
  var environment: [String: String] = [:]
  var name: String?
  /// `line:column severity key`; nil if the rule must stay silent.
  let finds: String?

  var testDescription: String { "\(rule): \(finds ?? "silent")" }

  static let head = "# @defaultRequired=true\n# ---\n"
  static let key =
    "# @sensitive @type=string(minLength=32) # cfgkit: strength=128 generate=hex:32 distinct\n"
  static let strong = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a17"
  static let other = "6a9b8be000fcf00eff681a421ed5580226ca79d85a41c524b6651444c06e6f92"
  static let flask = "# @defaultRequired=true # cfgkit: rules=flask\n# ---\n"
  static func pack(_ name: String) -> String { "# @defaultRequired=false # cfgkit: rules=\(name)\n# ---\n" }
  static let list =
    head
    + "# @sensitive # cfgkit: strength=128 fallback=OLD\nK=\n# @optional @sensitive # cfgkit: managed\nOLD=\n"
  static let jsonList =
    head
    + "# @sensitive # cfgkit: strength=128 fallback=OLD fallback-format=json\nK=\n"
    + "# @optional @sensitive # cfgkit: managed\nOLD=\n"
  static let selfList = head + "# @sensitive # cfgkit: strength=128 fallback=K\nK=\n"
  static let pair = head + key + "K=\n# @sensitive\nL=\n"
  static let secure = head + "# @type=boolean # cfgkit: must-be=true when=production\nS=false\n"

  static let all: [RuleExample] = [
    .init(
      rule: "placeholder-secret", schema: head + key + "K=\n",
      file: "K=your-secret-key-here-minimal-32-characters\n", finds: "1:1 error K"),
    .init(
      rule: "placeholder-secret",
      file: "SECRET_KEY='django-insecure-p7^x(k2!z0q@w9e8r7t6y5u4i3o2p1a0s9d8f7g6h'\n",
      finds: "1:1 error SECRET_KEY"),
    .init(
      rule: "duplicate-key", file: "XMXFPceCoCAKJmnHHnU=1\nXMXFPceCoCAKJmnHHnU=2\n", finds: "2:1 error -"),
    .init(rule: "placeholder-secret", file: "SECRET_KEY=changeme\n", finds: "1:1 error SECRET_KEY"),
    .init(rule: "placeholder-secret", schema: head + key + "K=\n", file: "K=\(strong)\n", finds: nil),
    .init(
      rule: "placeholder-secret", schema: head + "# @sensitive @example=\"\(strong)\"\nK=\n",
      file: "K=\(strong)\n",
      finds: "1:1 error K"),
    .init(
      rule: "placeholder-secret", schema: head + "# @sensitive @example=\"\(strong)\"\nK=\n",
      file: "K=\(other)\n",
      finds: nil),
    .init(
      rule: "placeholder-secret", schema: head + "# @example=\"\(strong)\"\nK=\n", file: "K=\(strong)\n",
      finds: nil),
    .init(
      rule: "placeholder-secret", schema: head + "# @sensitive @example=\"redis://cache:6379/0\"\nK=\n",
      file: "K=redis://cache:6379/0\n", finds: nil),
    .init(
      rule: "placeholder-secret", schema: head + key + "K=\n", file: "K=\(strong)\n",
      environment: ["K": "changeme"], finds: "- error K"),
    .init(
      rule: "short-secret", schema: head + "# @sensitive # cfgkit: strength=128\nK=\n", file: "K=x9Qv2\n",
      finds: "1:1 error K"),
    .init(
      rule: "weak-secret", schema: head + key + "K=\n",
      file: "K=0123456789abcdef0123456789abcdef0123456789abcdef\n", finds: "1:1 error K"),
    .init(rule: "shared-secret", schema: pair, file: "K=\(strong)\nL=\(strong)\n", finds: "1:1 warning K"),
    .init(
      rule: "shared-secret", schema: pair, file: "K=\(strong)\nL=\(strong)\n", name: "production",
      finds: "1:1 error K"),
    .init(rule: "shared-secret", schema: pair, file: "K=\(strong)\nL=\(other)\n", finds: nil),
    .init(rule: "secret-equals-name", file: "SECRET_KEY=secret-key\n", finds: "1:1 error SECRET_KEY"),
    .init(
      rule: "secret-in-url", schema: head + "# @public\nURL=\n", file: "URL=https://u:p@h/\n",
      finds: "1:1 warning URL"),
    .init(
      rule: "secret-expired", schema: head + "# @sensitive # cfgkit: strength=128 rotate=180d\nK=\n",
      file: "# cfgkit: rotated=2020-01-01\nK=\(strong)\n", finds: "2:1 warning K"),
    .init(
      rule: "fallback-format", schema: list, file: "K=\(strong)\nOLD=\(other),\n", finds: "2:1 error OLD"),
    .init(
      rule: "fallback-format", schema: list, file: "K=\(strong)\nOLD='[\"\(other)\"]'\n",
      finds: "2:1 error OLD"),
    .init(
      rule: "fallback-format", schema: jsonList, file: "K=\(strong)\nOLD=\(other)\n", finds: "2:1 error OLD"),
    .init(
      rule: "fallback-format", schema: jsonList, file: "K=\(strong)\nOLD='[\"\(other)\"]'\n", finds: nil),
    .init(
      rule: "fallback-format", schema: flask, file: "FLASK_SECRET_KEY_FALLBACKS=\(other)\n",
      finds: "1:1 error FLASK_SECRET_KEY_FALLBACKS"),
    .init(
      rule: "fallback-invalid", schema: selfList, file: "K=\(strong),changeme\n", finds: "1:1 error K"),
    .init(rule: "fallback-invalid", schema: selfList, file: "K=\(strong),\(other)\n", finds: nil),
    .init(rule: "weak-secret", schema: selfList, file: "K=\(strong),\(other)\n", finds: nil),
    .init(
      rule: "placeholder-secret", schema: selfList, file: "K=changeme,\(other)\n", finds: "1:1 error K"),
    .init(
      rule: "managed-line", schema: list, file: "# cfgkit: rotated=soon\nK=\(strong)\n", finds: "1:1 error K"),
    .init(
      rule: "managed-line", schema: list,
      file: "# cfgkit: rotated=2026-01-01\n# cfgkit: rotated=2026-01-01\nK=\(strong)\n", finds: "1:1 error K"),
    .init(rule: "managed-line", schema: list, file: "# cfgkit: rotated=-\nK=\(strong)\n", finds: nil),
    .init(
      rule: "rotation-drift", schema: list, file: "K=\(strong)\nOLD=\(other)\n", finds: "1:1 warning K"),
    .init(rule: "rotation-drift", schema: list, file: "K=\(strong)\n", finds: nil),
    .init(
      rule: "fallback-invalid", schema: list, file: "K=\(strong)\nOLD=changeme\n", finds: "2:1 error OLD"),
    .init(
      rule: "fallback-invalid", schema: list, file: "K=\(strong)\nOLD=\(strong)\n", finds: "2:1 error OLD"),
    .init(rule: "fallback-invalid", schema: list, file: "K=\(strong)\nOLD=\(other)\n", finds: nil),
    .init(rule: "missing-required", schema: head + "K=\n", file: "L=1\n", finds: "3:1 error K"),
    .init(rule: "missing-required", schema: head + "K=\n", file: "K=\n", finds: "1:1 error K"),
    .init(
      rule: "missing-required", schema: head + "K=\n", file: "K=\n", environment: ["K": "set"], finds: nil),
    .init(rule: "missing-required", schema: head + "K=default\n", file: "L=1\n", finds: nil),
    .init(rule: "missing-required", schema: head + "K=\n", file: "L=\"open\n", finds: nil),
    .init(
      rule: "missing-required", schema: head + "# @optional\nT=\n# @required=eq($T, redis)\nU=\n",
      file: "T=redis\n", finds: "6:1 error U"),
    .init(
      rule: "missing-required", schema: head + "# @optional\nT=\n# @required=eq($T, redis)\nU=\n",
      file: "T=null\n", finds: nil),
    .init(
      rule: "missing-required", schema: head + "# @required=forEnv(production)\nU=\n", file: "T=1\n",
      name: "production", finds: "4:1 error U"),
    .init(
      rule: "missing-required", schema: head + "# @required=forEnv(production)\nU=\n", file: "T=1\n",
      name: "prod", finds: "4:1 error U"),
    .init(
      rule: "missing-required", schema: head + "# @required=forEnv(production)\nU=\n", file: "T=1\n",
      name: "staging", finds: nil),
    .init(rule: "unknown-key", schema: head + "PORT=1\n", file: "PROT=2\n", finds: "1:1 error PROT"),
    .init(rule: "unknown-key", schema: head + "PORT=1\n", file: "OTHER=2\n", finds: "1:1 warning OTHER"),
    .init(
      rule: "unknown-key", schema: head + "PORT=1\n", file: "k8Vq2mXz7LpR4nWd9TbYc3Hs=\n",
      finds: "1:1 warning -"),
    .init(
      rule: "unknown-key", schema: head + "PORT=1\n",
      file: "# cfgkit: ignore=unknown-key -- read by a script\nOTHER=2\n", finds: nil),
    .init(
      rule: "bool-spelling", schema: head + "# @type=boolean\nB=\n", file: "B=False\n", finds: "1:3 warning B"
    ),
    .init(rule: "bool-spelling", schema: head + "# @type=boolean\nB=\n", file: "B=false\n", finds: nil),
    .init(rule: "type-mismatch", schema: head + "# @type=port\nP=\n", file: "P=http\n", finds: "1:3 error P"),
    .init(
      rule: "type-mismatch", schema: head + "# @sensitive @type=url\nU=\n", file: "U=nothing\n",
      finds: "1:1 error U"),
    .init(
      rule: "out-of-range", schema: head + "# @type=port(min=1024)\nP=\n", file: "P=80\n",
      finds: "1:3 error P"),
    .init(
      rule: "deprecated-key", schema: head + "# @deprecated=\"use B\"\nA=\n", file: "A=1\n",
      finds: "1:1 warning A"),
    .init(rule: "deprecated-key", schema: flask, file: "FLASK_ENV=x\n", finds: "1:1 warning FLASK_ENV"),
    .init(rule: "must-be", schema: secure, name: "production", finds: "4:1 error S"),
    .init(rule: "must-be", schema: secure, finds: nil),
    .init(
      rule: "group-unsatisfied",
      schema: head + "# @optional # cfgkit: group=g one-of\nA=\n# @optional # cfgkit: group=g\nB=\n",
      file: "A=1\nB=2\n", finds: "2:1 error B"),
    .init(
      rule: "group-unsatisfied",
      schema: head + "# @optional # cfgkit: group=g\nA=\n# @optional # cfgkit: group=g\nB=\n",
      finds: "4:1 error A"),
    .init(
      rule: "ambiguous-unit", schema: head + "# @type=duration\nT=\n", file: "T=30\n", finds: "1:3 warning T"),
    .init(rule: "schema-invalid", schema: "# @requierd\nK=\n", finds: "1:3 error K"),
    .init(
      rule: "unused-suppression", file: "# cfgkit: ignore=weak-secret -- sample\nPORT=1\n",
      finds: "1:1 warning PORT"),
    .init(
      rule: "env-mismatch", schema: "# @currentEnv=$APP_ENV\n# ---\nAPP_ENV=\n", file: "APP_ENV=test\n",
      name: "production", finds: "1:1 info APP_ENV"),
    .init(rule: "file-missing", schema: head + "K=\n", finds: " error -"),
    .init(rule: "shadowed", file: "A=1\n", environment: ["A": "2"], finds: "1:1 info A"),
    .init(rule: "shadowed", file: "A=1\n", environment: ["A": "1"], finds: nil),
    .init(
      rule: "quoted-value", schema: head + "# @type=port\nP=\n", environment: ["P": "\"80\""],
      finds: "- error P"),
    .init(rule: "duplicate-key", file: "A=1\nA=2\n", finds: "2:1 error A"),
    .init(rule: "unterminated-quote", file: "A=\"x\n", finds: "1:3 error A"),
    .init(
      rule: "flask/session-type-null", schema: flask, file: "SESSION_TYPE=null\n",
      finds: "1:1 error SESSION_TYPE"),
    .init(
      rule: "flask/redis-url-missing", schema: flask, file: "SESSION_TYPE=redis\n",
      finds: "1:1 warning SESSION_TYPE"),
    .init(
      rule: "flask/signer-needs-secret", schema: flask, file: "SESSION_USE_SIGNER=True\n",
      finds: "1:1 error SESSION_USE_SIGNER"),
    .init(
      rule: "flask/secure-over-http", schema: flask,
      file: "SESSION_COOKIE_SECURE=true\nPREFERRED_URL_SCHEME=http\n",
      finds: "1:1 error SESSION_COOKIE_SECURE"),
    .init(
      rule: "flask/database-scheme", schema: flask, file: "DATABASE_URL=postgres://app:pw@localhost/app\n",
      finds: "1:1 error DATABASE_URL"),
    .init(
      rule: "flask/bool-json", schema: flask, file: "FLASK_TESTING=False\n", finds: "1:1 error FLASK_TESTING"),
    .init(
      rule: "fallback-format", schema: jsonList, file: "K=\(strong)\nOLD='\(other)'\n", finds: "2:1 error OLD"
    ),
    .init(
      rule: "fallback-format", schema: jsonList, file: "K=\(strong)\nOLD='[\"\(other)\", \"\"]'\n",
      finds: "2:1 error OLD"),
    .init(rule: "fallback-format", schema: jsonList, file: "K=\(strong)\nOLD='[\"\(other)\"]'\n", finds: nil),
    .init(
      rule: "fallback-format", schema: flask, file: "FLASK_SECRET_KEY_FALLBACKS=\(other)\n",
      finds: "1:1 error FLASK_SECRET_KEY_FALLBACKS"),
    .init(rule: "fallback-format", schema: flask, file: "FLASK_SECRET_KEY_FALLBACKS='[]'\n", finds: nil),
    .init(
      rule: "fallback-invalid", schema: jsonList, file: "K=\(strong)\nOLD='[\"changeme\"]'\n",
      finds: "2:1 error OLD"),
    .init(rule: "short-secret", schema: head + key + "K=\n", file: "K=\(strong)\n", finds: nil),
    .init(rule: "weak-secret", schema: head + key + "K=\n", file: "K=\(strong)\n", finds: nil),
    .init(rule: "secret-equals-name", file: "SECRET_KEY=\(strong)\n", finds: nil),
    .init(
      rule: "secret-in-url", schema: head + "# @sensitive\nURL=\n", file: "URL=https://u:p@h/\n", finds: nil),
    .init(rule: "unknown-key", schema: head + "PORT=1\n", file: "PORT=2\n", finds: nil),
    .init(rule: "unknown-key", schema: flask, file: "FLASK_ENV=x\n", finds: nil),
    .init(rule: "type-mismatch", schema: head + "# @type=port\nP=\n", file: "P=80\n", finds: nil),
    .init(rule: "out-of-range", schema: head + "# @type=port(min=1024)\nP=\n", file: "P=8080\n", finds: nil),
    .init(rule: "ambiguous-unit", schema: head + "# @type=duration\nT=\n", file: "T=30s\n", finds: nil),
    .init(rule: "deprecated-key", schema: flask, file: "FLASK_DEBUG=1\n", finds: nil),
    .init(rule: "deprecated-key", file: "FLASK_ENV=x\n", finds: nil),
    .init(
      rule: "group-unsatisfied",
      schema: head + "# @optional # cfgkit: group=g one-of\nA=\n# @optional # cfgkit: group=g\nB=\n",
      file: "A=1\n", finds: nil),
    .init(rule: "schema-invalid", schema: "# @required\nK=1\n", finds: nil),
    .init(
      rule: "unused-suppression",
      file: "# cfgkit: ignore=placeholder-secret -- sample\nSECRET_KEY=changeme\n",
      finds: nil),
    .init(
      rule: "unused-suppression", file: "# cfgkit: ignore=placeholder-secret\nSECRET_KEY=changeme\n",
      finds: "1:1 warning SECRET_KEY"),
    .init(
      rule: "placeholder-secret",
      file: "# cfgkit: ignore=placeholder-secret -- a sample for the tests\nSECRET_KEY=changeme\n", finds: nil
    ),
    .init(
      rule: "placeholder-secret", file: "# cfgkit: ignore=placeholder-secret\nSECRET_KEY=changeme\n",
      finds: "2:1 error SECRET_KEY"),
    .init(
      rule: "env-mismatch", schema: "# @currentEnv=$APP_ENV\n# ---\nAPP_ENV=\n", file: "APP_ENV=test\n",
      name: "test", finds: nil),
    .init(rule: "file-missing", schema: head + "K=1\n", finds: nil),
    .init(rule: "file-missing", schema: head + "K=\n", environment: ["K": "1"], finds: nil),
    .init(
      rule: "quoted-value", schema: head + "# @type=port\nP=\n", environment: ["P": "80"], finds: nil),
    .init(
      rule: "resolved-elsewhere", schema: head + "K=exec(`pass show k`)\n", finds: "3:1 info K"),
    .init(
      rule: "flask/session-signer", schema: flask, file: "SESSION_USE_SIGNER=false\n",
      finds: "1:1 warning SESSION_USE_SIGNER"),
    .init(rule: "flask/session-signer", schema: flask, file: "SESSION_TYPE=redis\n", finds: nil),
    .init(rule: "flask/session-signer", file: "SESSION_USE_SIGNER=true\n", finds: nil),
    .init(
      rule: "flask/signer-needs-secret", schema: flask, file: "SESSION_USE_SIGNER=1\nSECRET_KEY=\(strong)\n",
      finds: nil),
    .init(rule: "flask/signer-needs-secret", schema: flask, file: "SESSION_USE_SIGNER=0\n", finds: nil),
    .init(rule: "flask/session-type-null", schema: flask, file: "SESSION_TYPE=redis\n", finds: nil),
    .init(
      rule: "flask/redis-url-missing", schema: flask, file: "SESSION_TYPE=redis\n", name: "production",
      finds: "1:1 error SESSION_TYPE"),
    .init(
      rule: "flask/redis-url-missing", schema: flask, file: "SESSION_TYPE=redis\nREDIS_URL=redis://cache\n",
      finds: nil),
    .init(rule: "flask/cookie-secure", schema: flask, file: "SESSION_COOKIE_SECURE=false\n", finds: nil),
    .init(
      rule: "flask/cookie-secure", schema: flask, file: "SESSION_COOKIE_SECURE=false\n", name: "production",
      finds: "1:1 error SESSION_COOKIE_SECURE"),
    .init(
      rule: "flask/cookie-secure", schema: flask, file: "SESSION_COOKIE_SECURE=on\n", name: "production",
      finds: nil),
    .init(
      rule: "flask/secure-over-http", schema: flask,
      file: "SESSION_COOKIE_SECURE=true\nPREFERRED_URL_SCHEME=https\n", finds: nil),
    .init(
      rule: "flask/https", schema: flask, file: "PREFERRED_URL_SCHEME=http\n", name: "production",
      finds: "1:1 warning PREFERRED_URL_SCHEME"),
    .init(rule: "flask/https", schema: flask, file: "PREFERRED_URL_SCHEME=http\n", finds: nil),
    .init(
      rule: "flask/session-store-local", schema: flask, file: "SESSION_TYPE=filesystem\n",
      name: "production", finds: "1:1 warning SESSION_TYPE"),
    .init(rule: "flask/session-store-local", schema: flask, file: "SESSION_TYPE=filesystem\n", finds: nil),
    .init(
      rule: "flask/session-file-dir", schema: flask, file: "SESSION_TYPE=filesystem\n",
      finds: "1:1 info SESSION_FILE_DIR"),
    .init(
      rule: "flask/session-file-dir", schema: flask,
      file: "SESSION_TYPE=filesystem\nSESSION_FILE_DIR=sessions\n", name: "production",
      finds: "2:1 warning SESSION_FILE_DIR"),
    .init(
      rule: "flask/session-file-dir", schema: flask,
      file: "SESSION_TYPE=filesystem\nSESSION_FILE_DIR=/var/lib/app/sessions\n", finds: nil),
    .init(
      rule: "flask/signer-no-rotation", schema: flask,
      file: "SESSION_USE_SIGNER=on\nSECRET_KEY_FALLBACKS=\(other)\n", finds: "1:1 warning SESSION_USE_SIGNER"),
    .init(
      rule: "flask/signer-no-rotation", schema: flask, file: "SECRET_KEY_FALLBACKS=\(other)\n", finds: nil),
    .init(
      rule: "flask/secret-alias", schema: flask, file: "APP_SECRET_KEY=\(strong)\n",
      finds: "1:1 error APP_SECRET_KEY"),
    .init(
      rule: "flask/secret-alias", schema: flask, file: "APP_SECRET_KEY=\(strong)\nSECRET_KEY=\(other)\n",
      finds: "1:1 error APP_SECRET_KEY"),
    .init(
      rule: "flask/secret-alias", schema: flask, file: "APP_SECRET_KEY=\(strong)\nSECRET_KEY=\(strong)\n",
      finds: nil),
    .init(
      rule: "flask/key-json", schema: flask, file: "FLASK_SECRET_KEY=9135e72\n",
      finds: "1:1 error FLASK_SECRET_KEY"),
    .init(rule: "flask/key-json", schema: flask, file: "FLASK_SECRET_KEY=0135e72\n", finds: nil),
    .init(rule: "flask/bool-json", schema: flask, file: "FLASK_TESTING=false\n", finds: nil),
    .init(
      rule: "flask/database-scheme", schema: flask, file: "DATABASE_URL=postgresql://app:pw@localhost/app\n",
      finds: nil),
  ]

  static let packs: [RuleExample] = [
    .init(rule: "placeholder-secret", file: "DISABLE_PASSWORD_LOGIN=false\n", finds: nil),
    .init(rule: "placeholder-secret", file: "MAIL_PASSWORD=null\n", finds: nil),
    .init(rule: "placeholder-secret", file: "TOKEN_PATH=/oauth/token\n", finds: nil),
    .init(rule: "placeholder-secret", file: "OP_TOKEN=keychain(x)\n", finds: nil),
    .init(
      rule: "placeholder-secret", schema: head + key + "K=\n", file: "K=null\n", finds: "1:1 error K"),
    .init(
      rule: "django/debug", schema: pack("django"), file: "DEBUG=true\n", name: "production",
      finds: "1:1 error DEBUG"),
    .init(rule: "django/debug", schema: pack("django"), file: "DEBUG=true\n", finds: nil),
    .init(rule: "django/debug", schema: pack("django"), file: "PORT=1\n", name: "production", finds: nil),
    .init(
      rule: "django/debug", schema: pack("django"), file: "DEBUG=False\n", name: "production", finds: nil),
    .init(
      rule: "django/allowed-hosts", schema: pack("django"), file: "ALLOWED_HOSTS=a.org, *\n",
      name: "production", finds: "1:1 error ALLOWED_HOSTS"),
    .init(
      rule: "django/allowed-hosts", schema: pack("django"), file: "ALLOWED_HOSTS=\n", name: "production",
      finds: "1:1 error ALLOWED_HOSTS"),
    .init(
      rule: "django/allowed-hosts", schema: pack("django"), file: "ALLOWED_HOSTS=a.org,.b.org\n",
      name: "production", finds: nil),
    .init(
      rule: "django/cookie-secure", schema: pack("django"), file: "CSRF_COOKIE_SECURE=false\n",
      name: "production", finds: "1:1 error CSRF_COOKIE_SECURE"),
    .init(
      rule: "django/cookie-secure", schema: pack("django"), file: "SESSION_COOKIE_SECURE=true\n",
      name: "production", finds: nil),
    .init(
      rule: "django/https", schema: pack("django"), file: "SECURE_SSL_REDIRECT=false\n", name: "production",
      finds: "1:1 warning SECURE_SSL_REDIRECT"),
    .init(
      rule: "django/https", schema: pack("django"), file: "SECURE_SSL_REDIRECT=true\n", name: "production",
      finds: nil),
    .init(
      rule: "short-secret", schema: pack("django"), file: "SECRET_KEY=\(strong.prefix(40))\n",
      finds: "1:1 error SECRET_KEY"),
    .init(rule: "short-secret", schema: pack("django"), file: "SECRET_KEY=\(strong)\n", finds: nil),
    .init(
      rule: "rails/dummy-key", schema: pack("rails"), file: "SECRET_KEY_BASE_DUMMY=1\n",
      finds: "1:1 error SECRET_KEY_BASE_DUMMY"),
    .init(
      rule: "rails/dummy-key", schema: pack("rails"), file: "SECRET_KEY_BASE=\(strong)\(other)\n", finds: nil),
    .init(
      rule: "rails/master-key", schema: pack("rails"), file: "RAILS_MASTER_KEY=\(strong)\n",
      finds: "1:1 error RAILS_MASTER_KEY"),
    .init(
      rule: "rails/master-key", schema: pack("rails"), file: "RAILS_MASTER_KEY=\(strong.prefix(32))\n",
      finds: nil),
    .init(
      rule: "laravel/key-size", schema: pack("laravel"), file: "APP_KEY=base64:c2hvcnQ=\n",
      finds: "1:1 error APP_KEY"),
    .init(
      rule: "laravel/key-size", schema: pack("laravel"),
      file: "APP_KEY=base64:n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgE=\n", finds: nil),
    .init(
      rule: "laravel/debug", schema: pack("laravel"), file: "APP_DEBUG=true\n", name: "production",
      finds: "1:1 error APP_DEBUG"),
    .init(rule: "laravel/debug", schema: pack("laravel"), file: "APP_DEBUG=true\n", finds: nil),
    .init(
      rule: "laravel/session-secure", schema: pack("laravel"), file: "SESSION_SECURE_COOKIE=false\n",
      name: "production", finds: "1:1 error SESSION_SECURE_COOKIE"),
    .init(
      rule: "laravel/session-secure", schema: pack("laravel"), file: "SESSION_SECURE_COOKIE=\n",
      name: "production", finds: nil),
    .init(
      rule: "nextjs/auth-secret-hides", schema: pack("nextjs"),
      file: "AUTH_SECRET=\(strong)\nAUTH_SECRET_2=\(other)\n", finds: "2:1 error AUTH_SECRET_2"),
    .init(
      rule: "nextjs/auth-secret-hides", schema: pack("nextjs"),
      file: "AUTH_SECRET_1=\(strong)\nAUTH_SECRET_2=\(other)\n", finds: nil),
    .init(
      rule: "nextjs/public-secret", schema: pack("nextjs"), file: "NEXT_PUBLIC_API_SECRET=\(strong)\n",
      finds: "1:1 error NEXT_PUBLIC_API_SECRET"),
    .init(
      rule: "nextjs/public-secret", schema: pack("nextjs"), file: "NEXT_PUBLIC_FIREBASE_API_KEY=\(strong)\n",
      finds: nil),
    .init(
      rule: "nextjs/public-secret", schema: pack("nextjs") + "# @sensitive\nVITE_TOKEN=\n",
      file: "VITE_TOKEN=\(strong)\n", finds: "1:1 error VITE_TOKEN"),
    .init(
      rule: "nextjs/public-secret", schema: pack("nextjs") + "# @public\nVITE_SECRET_NAME=\n",
      file: "VITE_SECRET_NAME=blue\n", finds: nil),
    .init(
      rule: "type-mismatch", schema: pack("nextjs"), file: "NEXT_SERVER_ACTIONS_ENCRYPTION_KEY=abc\n",
      finds: "1:1 error NEXT_SERVER_ACTIONS_ENCRYPTION_KEY"),
    .init(
      rule: "better-auth/secret-version", schema: pack("better-auth"),
      file: "BETTER_AUTH_SECRETS=\(strong),\(other)\n", finds: "1:1 error BETTER_AUTH_SECRETS"),
    .init(
      rule: "better-auth/secret-version", schema: pack("better-auth"),
      file: "BETTER_AUTH_SECRETS=1:\(strong),1:\(other)\n", finds: "1:1 error BETTER_AUTH_SECRETS"),
    .init(
      rule: "better-auth/secret-version", schema: pack("better-auth"),
      file: "BETTER_AUTH_SECRETS=2:\(strong),1:\(other)\n", finds: nil),
    .init(
      rule: "swift-server/jwt-length", schema: pack("swift-server"),
      file: "JWT_SECRET=\(strong.prefix(31))\n", finds: "1:1 error JWT_SECRET"),
    .init(
      rule: "swift-server/jwt-length", schema: pack("swift-server"),
      file: "JWT_SECRET=\(strong.prefix(50))\nJWT_ALGORITHM=HS512\n", finds: "1:1 error JWT_SECRET"),
    .init(
      rule: "swift-server/jwt-length", schema: pack("swift-server"),
      file: "JWT_SECRET=\(strong)\nJWT_ALGORITHM=HS512\n", finds: nil),
  ]
}
