// The room is being furnished.
import GRDB
