import SystemPackage

/// The names on the way to a file that decide which file it is: its own in its folder, and each symbolic link's in its.
///
/// A file that is replaced, a link that is turned elsewhere and a folder of links that is swapped (`..data` of Kubernetes) all show
/// as a change of one of these names.
enum PathTrail {
  /// A name in a folder that has no links in its path.
  struct Step: Hashable {
    let folder: FilePath
    let name: String
  }

  /// As many links as Linux follows (path_resolution(7)); a trail of more leads nowhere.
  private static let mostLinks = 40

  /// The steps to an absolute path, up to the first name that is not there.
  static func steps(to path: FilePath) -> [Step] {
    var steps: [Step] = []
    var folder: FilePath = "/"
    var rest = Array(path.components.reversed())
    var links = 0
    while let component = rest.popLast() {
      switch component.kind {
      case .currentDirectory: continue
      case .parentDirectory:
        folder.removeLastComponent()
        continue
      case .regular: break
      }
      let place = folder.appending(component)
      let type = (try? place.stat(followTargetSymlink: false))?.type
      if type == .symbolicLink, links < mostLinks, let target = try? SystemCalls.target(of: place) {
        links += 1
        steps.append(Step(folder: folder, name: component.string))
        if target.isAbsolute { folder = "/" }
        rest.append(contentsOf: target.components.reversed())
      } else if rest.isEmpty || type != .directory {
        steps.append(Step(folder: folder, name: component.string))
        break
      } else {
        folder = place
      }
    }
    return steps
  }
}
