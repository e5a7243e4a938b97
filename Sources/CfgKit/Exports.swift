// An application that imports CfgKit reads secrets and key formats, names files, and closes its process to core dumps, without a second import.
@_exported public import enum CfgKitSecrets.CoreDumps
@_exported public import struct CfgKitSecrets.KeyFormat
@_exported public import struct CfgKitSecrets.Secret
@_exported public import struct CfgKitSecrets.SecretMemoryStatus
@_exported public import struct SystemPackage.FilePath
