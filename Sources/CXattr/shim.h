// Extended attributes, which Swift's Glibc module leaves out. Darwin's has them.
#if defined(__linux__)
#include <sys/xattr.h>
#endif
