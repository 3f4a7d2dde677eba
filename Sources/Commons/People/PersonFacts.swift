import Kernel
import Values

/// 某人死亡。Lines that pay somebody hold the next payment and open its check.
public struct PersonDied: Fact {
    public let person: ID<Person>
    public let diedOn: CivilDate

    public init(person: ID<Person>, diedOn: CivilDate) {
        self.person = person
        self.diedOn = diedOn
    }
}
