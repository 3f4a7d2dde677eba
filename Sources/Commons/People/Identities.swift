import Kernel
import Storage
import Values

/// 同一人。Merging leaves every reference where it is; whoever asks about a person asks under all the identities he was entered with.
extension Reader {
    /// The file that stands for a person: the kept one where this one was merged, else itself.
    public func canonical(_ person: ID<Person>) throws -> ID<Person> {
        try connection.value("SELECT merged_into FROM person WHERE id = \(person)") ?? person
    }

    /// Every id that one person bears: the kept file first, then those merged into it.
    public func identities(of person: ID<Person>) throws -> [ID<Person>] {
        let kept = try canonical(person)
        return [kept] + (try connection.all("SELECT id FROM person WHERE merged_into = \(kept) ORDER BY id") { try $0.read(0) })
    }

    /// `column IN (…)`: holds where the column names this person by any of his identities.
    public func concerning(_ column: String, _ person: ID<Person>) throws -> Statement {
        let ids = try identities(of: person).map { "\($0)" as Statement }
        return "\(Statement(name: column)) IN (\(ids.joined(", ")))"
    }

    /// The person's file that stands; opening a merged one leads to the kept one.
    public func standing(_ person: ID<Person>) throws -> Person { try find(try canonical(person)) }
}
