"""An invented household of five, and the form it fills in."""
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def resident_id(born, order):
    """A number with the area of the demo city, which no real person has. GB 11643."""
    digits = "000181" + born.replace("-", "") + f"{order:03d}"
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, WEIGHTS)) % 11]


# 本人有工资，配偶服刑，儿子读本科，女儿上小学，父亲有养老金。
MEMBERS = [
    dict(name="范甲例", resident_id=resident_id("1980-03-05", 102), kinship="self", consented="1", employed="1", able_to_work="1"),
    dict(name="常乙例", resident_id=resident_id("1979-08-08", 201), kinship="spouse", consented="0", co_resident="0", status="prison"),
    dict(name="常丙例", resident_id=resident_id("2004-09-09", 303), kinship="child", consented="1", lives_independently="0", study_level="bachelor", full_time="1"),
    dict(name="常丁例", resident_id=resident_id("2014-05-05", 404), kinship="child", consented="1", study_level="compulsory", full_time="1"),
    dict(name="范戊例", resident_id=resident_id("1950-02-02", 505), kinship="parent", consented="1", support_duty="1"),
]
INCOMES = {1: ("wage", "1800.00"), 5: ("pension", "300.00")}


class Form:
    """Remembers what was typed, so that it can be looked for again."""

    def __init__(self, browser):
        self.browser = browser
        self.typed = {}

    def fill(self, name, value):
        self.browser.fill(name, value)
        self.typed[name] = value

    def add(self, rows):
        """Presses the button that adds a row, which draws the page anew."""
        button = self.browser.find(f'button[name=_add][value="{rows}"]')
        self.browser.leave(button.click)

    def household(self):
        """The members, one by one, with what each has."""
        for number, member in enumerate(MEMBERS, 1):
            if not self.browser.all(f'[name="members.m{number}"]'):
                self.add("members")
            for field, value in member.items():
                self.fill(f"members.m{number}.{field}", value)
            if number in INCOMES:
                kind, amount = INCOMES[number]
                self.add(f"members.m{number}.incomes")
                self.fill(f"members.m{number}.incomes.i1.kind", kind)
                self.fill(f"members.m{number}.incomes.i1.amount_fen", amount)
                self.fill(f"members.m{number}.incomes.i1.span", "month")

    def lost(self):
        """What was typed and isn't there any more."""
        there = self.browser.controls()
        return {name: (value, there.get(name)) for name, value in self.typed.items() if there.get(name) != value}
