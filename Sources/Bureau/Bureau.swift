import Assistance
import Commons
import ElderAllowance
import Kernel
import PlaceNames
import Planning

/// 全局业务，按菜单顺序。The ordered list of lines: the one place that knows them all.
public let bureau: [Line] = [deskLine, assistance, elderAllowance, placeNames, planning] + registers
