// The room is being furnished.
import Yams
