/// 文件的存放。Where the files of a house rest.
public enum Keeping: Sendable, Hashable {
    /// In folders of the data folder: of one machine, or shared by all of them.
    case folders
    /// In the database, so that a node that is lost takes none with it, and every node reads what any other took in.
    case database
}
