import Kernel
import Values

// How `FieldMask` knows the numbers that single out a person.

extension ResidentID {
    public static var identifier: Identifier { .residentID }
}

extension Phone {
    public static var identifier: Identifier { .phone }
}

extension BankAccount {
    public static var identifier: Identifier { .account }
}
