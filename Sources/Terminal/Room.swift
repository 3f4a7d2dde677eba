// The room is being furnished.
import ArgumentParser
import Kernel

/// The commands of `minzheng`.
public enum Command {
    public static func run(_ lines: [Line]) async {}
}
