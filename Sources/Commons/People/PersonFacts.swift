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

/// 死亡登记被撤销。The person is alive as far as the office knows; what was held because of it may go on.
public struct DeathRevoked: Fact {
    public let person: ID<Person>

    public init(person: ID<Person>) { self.person = person }
}

/// 两份档案合并为一。References stay where they are; `Reader.identities(of:)` now names both.
public struct PersonsMerged: Fact {
    public let kept: ID<Person>
    public let absorbed: ID<Person>

    public init(kept: ID<Person>, absorbed: ID<Person>) {
        self.kept = kept
        self.absorbed = absorbed
    }
}

/// 合并被撤销。They are two again.
public struct MergeUndone: Fact {
    public let kept: ID<Person>
    public let absorbed: ID<Person>

    public init(kept: ID<Person>, absorbed: ID<Person>) {
        self.kept = kept
        self.absorbed = absorbed
    }
}
