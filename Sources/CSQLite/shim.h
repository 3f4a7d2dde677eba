/* What takes any number of arguments can't be called from Swift. The engine itself is reached through GRDB. */
extern int sqlite3_config(int, ...);

/* SQLITE_CONFIG_MEMSTATUS, which sqlite3.h fixes as 9. */
static inline int minzheng_stop_counting_memory(void) { return sqlite3_config(9, 0); }
