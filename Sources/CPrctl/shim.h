// prctl(2) is variadic, and Swift imports no such function. Darwin has none.
#if defined(__linux__)
#include <sys/prctl.h>

static inline int cprctl_set_dumpable(int is_dumpable) {
  return prctl(PR_SET_DUMPABLE, (unsigned long)is_dumpable, 0UL, 0UL, 0UL);
}

static inline int cprctl_set_parent_death_signal(int signal) {
  return prctl(PR_SET_PDEATHSIG, (unsigned long)signal, 0UL, 0UL, 0UL);
}
#endif
