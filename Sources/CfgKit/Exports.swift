@_exported public import struct CfgKitSecrets.KeyFormat
// An application that imports CfgKit reads secrets and key formats without a second import.
@_exported public import struct CfgKitSecrets.Secret
