import Kernel

/// 社会救助：最低生活保障。依据《社会救助暂行办法》（国务院令第649号）、《最低生活保障审核确认办法》（民发〔2021〕57号）。
public let assistance = Line("assistance", "社会救助")
