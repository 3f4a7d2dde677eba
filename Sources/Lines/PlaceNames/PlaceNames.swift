import Kernel

/// 区划地名：地名命名、更名、备案和公告。依据《地名管理条例》（国务院令第753号）及其实施办法（民政部令第71号）。
public let placeNames = Line("place-names", "区划地名")
