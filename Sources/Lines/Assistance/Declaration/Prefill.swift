import Commons
import Kernel
import Values

extension Reader {
    /// A declaration as the form it would have been typed on, for someone who corrects it: members with their ID numbers.
    /// - Throws: `.forbidden` outside the reader's region.
    func declared(_ id: ID<Declaration>, in region: RegionCode) throws -> RawFields {
        guard actor.covers(region) else { throw Refusal.forbidden("这户属于区域 \(region.shown)，不在您的管辖范围内") }
        let declaration = try find(id)
        var fields = RawFields()
        for name in ["shared_incomes", "rigid_costs", "supporters", "property_state", "household_class"] { fields[name] = declaration.raw[name] }
        fields["members"] = .rows(try declaration.members.map { RawRow(key: $0.key, fields: try typed($0)) })
        return fields
    }

    private func typed(_ member: DeclarationMember) throws -> RawFields {
        var fields = member.raw
        fields["person_id"] = nil
        let person = try find(member.person)
        guard let number = person.residentID else {
            fields["sex"] = .stored(person.sex.stored)
            return fields
        }
        fields["born_on"] = nil
        fields["resident_id"] = .typed(try open(number).typed)
        return fields
    }
}
