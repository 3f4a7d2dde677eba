import Commons
import Kernel
import Storage
import Values

/// 保障人员死亡：the household's allowance goes under review, to be settled within three months of the death (民发〔2022〕83号).
let reviewAfterDeath = Reaction(to: PersonDied.self) { fact, desk in
    let allowances = try desk.connection.all("SELECT allowance_id FROM allowance_member WHERE \(desk.concerning("person_id", fact.person)) AND until_month IS NULL") {
        try $0.read(0) as ID<Allowance>
    }
    for allowance in allowances {
        let file = try desk.caseFile(allowance)
        guard Granted.paid.contains(where: { $0.name == file.state }) else { continue }
        try desk.start(AllowanceClock.death, on: file, from: fact.diedOn)
        if file.state == Granted.running.name { try desk.move(file, to: Granted.changing) }
    }
}
