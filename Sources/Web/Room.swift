// The room is being furnished.
import Hummingbird
