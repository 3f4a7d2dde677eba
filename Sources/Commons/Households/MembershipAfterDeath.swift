import Kernel
import Values

/// 死亡之后。A membership lasts through the day of death; one that began later was never true.
let endMembershipAtDeath = Reaction(to: PersonDied.self) { fact, desk in
    let end = fact.diedOn.adding(days: 1)
    for membership in try desk.overlapping(fact.person, from: end, until: nil) {
        if membership.from < end { try desk.end(membership, on: end, because: .died) } else { try desk.retract(membership, because: "加入日期在去世之后") }
        try desk.update(try desk.find(membership.household).changed())
    }
}
