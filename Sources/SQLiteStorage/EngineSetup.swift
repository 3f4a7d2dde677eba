import CSQLite

/// 引擎的整体设置，在打开第一个文件之前。The engine counts each piece of memory under one lock that all sessions share; nobody reads the count.
enum EngineSetup {
    /// Asked for by whoever opens a file. Where the engine runs already, it stays as it is.
    static let isDone: Bool = minzheng_stop_counting_memory() == 0
}
